"""Does leadership spread: effective leaders against a year ago, with hysteresis so that it does not flap.

Source: docs/definitions.md, "Leadership", Leadership verdict.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from projections.policy.thresholds import ROUNDING
from projections.timeline.days import YEAR
from projections.timeline.history import Values, earlier

VERDICTS = ("spreading", "steady", "concentrating", "unknown")
UNKNOWN = "unknown"
DAYS_TO_CHANGE = 28
SPREADS, STILL_SPREADS = 1.15, 1.05
CONCENTRATES, STILL_CONCENTRATES = 0.85, 0.95
STRENGTH_MAY_FALL = 0.05
SCOPES_AT_RISK = 0.25
FEWEST_SEATS = 4


Rule = Literal[
    "fewer_leaders",
    "still_fewer_leaders",
    "rests_on_one",
    "more_leaders",
    "still_more_leaders",
    "weaker",
    "about_as_many",
]
"""By which rule a day reads what it reads."""

READS: Mapping[Rule, str] = {
    "fewer_leaders": "concentrating",
    "still_fewer_leaders": "concentrating",
    "rests_on_one": "concentrating",
    "more_leaders": "spreading",
    "still_more_leaders": "spreading",
    "weaker": "steady",
    "about_as_many": "steady",
}


class Reading(NamedTuple):
    """What a day reads, and by which rule; the rule of `unknown` says nothing."""

    verdict: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Yearly:
    """What a verdict goes by, by day: the values of the day and those of a year before, NaN where not defined."""

    effective: Values
    effective_then: Values
    strength: Values
    strength_then: Values
    at_risk: Values
    at_risk_then: Values
    seats: Values
    seats_then: Values

    @classmethod
    def of(cls, effective: Values, strength: Values, at_risk: Values, seats: Values) -> "Yearly":
        """Pair each day with the one a year before."""
        pairs = [(values, earlier(values, YEAR)) for values in (effective, strength, at_risk, seats)]
        return cls(*(values for pair in pairs for values in pair))

    def reading(self, day: int, held: str) -> Reading:
        """What a day reads while a verdict is held."""
        ratio = self.effective[day] / self.effective_then[day]
        if np.isnan(ratio):
            return Reading(UNKNOWN, "about_as_many")
        rule = self._rule(day, ratio, held)
        return Reading(READS[rule], rule)

    def _rule(self, day: int, ratio: float, held: str) -> Rule:
        spreads = STILL_SPREADS if held == "spreading" else SPREADS
        weaker = self.strength[day] < self.strength_then[day] - STRENGTH_MAY_FALL - ROUNDING
        rules: tuple[tuple[bool, Rule], ...] = (
            (ratio <= CONCENTRATES + ROUNDING, "fewer_leaders"),
            (held == "concentrating" and ratio <= STILL_CONCENTRATES + ROUNDING, "still_fewer_leaders"),
            (self._rests_on_one(day), "rests_on_one"),
            (ratio < spreads - ROUNDING, "about_as_many"),
            (weaker, "weaker"),
            (ratio >= SPREADS - ROUNDING, "more_leaders"),
        )
        return next((rule for holds, rule in rules if holds), "still_more_leaders")

    def _rests_on_one(self, day: int) -> bool:
        enough = min(self.seats[day], self.seats_then[day]) >= FEWEST_SEATS
        least = SCOPES_AT_RISK - ROUNDING
        return bool(enough and self.at_risk[day] >= least > np.nan_to_num(self.at_risk_then[day]))


def verdicts(yearly: Yearly) -> list[str]:
    """The verdict of every day: the first reading holds at once, another after 28 equal days; `unknown` only covers."""
    held, alike, before = UNKNOWN, 0, UNKNOWN
    found = []
    for day in range(len(yearly.effective)):
        reading = yearly.reading(day, held).verdict
        if reading != UNKNOWN:
            alike = alike + 1 if reading == before else 1
            before = reading
            if held == UNKNOWN or alike >= DAYS_TO_CHANGE:
                held = reading
        found.append(UNKNOWN if reading == UNKNOWN else held)
    return found
