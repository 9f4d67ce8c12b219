"""Up to which day something is known: how far sources were read, where a report opens, and what nobody read. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from pydantic import computed_field

from projections.community.covered import Read
from projections.community.sources import BY_HAND
from projections.freshness.reach import known_through, unread
from projections.timeline.days import say_day
from projections.timeline.history import History
from reports.format.document import Seconds
from reports.format.values import say_moment

SILENT_DAYS = 2
"""A source read this lately counts as read to today (docs/definitions.md, "Source checks")."""
WHAT = {Read.CONTRIBUTIONS: "what people did", Read.ROLES: "who holds which role"}


@dataclass(frozen=True, slots=True)
class Source:
    """How far one source has been read; as its name is before whoever reads it."""

    name: str
    last_event: Seconds | None = None
    checked: Seconds | None = None

    @computed_field  # type: ignore[prop-decorator] # mypy takes properties undecorated alone
    @property
    def sentence(self) -> str:
        """When it last spoke, and up to when it was read, as far as either is known or shown."""
        moments = {"last event": self.last_event, "read through": self.checked}
        return ", ".join(f"{what} {say_moment(moment)}" for what, moment in moments.items() if moment)


def opening_day(history: History, today: date) -> date:
    """The day a report opens on when nobody names one.

    Today, as long as the sources are read; else the last day on which it was known what people did.
    """
    return last_known(history, today, Read.CONTRIBUTIONS)


def last_known(history: History, day: date, read: Read) -> date:
    """The newest day up to one of which this is known.

    Where sources say how far they were read and none was read lately (an example, or an import made
    once), silence since then means nothing, so that is the last day that the data reaches, though
    a source is expected again a while later; what was recorded by hand since is no data of that kind.
    """
    return min(known_through(history, day, read), read_to(history, day))


def read_to(history: History, today: date) -> date:
    """The last day that the data reaches, where no source was read lately; else the day itself."""
    known = sources(history, min(today, history.last_day))
    checks = [source.checked for source in known if source.checked]
    if not checks:
        return today
    newest = max(checks + [source.last_event for source in known if source.last_event and source.name != BY_HAND])
    reach = datetime.fromtimestamp(newest, UTC).date()
    return reach if (today - reach).days > SILENT_DAYS else today


def not_read(history: History, day: date, read: Read = Read.CONTRIBUTIONS | Read.ROLES) -> str:
    """What of this nobody read up to a day, and since when, as half a sentence; nothing where all was read."""
    hidden = unread(history, day) & read
    days = {one: last_known(history, day, one) for one in hidden}
    if len(set(days.values())) == 1:
        return f"nobody read {' and '.join(WHAT[one] for one in hidden)} after {say_day(min(days.values()))}"
    return ", and ".join(f"nobody read {WHAT[one]} after {say_day(when)}" for one, when in days.items())


def sources(history: History, day: date) -> list[Source]:
    """How far each source has been read, by name."""
    names: set[str] = set()
    moments: dict[tuple[str, str], float] = {}
    for kind in ("last_event", "checked"):
        for labels, _ in history.family(f"tenfold_source_{kind}_timestamp_seconds"):
            name = dict(labels)["source"]
            value = history.value((f"tenfold_source_{kind}_timestamp_seconds", labels), day)
            if value == value:  # noqa: PLR0124 # NaN is the one value that is not itself
                moments[name, kind] = value
                names.add(name)
    return [Source(name, moments.get((name, "last_event")), moments.get((name, "checked"))) for name in sorted(names)]
