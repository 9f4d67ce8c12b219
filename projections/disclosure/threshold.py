"""Over how many people a number is, and what may be told of people at all.

Source: DESIGN, "What always holds", 10.
"""

from dataclasses import dataclass

import numpy as np

from projections.timeline.history import History, Series, Values, series
from projections.timeline.ranges import Flags

FEWEST_PEOPLE = 5
FEWEST_IN_A_SHARE = 10


@dataclass(frozen=True, slots=True)
class Denominators:
    """What decides over how many people a ratio is.

    Attributes:
        history: The true numbers.
        window_days: The headline window, over which people are active.
        judge_by: The seats that leadership without a label of its own goes by.
        newcomer_days: For how many days a newcomer is one to whom mentoring should reach.
        cross_team_days: Within how many days work in two teams is work across teams.
    """

    history: History
    window_days: int
    judge_by: str = "nominal"
    newcomer_days: int = 90
    cross_team_days: int = 90

    def values(self, key: Series) -> Values:
        """A series; NaN throughout where there is none."""
        return self.history.series.get(key, np.full(self.history.days, np.nan))

    def active(self, window_days: int) -> Values:
        """How many people are active within a window."""
        return self.values(series("active_contributors", window_days=window_days))


def is_few(people: Values) -> Flags:
    """Whether a count of people, or a change of one, is from 1 to 4."""
    few: Flags = (np.abs(people) >= 1) & (np.abs(people) < FEWEST_PEOPLE)
    return few


def few_is_sayable(whole: Values) -> Flags:
    """Whether a part may be said to be from 1 to 4: of a smaller number, what is not said to be would be known."""
    return ~(whole < 2 * FEWEST_PEOPLE - 1)


def sayable(people: Values) -> Values:
    """A number that may be said (0, or 5 and more) makes a ratio that may be said."""
    return np.where((people == 0) | (people >= FEWEST_PEOPLE), np.inf, 0.0)


def both_sayable(people: Values, share: Values) -> Values:
    """Infinite where both parts of a share, those in it and the others, may be said."""
    part = np.round(people * share)
    return np.minimum(sayable(part), sayable(people - part))
