"""What happened since the last report, as plain text. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from projections.conditions.catalog import CONDITIONS
from projections.timeline.days import say_day
from reports.conditions.report import TakenBack
from reports.format.labels import step_words
from reports.since import Since
from reports.text.wrap import itemised

NAMED = 6
STORIES = 3


def part(since: Since, names: Mapping[str, str], taken_back: Sequence[TakenBack] = ()) -> list[str]:
    """The part of the report.

    Args:
        since: What happened.
        names: What people are called who said so.
        taken_back: Conditions that were told and did not hold.
    """
    lines = itemised(sentences(since, names, taken_back))
    return [title(since), *(lines or ["  Nothing that was recorded."])]


def title(since: Since) -> str:
    """Since when."""
    day = say_day(since.begin)
    return f"Since the last report, of {day}" if since.reported else f"Since {day} (no report was recorded before)"


def sentences(since: Since, names: Mapping[str, str], taken_back: Sequence[TakenBack]) -> Iterator[str]:
    """A line for everything that happened."""
    if since.new_leaders:
        yield f"New leaders, {len(since.new_leaders)}: {called(since.new_leaders, names)}."
    if since.left_leaders:
        yield f"Left leadership, {len(since.left_leaders)}: {called(since.left_leaders, names)}."
    yield from (f"Story of {say_day(one.noted)}: {one.title}, {one.url}" for one in since.stories[:STORIES])
    if (more := len(since.stories) - STORIES) > 0:
        yield f"and {more} more stor{'y' if more == 1 else 'ies'}."
    if since.engagements:
        yield f"Held: {', '.join(held(*one) for one in since.engagements.items())}."
    if since.entered:
        yield f"Alerts that began: {dated(since.entered)}."
    if since.left:
        yield f"Alerts that ended: {dated(since.left)}."
    gone = [CONDITIONS[one.condition].title.lower() for one in taken_back if one.last_day > since.begin]
    if gone:
        yield f"Alerts taken back, since later data says otherwise: {', '.join(gone)}."


def called(people: Sequence[str], names: Mapping[str, str]) -> str:
    """Who, alphabetically; the first few of many."""
    known = sorted((names.get(one, one) for one in people), key=str.casefold)
    return ", ".join(known[:NAMED]) + (f" and {len(known) - NAMED} more" if len(known) > NAMED else "")


def held(kind: str, count: int) -> str:
    """So many of a kind: `1 report`, `3 check-ins`."""
    return f"{count} {step_words(kind).replace('check in', 'check-in')}{'' if count == 1 else 's'}"


def dated(conditions: Mapping[str, date]) -> str:
    """Conditions, each with its day."""
    return ", ".join(f"{CONDITIONS[name].title.lower()} ({say_day(day)})" for name, day in conditions.items())
