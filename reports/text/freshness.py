"""How far what is told can be trusted: how far the data reaches, what is withheld, and what would change that. Pure."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from projections.community.sources import BY_HAND
from projections.timeline.days import say_day
from projections.timeline.history import History, series
from reports import headline as summary
from reports.headline import Source
from reports.leadership.active_seats import ENOUGH, LeadersKnown
from reports.text.wrap import wrap


def part(history: History, as_of: date, known: LeadersKnown | None, *, led: bool) -> list[str]:
    """A short paragraph.

    Args:
        history: The numbers.
        as_of: The day reported.
        known: How much is known of those who lead.
        led: Whether anything is told of leadership.
    """
    missing = [*(leaders(known) if known and led else ()), *affiliations(history, as_of)]
    reach = reached(summary.sources(history, as_of))
    withheld = "; ".join(what for what, _ in missing)
    supply = " and ".join(way for _, way in missing)
    said = f" Withheld: {withheld}. To supply: {supply}." if missing else ""
    return wrap(f"{reach}{said}")


def reached(known: Sequence[Source]) -> str:
    """How far the data reaches and was read, in days."""
    heard = [one.last_event for one in known if one.last_event and one.name != BY_HAND]
    checked = [one.checked for one in known if one.checked]
    if not heard or not checked:
        return summary.reach_of(known) or summary.NO_EVENT
    data, read = (datetime.fromtimestamp(max(moments), UTC).date() for moments in (heard, checked))
    many = f"{len(checked)} sources were" if len(checked) > 1 else "its source was"
    return f"Data reaches {say_day(data)}; {many} read through {'that day' if read == data else say_day(read)}."


def leaders(known: LeadersKnown) -> Iterator[tuple[str, str]]:
    """Who of the leaders is active, where too little is known of their work."""
    if known.is_enough:
        return
    seen, ways = [], []
    if known.observed < ENOUGH:
        seen.append(f"{known.observed * known.seats:.0f} of {known.seats:.0f} seats")
        ways.append("work done elsewhere")
    if known.working < ENOUGH:
        seen.append(f"{known.working * known.leaders:.0f} of {known.leaders:.0f} leaders")
        ways.append("leaders' other accounts")
    yield f"which leaders are active (work is seen for {' and '.join(seen)})", ", ".join(ways)


def affiliations(history: History, as_of: date) -> Iterator[tuple[str, str]]:
    """What rests on organisations, where too few are known; nothing where none was ever recorded."""
    share = history.value(series("affiliation_known_ratio"), as_of)
    if share < ENOUGH:
        yield f"what rests on organisations (known of {share * 100:.0f} %)", "who works for whom"
