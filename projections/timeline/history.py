"""Every number on every day: one array per series, in which NaN says "not defined on that day".

The report of a day is a column of it, and so is a scrape of /metrics: they cannot disagree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from projections.timeline.days import SECONDS_A_DAY, date_of, number_of
from projections.timeline.ranges import Ints

Values = NDArray[np.float64]
Labels = tuple[tuple[str, str], ...]
Series = tuple[str, Labels]


@dataclass(frozen=True, slots=True)
class Sample:
    """One number of one day: the family's name with its `tenfold_` prefix, labels beside `community`, the value."""

    name: str
    labels: Mapping[str, str]
    value: float


def series(name: str, **labels: str | int) -> Series:
    """The key of a series; label order does not matter."""
    return f"tenfold_{name}", tuple(sorted((label, str(value)) for label, value in labels.items()))


def series_of(sample: Sample) -> Series:
    """The series that a sample is a day of."""
    return sample.name, tuple(sorted(sample.labels.items()))


def earlier(values: Values | Ints, days: int) -> Values:
    """The values of so many days before; NaN before the first."""
    found: Values = np.concatenate((np.full(min(days, len(values)), np.nan), values[:-days]))
    return found


def share_of(part: Values | Ints, whole: Values | Ints) -> Values:
    """Part by whole, NaN where there is no whole."""
    result: Values = np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=np.asarray(whole) > 0)
    return result


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many people, as counts; NaN where there is nobody to count."""

    part: Values
    whole: Values

    def before(self, days: int) -> "Share":
        """The share of so many days before; NaN before the first."""
        return Share(earlier(self.part, days), earlier(self.whole, days))

    @property
    def ratio(self) -> Values:
        """As a ratio; NaN where there is nobody."""
        return share_of(self.part, self.whole)


def age_in_days(moments: Values, days: Ints) -> Values:
    """Whole days from the day of each moment (seconds since the epoch) to the day it is known on."""
    age: Values = days.astype(np.float64) - np.floor(moments / SECONDS_A_DAY)
    return age


@dataclass(frozen=True, slots=True)
class History:
    """All series of a community from `first_day` on, all of the same length."""

    first_day: date
    series: Mapping[Series, Values]

    @property
    def days(self) -> int:
        """How many days it covers."""
        return len(next(iter(self.series.values()), ()))

    @property
    def last_day(self) -> date:
        """The newest day it covers; the day before `first_day` if there is none."""
        return date_of(number_of(self.first_day) + self.days - 1)

    def value(self, key: Series, day: date) -> float:
        """The value of a series on a day; NaN where it is not defined or outside of what is covered."""
        at = (day - self.first_day).days
        values = self.series.get(key)
        return float(values[at]) if values is not None and 0 <= at < len(values) else float("nan")

    def on(self, day: date) -> list[Sample]:
        """The samples of a day, by name and labels; nothing before the first day."""
        return [
            Sample(name, dict(labels), value)
            for name, labels in sorted(self.series)
            if not np.isnan(value := self.value((name, labels), day))
        ]

    def family(self, name: str) -> Iterator[tuple[Labels, Values]]:
        """The series of one family, by labels."""
        return ((labels, values) for (family, labels), values in sorted(self.series.items()) if family == name)
