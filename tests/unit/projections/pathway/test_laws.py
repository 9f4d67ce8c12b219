"""The contribution pathway against its oracle, in communities that are drawn."""

from hypothesis import HealthCheck, given, settings

from tests.oracle import pathway
from tests.support.against_oracle import unlike
from tests.support.drawn_communities import Community, pathway_communities

BACK_DAYS = (-560, -400, -181, -180, -90, -31, -30, -1, 0, 1, 45, 91, 184, 275, 500, 1000)
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@settings(slowly, max_examples=30)
@given(pathway_communities())
def test_every_number_is_the_oracles(community: Community) -> None:
    assert unlike(community, [pathway.families], BACK_DAYS, lambda family: family.startswith("tenfold_pathway_")) == []
