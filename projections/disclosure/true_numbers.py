"""The numbers as they are, by which it is decided what may be told of each."""

from dataclasses import dataclass

import numpy as np

from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, Series, Values, series


@dataclass(frozen=True, slots=True)
class TrueNumbers:
    """What decides of how many people a number is.

    Attributes:
        history: The true numbers.
        policy: The community's, by which they were worked out.
    """

    history: History
    policy: CommunityPolicy

    def values(self, key: Series) -> Values:
        """A series; NaN throughout where there is none."""
        return self.history.series.get(key, np.full(self.history.days, np.nan))

    def active(self, window_days: int) -> Values:
        """How many people are active within a window."""
        return self.values(series("active_contributors", window_days=window_days))

    def active_now(self) -> Values:
        """How many people are active within the headline window."""
        return self.active(self.policy.headline_window_days)
