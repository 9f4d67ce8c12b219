"""How far what is told can be trusted: how far the data reaches, what is withheld, and what would change that. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from projections.community.sources import BY_HAND
from projections.disclosure.view import Disclosure
from projections.metrics.unit import Unit
from projections.timeline.days import say_day
from projections.timeline.history import series
from reports.format.values import format_value, say_date, say_moment
from reports.format.words import begun, counted, listed
from reports.leadership.active_seats import ENOUGH, LeadersKnown
from reports.reach import Source, not_read, sources

NO_EVENT = "No event yet."
DAY_NOT_SHOWN = "On which day the last event was is not shown: too few people contribute."


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


def last_event(seen: Disclosure, day: date) -> datetime | date | None:
    """The newest moment of an event up to the end of a day; everybody hears of its day alone."""
    moments = [one.last_event for one in sources(seen.history, day) if one.last_event is not None]
    if not moments:
        return None
    moment = datetime.fromtimestamp(max(moments), UTC)
    return moment.date() if seen.hides else moment


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
