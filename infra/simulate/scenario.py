"""What may become of a community, as chances per week and person."""

from dataclasses import dataclass
from enum import StrEnum


class Outlook(StrEnum):
    """The scenarios by name."""

    GROWING = "growing"
    STALLING = "stalling"
    CONCENTRATING = "concentrating"


@dataclass(frozen=True, slots=True)
class Scenario:
    """How many come, who stays, and who gets to lead.

    Attributes:
        arrivals_per_week: newcomers in the first week, on average.
        growth_per_year: factor by which that number grows every year.
        growth_until: share of the time after which it grows no more.
        mentored: share of newcomers who get a mentor, as long as there are mentors for them.
        cared_until: share of the time after which nobody reports, answers in time, renews terms or finds successors.
        concentrates_from: share of the time after which seats go to whoever has most of them already.
    """

    arrivals_per_week: float
    growth_per_year: float
    growth_until: float
    mentored: float
    cared_until: float
    concentrates_from: float

    def arrivals(self, year: float, years: float) -> float:
        """Newcomers in a week, on average; fewer in summer and in December, as everywhere."""
        grown: float = self.growth_per_year ** min(year, self.growth_until * years)
        is_quiet = year % 1 > 0.96 or 0.5 < year % 1 < 0.65
        return self.arrivals_per_week * grown * (0.7 if is_quiet else 1.05)


SCENARIOS = {
    Outlook.GROWING: Scenario(2.0, 1.7, 1.0, 0.75, 1.0, 1.0),
    Outlook.STALLING: Scenario(3.0, 1.3, 0.15, 0.4, 0.5, 1.0),
    Outlook.CONCENTRATING: Scenario(1.5, 1.5, 1.0, 0.5, 1.0, 0.5),
}
