"""The contribution pathway as plain text: who came how far, who went on, and where too few do. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from projections.timeline.history import History
from reports.format.labels import step_words
from reports.pathway import StepShown, steps_on
from reports.text.wrap import wrap

TITLES = ("people", "went on", "in quarter", "days")
WIDTHS = (9, 15, 12, 8)
TITLE_WIDTH = 35


def sections(history: History, as_of: date) -> list[list[str]]:
    """One part for the report; none where nobody is known to have come any way."""
    shown = steps_on(history, as_of)
    return [list(lines(shown))] if shown else []


def lines(shown: Sequence[StepShown]) -> Iterator[str]:
    """The table, and a sentence for every step after which there is a gap."""
    yield line("Contribution pathway", TITLES, indent="")
    for step in shown:
        yield line(step_words(step.step), cells(step))
    for step in shown:
        if step.gap:
            yield from wrap(f"Gap after {step_words(step.step)}: {step.because}.")


def cells(step: StepShown) -> tuple[str, ...]:
    """Of one step what stands in the columns."""
    people = "" if step.people is None else f"{step.people:,}"
    if step.quarter is None:
        return (people,)
    median = "" if step.median_days is None else f"{step.median_days:.1f}"
    return people, f"{step.quarter.went_on} of {step.quarter.of}", step.quarter.name, median


def line(title: str, row: Sequence[str], indent: str = "  ") -> str:
    """One line of the table."""
    spaced = "".join(cell.rjust(width) for cell, width in zip(row, WIDTHS, strict=False))
    return f"{indent}{title}".ljust(TITLE_WIDTH) + spaced
