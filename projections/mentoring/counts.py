"""Who came when and was still there later, counted person by person."""

from projections.community.contributed import Contributed
from projections.policy import CommunityPolicy


class Landmarks:
    """Who came when and was still there later, counted person by person.

    Args:
        policy: the community's.
        first_day: day number of the first day counted.
        days: how many days are counted.
    """

    def __init__(self, policy: CommunityPolicy, first_day: int, days: int) -> None:
        self._policy, self.first_day, self.days = policy, first_day, days

    def add(self, contributed: Contributed, sign: int = 1) -> None:
        """Count what some people did, or with sign −1 no longer count it."""
