"""All numbers of a day as tables, in reading order. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from projections.evaluation.catalog import FAMILIES, family_of
from projections.metrics.group import Group
from projections.metrics.unit import Unit
from projections.timeline.history import Labels
from reports.format.labels import SEATS, format_labels
from reports.format.values import format_value
from reports.numbers import SEATS_LABEL, WINDOW, Number, Terms

SENTENCES = frozenset(
    {
        "tenfold_growth_verdict",
        "tenfold_leadership_verdict",
        "tenfold_condition",
        "tenfold_milestone",
        "tenfold_scaling_success",
        "tenfold_risk",
        "tenfold_condition_since_timestamp_seconds",
    }
)
"""Families that the sentences say."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a window, a kind of seats, or (without a label) plain values; of the day, or of a year ago."""

    label: str = ""
    value: str = ""
    year_ago: bool = False

    @property
    def title(self) -> str:
        """What stands on top of it."""
        if self.year_ago:
            return "a year ago"
        return format_labels({self.label: self.value}) if self.label else ""

    @property
    def labels(self) -> Mapping[str, str]:
        """The label that the whole column has."""
        return {self.label: self.value} if self.label else {}

    @property
    def place(self) -> tuple[bool, int, int]:
        """Windows from the shortest; all seats before active ones; plain values first; a year ago last."""
        if self.label == SEATS_LABEL:
            return self.year_ago, 1, [*SEATS, self.value].index(self.value)
        return self.year_ago, 0, int(self.value or 0)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a family, for one of its teams, reasons, sources where it has them.

    Attributes:
        family: Its name with the prefix.
        title: What people call it.
        of: Which team, reason or source; nothing for most.
        labels: The labels that say the same, without the column's.
        cells: Column → value as it reads.
    """

    family: str
    title: str
    of: str
    labels: Mapping[str, str]
    cells: Mapping[Column, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines that belong together."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def tables(numbers: Iterable[Number], terms: Terms, year_ago: Iterable[Number] = ()) -> list[Table]:
    """All numbers of a day but what sentences say, in reading order.

    Args:
        numbers: The numbers, as the viewer may see them.
        terms: The windows that are no label.
        year_ago: Those of the same day a year before, to stand beside the headline's.
    """
    before = {number.series: number.value for number in year_ago}
    headline = {WINDOW: str(terms.headline_window_days), SEATS_LABEL: terms.judge_by, "": ""}
    lines: dict[tuple[str, Labels], dict[Column, str]] = {}
    for number in numbers:
        column = column_of(number)
        labels = tuple((name, of) for name, of in number.own_labels.items() if name != column.label)
        cells = lines.setdefault((number.name, labels), {})
        unit = family_of(number.name).unit
        cells[column] = format_value(number.value, unit)
        then = before.get(number.series)
        if then is not None and column.value == headline[column.label] and unit is not Unit.MOMENT:
            cells[replace(column, year_ago=True)] = format_value(then, unit)
    rows = [
        Row(family, family_of(family).title, format_labels(dict(labels)), dict(labels), cells)
        for (family, labels), cells in lines.items()
        if family not in SENTENCES
    ]
    groups: dict[Group, list[Row]] = {}
    places = list(FAMILIES.values())
    for row in sorted(rows, key=lambda row: (places.index(family_of(row.family)), row.of)):
        groups.setdefault(family_of(row.family).group, []).append(row)
    return [Table(_caption(title, terms, _columns(group)), _columns(group), group) for title, group in groups.items()]


def _caption(group: Group, terms: Terms, columns: Sequence[Column]) -> str:
    then = [format_labels(column.labels) for column in columns if column.year_ago and column.label]
    windows = {
        Group.RENEWAL: f", in {terms.renewal_days} days",
        Group.ONION: f", in {terms.headline_window_days} days",
        Group.BESIDE: f", in {terms.headline_window_days} days",
    }
    return group + windows.get(group, "") + (f" (a year ago: {then[0]})" if then else "")


def column_of(number: Number) -> Column:
    """The column that a number stands in."""
    label = next((name for name in (WINDOW, SEATS_LABEL) if name in number.labels), "")
    return Column(label, number.labels[label]) if label else Column()


def _columns(rows: Sequence[Row]) -> list[Column]:
    return sorted({column for row in rows for column in row.cells}, key=lambda column: column.place)
