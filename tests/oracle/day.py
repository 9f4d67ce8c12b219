"""A day that is asked about, and a sample of it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from tests.oracle import activity
from tests.oracle.contributions import Known, Work
from tests.oracle.values import Values

Key = tuple[str, frozenset[tuple[str, str]]]
Sample = tuple[Key, float]


@dataclass(frozen=True)
class Day:
    """What is known on a day."""

    known: Known
    values: Values
    day: date

    @cached_property
    def work(self) -> list[Work]:
        """The contributions that count, up to the end of the day."""
        return [one for one in self.known.work if one.day <= self.day]

    @cached_property
    def days(self) -> dict[str, list[date]]:
        """The days of active work, by person."""
        return activity.active_days(self.work)

    @cached_property
    def active(self) -> set[str]:
        """The active people of the headline window."""
        return activity.active(self.days, self.day, self.values.headline, self.values.min_contributions)


def sample(family: str, value: float | Fraction, **labels: object) -> Sample:
    """One sample; the prefix and text labels are put here."""
    return (f"tenfold_{family}", frozenset((name, str(label)) for name, label in labels.items())), float(value)
