"""Who ever held a seat in one community; asked by all questions about roles."""

from projections.community.context import EvaluationContext
from projections.metrics.evaluation import Answer, Evaluation
from projections.policy.policy import CommunityPolicy
from projections.seats.roster import SCOPES, SEATS, Roster
from projections.timeline.memo import Memo


class EvaluateSeats(Evaluation):
    """Who ever held a seat? Nothing where no role was ever recorded."""

    finds = (Roster,)

    def __init__(self, policy: CommunityPolicy) -> None:
        super().__init__(policy)
        self._roster: Memo[Roster] = Memo()

    def evaluate(self, context: EvaluationContext) -> Answer:
        """The roster, made anew when roles or people changed."""
        seated, scoped, people = context.facts.of(*SEATS), context.facts.of(*SCOPES), context.people
        if not (seated or scoped):
            return Answer()
        roster = self._roster.of((seated, scoped, people.version), lambda: Roster.of(seated, scoped, people))
        return Answer(results=(roster,))
