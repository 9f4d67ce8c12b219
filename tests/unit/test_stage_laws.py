"""Milestones, success and risks against their oracle, in communities that are drawn."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.community.fold import fold
from projections.policy import CommunityPolicy
from projections.stage.metrics import FAMILIES
from projections.thresholds import PathwayPolicy, SuccessPolicy
from tests.against_oracle import differences, of_day, values_of
from tests.drawn_communities import Community
from tests.oracle import stage
from tests.oracle.contributions import know
from tests.oracle.samples import begun, sample
from tests.oracle.stage_strategies import lively_logs
from tests.oracle.strategies import PIVOTS

BACK_DAYS = (-181, -90, -1, 0, 1, 30, 89, 179, 180, 366)
OURS = {f"tenfold_{family}" for family in FAMILIES}
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=15)


@st.composite
def lively_communities(draw: st.DrawFn) -> Community:
    pivot = date.fromisoformat(draw(st.sampled_from(PIVOTS)))
    policy = CommunityPolicy(
        judge_by=draw(st.sampled_from(("nominal", "active"))),
        renewal_days=draw(st.sampled_from((180, 180, 30))),
        observed_scopes=draw(st.sampled_from((None, None, ("core",)))),
        success=SuccessPolicy(
            leaders_min=draw(st.sampled_from((3, 1.5))),
            active_per_leader=draw(st.sampled_from((25, 2))),
            strength_min=draw(st.sampled_from((0.8, 0.5))),
        ),
        pathway=PathwayPolicy(fewest_people=draw(st.sampled_from((20, 3)))),
    )
    return draw(lively_logs(pivot)), policy, pivot


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
