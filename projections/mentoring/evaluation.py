"""The question about mentoring, asked of one community."""

from typing import ClassVar

from projections.activity.first_contributions import FirstContributions
from projections.community.context import EvaluationContext
from projections.mentoring.counts import LandmarkCounts
from projections.mentoring.families import MENTORING_FAMILIES
from projections.mentoring.mentorships import MENTORING, Mentorships
from projections.mentoring.series import mentoring_series
from projections.metrics.evaluation import Answer, Evaluation
from projections.policy.policy import CommunityPolicy
from projections.seats.evaluation import EvaluateSeats
from projections.timeline.memo import Memo


class EvaluateMentoring(Evaluation):
    """Does mentoring reach newcomers, and do they stay?"""

    needs = (EvaluateSeats,)
    families: ClassVar = MENTORING_FAMILIES
    finds = (Mentorships,)
    counts = (LandmarkCounts, FirstContributions)

    def __init__(self, policy: CommunityPolicy) -> None:
        super().__init__(policy)
        self._mentorships: Memo[Mentorships] = Memo()

    def evaluate(self, context: EvaluationContext) -> Answer:
        """Who mentors whom, and all families."""
        facts, people = context.facts.of(*MENTORING), context.people
        found = self._mentorships.of(
            (facts, people.version), lambda: Mentorships.of(facts, people, self.policy.mentoring)
        )
        return Answer(mentoring_series(context, found), (found,))
