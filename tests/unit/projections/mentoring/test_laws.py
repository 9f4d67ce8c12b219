"""Mentoring against its oracle, in communities that are drawn."""

from hypothesis import HealthCheck, given, settings

from projections.mentoring.families import MENTORING_FAMILIES
from tests.oracle import mentoring
from tests.support.against_oracle import unlike
from tests.support.drawn_communities import Community, mentored_communities

BACK_DAYS = (-400, -181, -180, -91, -90, -89, -30, -14, -1, 0, 1, 14, 30, 89, 90, 121, 200, 364, 365)
OURS = {family.metric for family in MENTORING_FAMILIES}
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=40)


@settings(slowly, max_examples=80)
@given(mentored_communities())
def test_every_number_is_the_oracles(community: Community) -> None:
    assert unlike(community, [mentoring.families], BACK_DAYS, OURS.__contains__) == []
