"""A condition asked about on one day, and the words in which it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projections.policy.policy import CommunityPolicy
from projections.timeline.history import series
from reports.stage.query import NOT_SHOWN, Number, Shown


@dataclass(frozen=True, slots=True)
class ConditionQuery:
    """A condition that is asked about on a day that has ended.

    Attributes:
        since: the day on which it was entered.
        of: the scopes, sources or steps that it holds of, as far as they may be named.
    """

    shown: Shown
    policy: CommunityPolicy
    day: date
    since: date
    of: Sequence[str] = ()

    def number(self, name: str, back: int = 0, **labels: str | int) -> Number:
        """A number of the day, or of one so many days before."""
        return self.shown.value(series(name, **labels), self.day - timedelta(days=back))

    @property
    def window(self) -> int:
        """The headline window, in days."""
        return self.policy.headline_window_days

    @property
    def seats(self) -> str:
        """The seats that leadership is judged by."""
        return self.policy.judge_by


def listed(names: Sequence[str], one: str, many: str) -> str:
    """Names in words, or what they are where they may not be named."""
    if not names:
        return one
    shown = [*names[:5], *([f"{len(names) - 5} other {many}"] if len(names) > 5 else [])]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def signed(ratio: Number) -> str:
    """A change as it reads."""
    return f"{ratio * 100:+.0f} %".replace("-", "\N{MINUS SIGN}") if isinstance(ratio, float) else NOT_SHOWN


def tenths(number: Number) -> str:
    """A number with one digit behind the point."""
    return f"{number:.1f}" if isinstance(number, float) else NOT_SHOWN
