"""The contribution pathway as plain text: who came how far, who went on, and where too few do. Pure."""

from collections.abc import Iterator, Sequence

from projections.metrics.unit import Unit
from reports.format.labels import step_words
from reports.format.values import format_value
from reports.pathway import StepShown
from reports.text.wrap import wrap

TITLES = ("people", "went on", "in quarter", "days")
WIDTHS = (9, 15, 12, 8)
TITLE_WIDTH = 35


def pathway_sections(shown: Sequence[StepShown]) -> list[list[str]]:
    """One part for the report; none where nobody is known to have come any way."""
    return [list(lines(shown))] if shown else []


def lines(shown: Sequence[StepShown]) -> Iterator[str]:
    """The table, and a sentence for every step after which there is a gap."""
    yield pathway_line("Contribution pathway", TITLES, indent="")
    for step in shown:
        yield pathway_line(step_words(step.step), cells(step))
    for step in shown:
        if step.gap:
            yield from wrap(f"Gap after {step_words(step.step)}: {step.because}.")


def cells(step: StepShown) -> tuple[str, ...]:
    """Of one step what stands in the columns."""
    people = "" if step.people is None else format_value(step.people)
    if step.quarter is None:
        return (people,)
    median = "" if step.median_days is None else format_value(step.median_days, Unit.TENTHS)
    return people, f"{format_value(step.went_on)} of {format_value(step.of)}", step.quarter, median


def pathway_line(title: str, row: Sequence[str], indent: str = "  ") -> str:
    """One line of the table."""
    spaced = "".join(cell.rjust(width) for cell, width in zip(row, WIDTHS, strict=False))
    return f"{indent}{title}".ljust(TITLE_WIDTH) + spaced
