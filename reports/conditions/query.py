"""A condition asked about on one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projections.policy.policy import CommunityPolicy
from projections.timeline.history import series
from reports.format.values import Value
from reports.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ConditionQuery:
    """A condition that is asked about on a day that has ended.

    Attributes:
        since: the day on which it was entered.
        of: the scopes, sources or steps that it holds of, as far as they may be named.
    """

    viewer: Viewer
    policy: CommunityPolicy
    day: date
    since: date
    of: Sequence[str] = ()

    def number(self, name: str, back: int = 0, **labels: str | int) -> Value:
        """A number of the day, or of one so many days before."""
        return self.viewer.value(series(name, **labels), self.day - timedelta(days=back))

    @property
    def window(self) -> int:
        """The headline window, in days."""
        return self.policy.headline_window_days

    @property
    def seats(self) -> str:
        """The seats that leadership is judged by."""
        return self.policy.judge_by
