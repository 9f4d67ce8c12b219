"""Everything that a report has beside its answer, as plain text: why, scopes, pathway, and all numbers as tables."""

from collections.abc import Sequence

from projections.metrics.group import Group
from reports.flows import Greeting
from reports.format.words import first_of
from reports.leadership.active_seats import without_active
from reports.reach import Source
from reports.report import Report
from reports.tables import Table, tables
from reports.text import collaboration as collaboration_text
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


def numbers_sections(report: Report, command: str) -> list[list[str]]:
    """Leadership, pathway and mentoring in words, every number of the day, and all that is told beside them."""
    found = [sources(report.freshness.sources), *leadership_text.leadership_sections(report, command)]
    found += pathway_text.pathway_sections(report.pathway) + mentoring_text.mentoring_sections(report.mentoring_outcome)
    found += [_table(each) for each in every_table(report) if each.title not in (Group.PATHWAY, Group.IMPACT)]
    found += conditions_text.conditions_sections(report.conditions, report.called)
    found += [*collaboration_text.collaboration_sections(report.collaboration), hello(report)]
    return [part for part in found if part]


def every_table(report: Report) -> list[Table]:
    """All numbers as tables, but those that rest on active seats where too little is known for them."""
    before = report.year_ago
    now, then = (
        of.samples if of.tells_of_active else without_active(of.samples, report.terms) for of in (report, before)
    )
    return tables(now, report.terms, then)


def hello(report: Report) -> list[str]:
    """To whom a word is due."""
    lines = itemised(greeting(report, one) for one in report.who_came_and_went.greetings)
    return [HELLO, *lines] if lines else []


def sources(known: Sequence[Source]) -> list[str]:
    """How far each source was read, where there are several."""
    lines = itemised(f"{one.name}: {one.sentence}" for one in known)
    return ["How far the data reaches", *lines] if len(known) > 1 else []


def greeting(report: Report, one: Greeting) -> str:
    """To whom, and why."""
    return f"{one.words}: {first_of(report.all_called(one.people), GREETED)}."


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
