"""How far what is told can be trusted: how far the data reaches, what is withheld, and what would change that. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pydantic import computed_field

from projections.community.covered import Read
from projections.community.sources import BY_HAND
from projections.disclosure.view import Disclosure
from projections.freshness.known import known_through, unread
from projections.metrics.unit import Unit
from projections.timeline.days import say_day
from projections.timeline.history import History, series
from reports.format.document import Seconds
from reports.format.values import format_value, say_date, say_moment
from reports.format.words import begun, counted, listed
from reports.leadership.active_seats import ENOUGH, LeadersKnown

SILENT_DAYS = 2
"""A source read this lately counts as read to today (docs/definitions.md, "Source checks")."""
NO_EVENT = "No event yet."
WHAT = {Read.CONTRIBUTIONS: "what people did", Read.ROLES: "who holds which role"}
DAY_NOT_SHOWN = "On which day the last event was is not shown: too few people contribute."


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


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is not told since too little is known for it, and what to supply."""

    what: str
    supply: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the data reaches, in a sentence and by source, and what is withheld.

    Attributes:
        unread: What nobody read up to the day, in a sentence: numbers that rest on it are not told; else nothing.
    """

    reach: str
    sources: Sequence[Source]
    withheld: Sequence[Withheld]
    unread: str | None = None


def freshness(seen: Disclosure, day: date, known: LeadersKnown | None) -> Freshness:
    """All of it.

    Args:
        seen: The numbers, as the viewer may see them.
        day: The day asked about.
        known: How much is known of those who lead; nothing where nobody does.
    """
    withheld = [*(leaders(seen, day, known) if known else ()), *affiliations(seen, day)]
    hidden = not_read(seen.history, day)
    said = f"{begun(hidden)}: numbers that rest on it are not known of {say_day(day)}." if hidden else None
    return Freshness(reach(seen, day), sources(seen.history, day), withheld, said)


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


def last_event(seen: Disclosure, day: date) -> datetime | date | None:
    """The newest moment of an event up to the end of a day; everybody hears of its day alone."""
    moments = [one.last_event for one in sources(seen.history, day) if one.last_event is not None]
    if not moments:
        return None
    moment = datetime.fromtimestamp(max(moments), UTC)
    return moment.date() if seen.hides else moment


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


def reach(seen: Disclosure, day: date) -> str:
    """How far the data reaches, in a sentence."""
    return reach_of(sources(seen.history, day)) or (DAY_NOT_SHOWN if sources(seen.defined, day) else NO_EVENT)


def reach_of(known: Sequence[Source]) -> str:
    """The same of some sources; nothing where none says anything."""
    heard = [source for source in known if source.last_event and source.name != BY_HAND]
    events = [source.last_event or 0.0 for source in heard or known if source.last_event]
    data = f"Data reaches {say_date(max(events))}" if events else ""
    checked = [source for source in known if source.checked]
    spoken = checked or heard or known
    if not checked:
        return f"{data}, the last event of {_many(spoken)}." if data else ""
    read = f"{_many(spoken)} read through {say_moment(max(one.checked or 0 for one in checked))}."
    return f"{data}; {read}" if data else begun(read)


def _many(spoken: Sequence[Source]) -> str:
    return counted(len(spoken), "source") if len(spoken) > 1 else spoken[0].name


def leaders(seen: Disclosure, day: date, known: LeadersKnown) -> Iterator[Withheld]:
    """Who of the leaders is active, where too little is known of their work."""
    if known.is_enough:
        return
    where, ways = [], []
    if known.observed < ENOUGH:
        where.append(f"{known.said_observed} seats")
        ways.append("work done elsewhere")
    if known.working < ENOUGH:
        where.append(f"{known.said_working(seen, day)} leaders")
        ways.append("leaders' other accounts")
    yield Withheld(f"which leaders are active (work is seen for {listed(where)})", ", ".join(ways))


def affiliations(seen: Disclosure, day: date) -> Iterator[Withheld]:
    """What rests on organisations, where too few are known; nothing where none was ever recorded."""
    share = seen.value(series("affiliation_known_ratio"), day)
    if isinstance(share, float) and share < ENOUGH:
        known = f"known of {format_value(share, Unit.SHARE)}"
        yield Withheld(f"what rests on organisations ({known})", "who works for whom")
