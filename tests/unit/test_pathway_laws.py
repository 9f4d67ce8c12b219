"""The contribution pathway against its oracle, in communities that are drawn."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings

from projections.community.fold import fold
from projections.history import History
from tests.against_oracle import differences, of_day, values_of
from tests.drawn_communities import Community, pathway_communities
from tests.oracle import pathway
from tests.oracle.contributions import know
from tests.oracle.day import Key, sample

BACK_DAYS = (-560, -400, -181, -180, -90, -31, -30, -1, 0, 1, 45, 91, 184, 275, 500, 1000)
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def about_the_pathway(history: History, day: date) -> dict[Key, float]:
    return {key: value for key, value in of_day(history, day).items() if key[0].startswith("tenfold_pathway_")}


@settings(slowly, max_examples=30)
@given(pathway_communities())
def test_every_number_is_the_oracles(community: Community) -> None:
    log, policy, pivot = community
    days = [pivot - timedelta(days=back) for back in BACK_DAYS]
    values = values_of(policy)
    known, history = know(log, values), fold(log, policy, max(days))
    for day in days:
        told = [sample(family, value, **labels) for family, value, labels in pathway.families(known, values, day)]
        assert differences(about_the_pathway(history, day), dict(told)) == [], day
