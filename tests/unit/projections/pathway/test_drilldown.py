"""Whoever is named behind a number of the pathway is as many as the number says."""

from datetime import date, timedelta
from math import isnan

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.evaluation.fold import community_of
from projections.pathway.families import PATHWAY_FAMILIES
from projections.pathway.steps import STEPS
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import PathwayPolicy
from projections.timeline.days import number_of
from projections.timeline.history import series
from tests.oracle.writing import COMMUNITY, contribution, granted
from tests.support.drawn_communities import Community as Drawn
from tests.support.drawn_communities import pathway_communities
from tests.support.drilled import behind

COUNTED_BY = {one.name: "pathway_conversion_people" for one in PATHWAY_FAMILIES} | {
    "pathway_contributors": "pathway_contributors"
}


@settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=15)
@given(pathway_communities(), st.sampled_from((0, 30, 95, 200, 400)))
def test_as_many_people_as_the_number_says(drawn: Drawn, back: int) -> None:
    log, policy, pivot = drawn
    community, day = community_of(log, policy, COMMUNITY), pivot - timedelta(days=back)
    history = community.history(pivot)
    for family, counted in COUNTED_BY.items():
        for step in STEPS:
            value = history.value(series(counted, step=step), day)
            found = behind(community.snapshot, family, {"step": step}, number_of(day))
            assert len(found.identities) == (0 if isnan(value) else value), (family, step)
            assert all(found.identities.values())


def test_who_never_contributed_is_behind_no_conversion() -> None:
    log = [contribution("github:1", "2020-02-01"), granted("github:2", "core", "2020-02-01", "member")]
    policy = CommunityPolicy(pathway=PathwayPolicy(fewest_people=1))
    community = community_of(log, policy, COMMUNITY)
    community.history(date(2020, 12, 31))
    found = behind(community.snapshot, "pathway_conversion_ratio", {"step": "arrived"}, number_of(date(2020, 12, 31)))
    assert found.identities == {"github:1": ["github:1"]}
    assert (found.first_day, found.last_day) == (number_of(date(2020, 1, 1)), number_of(date(2020, 3, 31)) + 30)
