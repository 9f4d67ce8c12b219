"""Conditions about how far the numbers can be trusted: a source is not read any more, the past is being corrected.

Source: docs/definitions.md, "Conditions".
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np

from projections.community.context import EvaluationContext
from projections.metrics.condition import Condition
from projections.policy.thresholds import ROUNDING
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.hysteresis import latched, lately
from projections.timeline.ranges import Flags

CORRECTED, UNSETTLED_DAYS = 0.10, 2


class PublishedActive(NamedTuple):
    """What was published of the active people of a day.

    Attributes:
        made: the place of the day on which it was.
        active: how many there were, as published.
        known: how many there were, as known now.
    """

    made: int
    active: float
    known: float

    @property
    def is_corrected(self) -> bool:
        """Whether what is known now differs by more than a tenth."""
        return abs(self.known - self.active) > CORRECTED * self.known + ROUNDING


def history_unsettled(told: Iterable[PublishedActive], days: int) -> Flags:
    """What was published within 48 hours no longer holds; left when it holds, and was published within 24 hours."""
    made, corrected = np.zeros((2, days), bool)
    for one in told:
        if 0 <= one.made < days:
            made[one.made] = True
            corrected[one.made] |= one.is_corrected
    enter = lately(corrected, UNSETTLED_DAYS)
    return latched(enter, made & ~enter)


def unchecked_sources(context: EvaluationContext) -> Mapping[str, Flags]:
    """Sources that are not checked."""
    late, place = context.sources.unchecked(context.first_day, len(context.days))
    names = sorted(set().union(*late))
    return {name: np.array([name in sources for sources in late], bool)[place] for name in names}


def published_active(context: EvaluationContext) -> Iterator[PublishedActive]:
    """What was published of the headline window's active people, and how many are known now."""
    window = context.policy.headline_window_days
    active = np.nan_to_num(context.values("active_contributors", window_days=window))
    for day, told in context.published.items():
        at = day - context.first_day
        if window in told.active and at < len(active):
            made = int(told.moment // SECONDS_A_DAY) - context.first_day
            yield PublishedActive(made, told.active[window], active[at] if at >= 0 else 0.0)


FRESHNESS_CONDITIONS: Final[tuple[Condition, ...]] = (
    Condition(
        name="source_unchecked",
        title="A source is not read",
        headline="A source of {community} is not checked any more",
        meaning=(
            "What happened there since nobody knows. Where it held a tenth of the active people, numbers that rest on "
            "contributions are left out, and other conditions stand as they stood. `tenfold status` names the source."
        ),
        severity="ticket",
        next_step="Import the source again, or retire it.",
        rests_on=("source_checked_timestamp_seconds",),
        holds_of="source",
        rule=unchecked_sources,
    ),
    Condition(
        name="history_unsettled",
        title="History is not settled",
        headline="The past of {community} is being corrected",
        meaning=(
            "An import or a rebuild runs, or more than a tenth of the active people changed within 48 hours. Other "
            "messages about this community wait until it has settled."
        ),
        severity="digest",
        next_step="Wait until it settles before acting on other conditions.",
        rests_on=("active_contributors", "growth_corrections"),
        rule=lambda context: history_unsettled(published_active(context), len(context.days)),
    ),
)
