"""What somebody without a token may see of a number: no person at all.

Counts of people from 1 to 4 become "<5", shares are said over 10 people or more, and of numbers
that add up to a public one, so many are hidden that subtraction shows none. What the
tables below don't name is withheld, so that a new family is public only once somebody said so.

Source: DESIGN, "What always holds", 10.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from projections.disclosure.denominators import DENOMINATORS
from projections.disclosure.differencing import hidden_by_sums
from projections.disclosure.sources import renamed, titles_of
from projections.disclosure.threshold import FEWEST_IN_A_SHARE, FEWEST_PEOPLE, Denominators, is_few
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.history import History, Sample, Series, Values, series_of
from projections.timeline.ranges import Flags

FEW = "<5"
"""What stands in for a count of people from 1 to 4."""

Count = TypeVar("Count", int, float)

PEOPLE = frozenset(
    f"tenfold_{name}"
    for name in (
        "mentorships_active",
        "mentors_active",
        "active_contributors",
        "recurring_contributors",
        "new_contributors",
        "returned_contributors",
        "lapsed_contributors",
        "newcomers",
        "newcomers_unanswered",
        "first_response_people",
        "acceptance_people",
        "growth_corrections",
        "team_active_contributors",
        "core_contributors_by_volume",
        "regular_contributors_by_volume",
        "casual_contributors_by_volume",
        "contributor_absence_factor",
        "cross_team_contributors",
        "work_share_people",
        "people_meeting_criteria",
        "weekly_contributors",
    )
)
"""Families that count people."""

PUBLIC = frozenset(
    f"tenfold_{name}"
    for name in (
        "elephant_factor",
        "growth_verdict",
        "goal_baseline_contributors",
        "goal_target_contributors",
        "pathway_quarter_start_timestamp_seconds",
        "goal_due_timestamp_seconds",
        "goal_eta_earliest_timestamp_seconds",
        "goal_eta_latest_timestamp_seconds",
        "relationships_active",
        "last_engagement_timestamp_seconds",
        "engagement_slots_filled",
        "practice_documented_timestamp_seconds",
        "source_checked_timestamp_seconds",
        "catching_up",
        "condition",
        "condition_since_timestamp_seconds",
        "risk",
        "leadership_verdict",
        "leadership_observed_ratio",
        "core_contributors_by_role",
        "core_by_role_recruited",
        "new_leaders",
        "left_leaders",
        "renewal_balance_leaders",
        "last_new_leader_timestamp_seconds",
        "leader_tenure_median_seconds",
    )
)
"""Families that say nothing of single people, or of published roles alone; a goal's numbers were published with it."""


def few(people: Count) -> Count | str:
    """A count of people that is no series, as everybody may see it."""
    return FEW if 1 <= people < FEWEST_PEOPLE else people


ROUNDED = frozenset(
    f"tenfold_{name}_ratio"
    for name in (
        *("growth_change", "growth_change_low", "growth_change_high"),
        *("departure_exposure", "work_share", "acceptance"),
    )
)
"""Families told in whole per cents, as they read: their last digits give away the number of a week, or who did a day's
work."""

DAILY = ("_timestamp_seconds", "leader_tenure_median_seconds", "coordinator_runway_seconds")
"""How families end that are told by the day: at which hour somebody was at work is nobody's business."""
SECONDS_A_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What one kind of viewer may see of a community.

    Attributes:
        history: The numbers; NaN where one is hidden.
        few: Series → days on which the hidden number is a count from 1 to 4.
        hides: Whether anything may be hidden at all.
        whole: The true numbers, where some are hidden: what is absent there is absent for everybody.
        titles: Source → how this viewer reads it, where that is not its name.
    """

    history: History
    few: Mapping[Series, Flags] = field(default_factory=dict)
    hides: bool = False
    whole: History | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def value(self, key: Series, day: date) -> float | str | None:
        """The value of a day as this viewer sees it: a number, "<5", or nothing."""
        value = self.history.value(key, day)
        if not np.isnan(value):
            return value
        return FEW if self._is_few(key, day) else None

    def is_absent(self, key: Series, day: date) -> bool:
        """Whether a day has no such number, for nobody: what is absent is not hidden."""
        return bool(np.isnan(self.defined.value(key, day)))

    @property
    def defined(self) -> History:
        """The true numbers, with sources called as this viewer reads them: to be told only through this."""
        return self.whole or self.history

    def seen(self, samples: Iterable[Sample], day: date) -> list[tuple[Sample, float | str]]:
        """The samples of a day that this viewer may see, each with the value they see."""
        if not self.hides:
            return [(sample, sample.value) for sample in samples]
        values = ((sample, self.value(series_of(sample), day)) for sample in samples)
        return [(sample, value) for sample, value in values if value is not None]

    def values(self, key: Series) -> list[float | str | None]:
        """A whole series as this viewer sees it."""
        few = self.few.get(key)
        return [
            (FEW if few is not None and few[at] else None) if np.isnan(value) else float(value)
            for at, value in enumerate(self.history.series[key])
        ]

    def _is_few(self, key: Series, day: date) -> bool:
        at = (day - self.history.first_day).days
        few = self.few.get(key)
        return few is not None and 0 <= at < len(few) and bool(few[at])


def everything(history: History) -> Disclosure:
    """What a lead of the community and an operator see."""
    return Disclosure(history)


def public(
    history: History,
    headline_window_days: int,
    judge_by: str = "nominal",
    newcomer_days: int = 90,
    cross_team_days: int = 90,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> Disclosure:
    """What everybody sees.

    Args:
        history: The true numbers.
        headline_window_days: The window that shares over active people are taken over.
        judge_by: The seats that leadership is judged by.
        newcomer_days: For how many days a newcomer is one to whom mentoring should reach.
        cross_team_days: Within how many days work in two teams is work across teams.
        titles: Source → what it is called before everybody.
    """
    called = titles_of(history, titles)
    history = renamed(history, called)
    over = Denominators(history, headline_window_days, judge_by, newcomer_days, cross_team_days)
    few = {key: is_few(values) for key, values in history.series.items() if key[0] in PEOPLE}
    hidden = {
        key: ~(DENOMINATORS[key[0]](over, key) >= FEWEST_IN_A_SHARE) for key in history.series if key[0] in DENOMINATORS
    }
    by_sums, said = hidden_by_sums(over)
    hidden |= {key: flags | by_sums.get(key, flags) for key, flags in few.items()}
    shown = {
        key: np.where(hidden.get(key, False), np.nan, told(key[0], values))
        for key, values in history.series.items()
        if key in hidden or key[0] in PUBLIC
    }
    return Disclosure(replace(history, series=shown), few | said, hides=True, whole=history, titles=called)


def told(family: str, values: Values) -> Values:
    """Values as finely as they may be told."""
    if family.endswith(DAILY):
        return values // SECONDS_A_DAY * SECONDS_A_DAY
    if family.endswith("_seconds_median"):
        return values // SECONDS_A_MINUTE * SECONDS_A_MINUTE
    return np.round(values, 2) if family in ROUNDED else values
