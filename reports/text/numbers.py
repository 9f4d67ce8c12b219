"""Everything that a report has beside its answer, as plain text: why, scopes, pathway, and all numbers as tables."""

from collections.abc import Sequence
from datetime import date, timedelta

from projections.disclosure.view import Disclosure
from projections.metrics.group import Group
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR
from projections.timeline.history import History
from reports import headline as summary
from reports.collaboration import Collaboration
from reports.conditions.report import ConditionsReport as Conditions
from reports.flows import Flows, Greeting, greetings
from reports.leadership.active_seats import known_of, shown, year_ago
from reports.leadership.leadership import Leadership
from reports.mentoring import outcome_on
from reports.tables import Table, tables
from reports.text import collaboration as together_text
from reports.text import conditions as conditions_text
from reports.text import leadership as leadership_text
from reports.text import mentoring as mentoring_text
from reports.text import pathway as pathway_text
from reports.text.wrap import WIDTH, itemised, wrap

TITLE_WIDTH = 46
COLUMN_WIDTH = 11
HELLO = "Say hello (names are for leads: leave this out where you send the report on)"
GREETED = 20
"""Names of each kind; `explain` has them all."""


def sections(
    seen: Disclosure, as_of: date, policy: CommunityPolicy, *, told: Leadership | None, command: str
) -> list[list[str]]:
    """Leadership, pathway and mentoring in words, and every number of the day."""
    history = seen.history
    found = [sources(history, as_of), *(leadership_text.sections(told, command) if told else [])]
    found += pathway_text.sections(history, as_of) + mentoring_text.sections(outcome_on(history, as_of))
    return [part for part in found if part] + numbers(seen, as_of, policy)


def numbers(seen: Disclosure, as_of: date, policy: CommunityPolicy) -> list[list[str]]:
    """All tables but those that are told otherwise."""
    history, before = seen.history, as_of - timedelta(days=YEAR)
    then = seen.seen(year_ago(history, as_of, policy), before)
    every = tables(seen.seen(shown(history.on(as_of), known_of(history, as_of), policy), as_of), policy, then)
    return [_table(each) for each in every if each.title not in (Group.PATHWAY, Group.IMPACT)]


def told_of(
    seen: Disclosure, conditions: Conditions | None, collaboration: Collaboration | None, comings: Flows | None
) -> list[list[str]]:
    """All conditions, work with others, and to whom to say hello."""
    found = conditions_text.sections(conditions) if conditions else []
    found += together_text.sections(collaboration) if collaboration else []
    if comings and (greeted := greetings(comings.hello, comings.names, seen)):
        found.append([HELLO, *itemised(map(greeting, greeted))])
    return found


def sources(history: History, as_of: date) -> list[str]:
    """How far each source was read, where there are several."""
    known = summary.sources(history, as_of)
    lines = itemised(f"{one.name}: {one.sentence}" for one in known)
    return ["How far the data reaches", *lines] if len(known) > 1 else []


def greeting(one: Greeting) -> str:
    """To whom, and why."""
    shown_first, more = one.people[:GREETED], len(one.people) - GREETED
    return f"{one.words}: {', '.join(shown_first)}{f' and {more} more' if more > 0 else ''}."


def _table(table: Table) -> list[str]:
    titles = [column.title for column in table.columns]
    rows = [(f"{row.title} {row.of}".strip(), [row.cells.get(one, "") for one in table.columns]) for row in table.rows]
    width = max(COLUMN_WIDTH, *(len(cell) + 1 for _, cells in [("", titles), *rows] for cell in cells))
    lines = _line(table.title, titles, width, indent="")
    return lines + [line for name, cells in rows for line in _line(name, cells, width)]


def _line(title: str, cells: Sequence[str], width: int, indent: str = "  ") -> list[str]:
    words, room = f"{indent}{title}", min(TITLE_WIDTH, WIDTH - width * len(cells))
    values = "".join(f"{cell:>{width}}" for cell in cells)
    if len(words) <= room:
        return [f"{words:<{room}}{values}".rstrip()]
    return [*wrap(title, indent=len(indent), hanging=2), f"{'':<{room}}{values}".rstrip()]
