"""Milestones, success and risks against their oracle, in communities that are drawn."""

from hypothesis import HealthCheck, given, settings

from projections.stage.families import STAGE_FAMILIES
from tests.oracle import stage
from tests.support.against_oracle import unlike
from tests.support.drawn_communities import Community, lively_communities

BACK_DAYS = (-181, -90, -1, 0, 1, 30, 89, 179, 180, 366)
OURS = {family.metric for family in STAGE_FAMILIES}
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=15)


@slowly
@given(lively_communities())
def test_every_milestone_criterion_and_risk_is_the_oracles(community: Community) -> None:
    assert unlike(community, [stage.families], BACK_DAYS, OURS.__contains__) == []
