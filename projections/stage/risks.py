"""The three risks of the scaling stage: low, high, or not to be known.

Source: docs/definitions.md, "Milestones, success, risks", Risks.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np

from projections.community.context import EvaluationContext
from projections.mentoring.measures import counted
from projections.policy.thresholds import ROUNDING
from projections.responses.outcomes import ResponsesEvaluation
from projections.stage.coordinators import Coordinators
from projections.timeline.days import SECONDS_A_DAY, YEAR
from projections.timeline.history import Values, earlier
from projections.timeline.ranges import Flags

RISKS: Final = ("coordinator_runway", "ownership_openness", "pathway_gaps")
STATES: Final = ("low", "high", "unknown")
RUNWAY_DAYS = 180
CARRIED_BY_ONE = 0.5
SHARE_MAY_FALL = 0.15
FEWEST_IN_A_SHARE = 20
HISTORY_DAYS = 730
STRENGTH_AT_LEAST = 0.5


class JudgedRisk(NamedTuple):
    """On which days a risk is high, and on which it can be judged at all."""

    high: Flags
    known: Flags

    def states(self) -> Iterator[tuple[str, Flags]]:
        """The days of each state: exactly one holds on each day."""
        yield "low", self.known & ~self.high
        yield "high", self.known & self.high
        yield "unknown", ~self.known


def coordinator_runway(context: EvaluationContext, seen: Coordinators, carried: Values) -> JudgedRisk:
    """Whether the coordinator may run out before others can take over.

    Without anybody who coordinates there is no runway at all.

    Args:
        context: says how leadership renews itself.
        seen: who coordinates.
        carried: the largest share of the mentorships that one coordinator carries.
    """
    nobody = seen.count == 0
    short = ((seen.runway < RUNWAY_DAYS * SECONDS_A_DAY) | nobody) & ~seen.has_second
    overloaded = carried > CARRIED_BY_ONE + ROUNDING
    not_renewed = (seen.count <= 1) & (context.values("renewal_balance_leaders") <= 0)
    return JudgedRisk(short | overloaded | not_renewed, seen.recorded)


class Openness(NamedTuple):
    """What speaks for or against openness, by day; NaN where it cannot be judged.

    Attributes:
        newcomers_fell: by how much the newcomer share fell within a year.
        acceptance_kept: newcomers' acceptance as a share of what it was a year before; infinite where that was 0.
        strength: share of covered scopes.
    """

    newcomers_fell: Values
    acceptance_kept: Values
    strength: Values

    @property
    def judged(self) -> JudgedRisk:
        """Whether ownership and openness are out of balance."""
        closing = self.newcomers_fell >= SHARE_MAY_FALL - ROUNDING
        refusing = self.acceptance_kept < 0.5 - ROUNDING
        weak = self.strength < STRENGTH_AT_LEAST - ROUNDING
        judged: Flags = np.any([~np.isnan(values) for values in self], axis=0)
        return JudgedRisk(closing | refusing | weak, judged)


def openness(context: EvaluationContext) -> Openness:
    """What speaks for or against openness."""
    active = context.values("active_contributors", window_days=context.policy.headline_window_days)
    share, acceptance = context.values("newcomer_share_ratio"), context.values("acceptance_ratio", newcomer="yes")
    present = context.present
    is_old = context.days - (context.first_day + int(np.argmax(present))) >= HISTORY_DAYS if present.any() else present
    fell = np.where(is_old & enough(active), earlier(share, YEAR) - share, np.nan)
    then = earlier(acceptance, YEAR)
    kept = np.divide(acceptance, then, out=np.full(len(then), np.inf), where=(then > 0) | np.isnan(then))
    strength = context.values("leadership_strength_ratio", seats=context.policy.judge_by)
    return Openness(fell, np.where(enough(decided(context)), kept, np.nan), strength)


def decided(context: EvaluationContext) -> Values:
    """How many of newcomers' contributions were accepted or declined within the headline window, by day."""
    answered = context.find(ResponsesEvaluation)
    if answered is None:
        return np.zeros(len(context.days))
    found = answered.decisions.where(answered.decisions.newcomer)
    ranges = zip(found.start.tolist(), found.end.tolist(), strict=True)
    return counted(ranges, context.first_day, len(context.days)).astype(np.float64)


def enough(people: Values) -> Flags:
    """Whether there were enough, on the day and a year before."""
    now: Flags = people >= FEWEST_IN_A_SHARE
    return now & (earlier(people, YEAR) >= FEWEST_IN_A_SHARE)


def pathway_gaps(judged: Mapping[str, Values], acknowledged: Mapping[str, Flags]) -> JudgedRisk:
    """Whether a gap is open that nobody has taken on.

    Args:
        judged: step → 1 while there is a gap, 0 while there is none, NaN where that cannot be judged.
        acknowledged: step → the days on which its gap is taken on.
    """
    steps = list(judged)
    can: Flags = np.any([~np.isnan(judged[step]) for step in steps], axis=0)
    opened: Flags = np.any([(judged[step] == 1) & ~acknowledged[step] for step in steps], axis=0)
    return JudgedRisk(opened, can)
