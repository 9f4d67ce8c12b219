"""Milestones, success and risks against their oracle, in communities that are drawn."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from projections.community.fold import fold
from projections.stage.metrics import FAMILIES
from tests.against_oracle import differences, of_day, values_of
from tests.drawn_communities import Community, lively_communities
from tests.oracle import stage
from tests.oracle.contributions import know
from tests.oracle.day import sample
from tests.oracle.samples import begun

BACK_DAYS = (-181, -90, -1, 0, 1, 30, 89, 179, 180, 366)
OURS = {f"tenfold_{family}" for family in FAMILIES}
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=15)


@slowly
@given(lively_communities())
def test_every_milestone_criterion_and_risk_is_the_oracles(community: Community) -> None:
    log, policy, pivot = community
    days = [pivot - timedelta(days=back) for back in BACK_DAYS]
    values = values_of(policy)
    known, history = know(log, values), fold(log, policy, max(days))
    for day in days:
        told = stage.families(known, values, day) if begun(known, day) else ()
        oracle = dict(sample(family, value, **labels) for family, value, labels in told)
        ours = {key: value for key, value in of_day(history, day).items() if key[0] in OURS}
        assert differences(ours, oracle) == [], day
