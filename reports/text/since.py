"""What happened since the last report, in lines. Pure.

The page and the text report both show them, so they say the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from projections.conditions.catalog import CONDITIONS
from projections.timeline.days import say_day
from reports.format.labels import step_words
from reports.format.values import NOT_SHOWN
from reports.format.words import Linked, counted, first_of
from reports.report import Report
from reports.since import Since
from reports.text.wrap import itemised

NAMED = 6
STORIES = 3
NOTHING = "Nothing that was recorded."


def since_part(report: Report) -> list[str]:
    """The part of the text report; nothing before the facts were read."""
    if report.since is None:
        return []
    return [title(report.since), *(itemised(one.text for one in lines(report, report.since)) or [f"  {NOTHING}"])]


def title(since: Since) -> str:
    """Since when."""
    day = say_day(since.begin)
    return f"Since the last report, of {day}" if since.reported else f"Since {day} (no report was recorded before)"


def lines(report: Report, since: Since) -> Iterator[Linked]:
    """A line for everything that happened."""
    for what, people in {"New leaders": since.new_leaders, "Left leadership": since.left_leaders}.items():
        if people:
            yield Linked(f"{what}, {len(people)}{who(report, people)}.")
    yield from (Linked(f"Story of {say_day(one.noted)}: {one.title}", one.url) for one in since.stories[:STORIES])
    if (more := len(since.stories) - STORIES) > 0:
        yield Linked(f"and {counted(more, 'more story', 'more stories')}.")
    if since.engagements:
        yield Linked(f"Held: {', '.join(held(*one) for one in since.engagements.items())}.")
    if since.entered:
        yield Linked(f"Alerts that began: {dated(since.entered)}.")
    if since.left:
        yield Linked(f"Alerts that ended: {dated(since.left)}.")
    gone = [
        CONDITIONS[one.condition].title.lower() for one in report.conditions.taken_back if one.last_day > since.begin
    ]
    if gone:
        yield Linked(f"Alerts taken back, since later data says otherwise: {', '.join(gone)}.")


def who(report: Report, people: Sequence[str]) -> str:
    """Who they are, as far as that is shown."""
    shown = [one for one in people if not one.startswith(NOT_SHOWN)]
    return f": {first_of(report.all_called(shown), NAMED)}" if shown else ""


def held(kind: str, count: int) -> str:
    """So many of a kind: `1 report`, `3 check-ins`."""
    return counted(count, step_words(kind).replace("check in", "check-in"))


def dated(conditions: Mapping[str, date]) -> str:
    """Conditions, each with its day."""
    return ", ".join(f"{CONDITIONS[name].title.lower()} ({say_day(day)})" for name, day in conditions.items())
