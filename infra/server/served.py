"""From the evaluator's snapshots to what the server shows."""

from infra.server.state import ServedCommunity
from projections.evaluation.evaluator import LastEvaluation
from projections.policy.policy import CommunityPolicy


def known(name: str, last: LastEvaluation, policy: CommunityPolicy, *, catching_up: bool) -> ServedCommunity:
    """A community as last evaluated."""
    return ServedCommunity(
        name=name,
        history=last.history,
        policy=policy,
        snapshot=last.snapshot,
        catching_up=catching_up,
        evaluated_at=last.evaluated_at,
    )
