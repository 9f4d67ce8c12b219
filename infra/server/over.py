"""Over how many people a number is, and what may be told of people at all.

Source: DESIGN, "What always holds", 10.
"""

from dataclasses import dataclass

import numpy as np

from projections.history import History, Series, Values, series

FEWEST_PEOPLE = 5
FEWEST_IN_A_SHARE = 10


@dataclass(frozen=True, slots=True)
class Over:
    """What decides over how many people a ratio is.

    Attributes:
        history: The true numbers.
        window_days: The headline window, over which people are active.
        judge_by: The seats that leadership without a label of its own goes by.
        newcomer_days: For how many days a newcomer is one to whom mentoring should reach.
    """

    history: History
    window_days: int
    judge_by: str = "nominal"
    newcomer_days: int = 90

    def values(self, key: Series) -> Values:
        """A series; NaN throughout where there is none."""
        return self.history.series.get(key, np.full(self.history.days, np.nan))

    def active(self, window_days: int) -> Values:
        """How many people are active within a window."""
        return self.values(series("active_contributors", window_days=window_days))


def sayable(people: Values) -> Values:
    """A number that may be said (0, or 5 and more) makes a ratio that may be said."""
    return np.where((people == 0) | (people >= FEWEST_PEOPLE), np.inf, 0.0)
