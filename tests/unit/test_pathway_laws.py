"""The contribution pathway against its oracle, in communities that are drawn, and how its numbers behave."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.envelope import Event
from projections.community.fold import fold
from projections.history import History
from projections.policy import CommunityPolicy
from projections.thresholds import PathwayPolicy
from tests.against_oracle import differences, of_day, values_of
from tests.oracle import pathway
from tests.oracle.contributions import know
from tests.oracle.pathway_strategies import pathway_logs
from tests.oracle.samples import Key, sample

PIVOT = date(2020, 12, 31)
BACK_DAYS = (-560, -400, -181, -180, -90, -31, -30, -1, 0, 1, 45, 90, 91, 180, 184, 274, 275, 366, 500, 700, 1000)
FLOORS = ({"arrived": 0.15, "second_day": 0.25, "sustained": 0.1}, {}, {"arrived": 0.5, "sustained": 0.9, "core": 0.5})
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=30)


@st.composite
def policies(draw: st.DrawFn) -> CommunityPolicy:
    """Few people suffice, so that there is something to say of most quarters."""
    floors = draw(st.sampled_from(FLOORS))
    return CommunityPolicy(
        pathway=PathwayPolicy(fewest_people=draw(st.sampled_from((1, 2, 3, 5))), floors=floors),
        min_contributions=draw(st.sampled_from((1, 1, 2))),
        levels=draw(st.sampled_from(({}, {"review": "light"}))),
        leadership_roles=draw(st.sampled_from((("owner", "peer"), ("member",)))),
    )


def about_the_pathway(history: History, day: date) -> dict[Key, float]:
    return {key: value for key, value in of_day(history, day).items() if key[0].startswith("tenfold_pathway_")}


@settings(slowly, max_examples=40)
@given(pathway_logs(PIVOT), policies())
def test_every_number_is_the_oracles(log: list[Event], policy: CommunityPolicy) -> None:
    days = [PIVOT - timedelta(days=back) for back in BACK_DAYS]
    values = values_of(policy)
    known, history = know(log, values), fold(log, policy, max(days))
    for day in days:
        told = [sample(family, value, **labels) for family, value, labels in pathway.families(known, values, day)]
        assert differences(about_the_pathway(history, day), dict(told)) == [], day
