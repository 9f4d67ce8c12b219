"""Does leadership spread: effective leaders against a year ago, with hysteresis so that it does not flap.

Source: docs/definitions.md, "Leadership", Leadership verdict.
"""

from dataclasses import dataclass

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

    def reading(self, day: int, held: str) -> str:
        """What a day reads while a verdict is held."""
        ratio = self.effective[day] / self.effective_then[day]
        if np.isnan(ratio):
            return UNKNOWN
        shrank = ratio <= (STILL_CONCENTRATES if held == "concentrating" else CONCENTRATES) + ROUNDING
        if shrank or self._rests_on_one(day):
            return "concentrating"
        grew = ratio >= (STILL_SPREADS if held == "spreading" else SPREADS) - ROUNDING
        weaker = self.strength[day] < self.strength_then[day] - STRENGTH_MAY_FALL - ROUNDING
        return "spreading" if grew and not weaker else "steady"

    def _rests_on_one(self, day: int) -> bool:
        enough = min(self.seats[day], self.seats_then[day]) >= FEWEST_SEATS
        least = SCOPES_AT_RISK - ROUNDING
        return bool(enough and self.at_risk[day] >= least > np.nan_to_num(self.at_risk_then[day]))


def verdicts(yearly: Yearly) -> list[str]:
    """The verdict of every day: the first reading holds at once, another after 28 equal days; `unknown` only covers."""
    held, alike, before = UNKNOWN, 0, UNKNOWN
    found = []
    for day in range(len(yearly.effective)):
        reading = yearly.reading(day, held)
        if reading != UNKNOWN:
            alike = alike + 1 if reading == before else 1
            before = reading
            if held == UNKNOWN or alike >= DAYS_TO_CHANGE:
                held = reading
        found.append(UNKNOWN if reading == UNKNOWN else held)
    return found
