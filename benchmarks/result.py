"""What a section found: tables, targets held or missed, and remarks; printed as text or as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers with a name for each column; units stand in the names."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]

    def lines(self) -> Iterator[str]:
        """The table as text, numbers to the right."""
        cells = [list(self.columns), *([text(value) for value in row] for row in self.rows)]
        widths = [max(len(row[at]) for row in cells) for at in range(len(self.columns))]
        yield self.title
        for row in cells:
            yield "  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that was promised, and what it came to; a limit is held up to itself."""

    name: str
    measured: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def held(self) -> bool:
        """Whether the promise was kept."""
        above = self.at_least is None or self.measured >= self.at_least
        return above and (self.at_most is None or self.measured <= self.at_most)

    def line(self) -> str:
        """The verdict in a line."""
        limit = f"at most {text(self.at_most)}" if self.at_least is None else f"at least {text(self.at_least)}"
        return f"{'held' if self.held else 'MISSED':6}  {self.name}: {text(self.measured)} ({limit})"


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer."""

    name: str
    tables: Sequence[Table]
    targets: Sequence[Target] = ()
    remarks: Sequence[str] = field(default=())

    def lines(self) -> Iterator[str]:
        """The section as text."""
        yield f"== {self.name}"
        for table in self.tables:
            yield from ("", *table.lines())
        yield ""
        yield from self.remarks
        yield from (target.line() for target in self.targets)


def text(value: Value) -> str:
    """A value with three digits that matter; nothing where there is none."""
    match value:
        case None:
            return "–"
        case float() if abs(value) >= 100:
            return f"{value:,.0f}"
        case float():
            return f"{value:.3g}"
        case int():
            return f"{value:,}"
        case str():
            return value
