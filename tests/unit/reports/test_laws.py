"""What the report alone says, against the oracle: cohorts, and the bounds of the elephant factor."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import HealthCheck, given, settings

from projections.evaluation.fold import community_of
from reports.report import Report
from tests.oracle import activity
from tests.oracle.contributions import know
from tests.oracle.day import Day
from tests.oracle.values import Values
from tests.oracle.writing import COMMUNITY, contribution
from tests.support import reporting
from tests.support.against_oracle import values_of
from tests.support.drawn_communities import Community, communities

BACK_DAYS = (0, 29, 60, 365)
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=15)


def report(community: Community, day: date) -> Report:
    events, policy, pivot = community
    counted = community_of(events, policy, COMMUNITY)
    return reporting.report(counted.history(pivot), day, counted.snapshot)


def test_a_cohort_by_hand() -> None:
    log = [contribution(f"github:{who}", day) for who, day in ((1, "2020-01-31"), (2, "2020-01-01"), (1, "2020-03-05"))]
    days = activity.active_days(know(log, Values()).work)
    half, none = Fraction(1, 2), Fraction(0)
    assert activity.cohorts(days, date(2020, 4, 29), 1) == {"2020-01": [half, half]}
    assert activity.cohorts(days, date(2021, 6, 1), 1) == {"2020-01": [half, half, *[none] * 10]}


@slowly
@given(communities())
def test_cohorts_are_the_oracles(community: Community) -> None:
    events, policy, pivot = community
    for day in [pivot - timedelta(days=back) for back in BACK_DAYS]:
        known = Day(know(events, values_of(policy)), values_of(policy), day)
        ours = {
            f"{one.month:%Y-%m}": [Fraction(active, one.people) for active in one.active]
            for one in report(community, day).cohorts or ()
        }
        assert ours == activity.cohorts(known.days, day, policy.min_contributions), day


@slowly
@given(communities())
def test_the_bounds_of_the_elephant_factor_are_the_oracles(community: Community) -> None:
    events, policy, pivot = community
    for day in [pivot - timedelta(days=back) for back in BACK_DAYS]:
        found = report(community, day).elephant_factor_bounds
        known = Day(know(events, values_of(policy)), values_of(policy), day)
        assert (None if found is None else (found.together, found.apart)) == bounds(known), day


def bounds(day: Day) -> tuple[int, int] | None:
    """Where affiliation known is < 0.7, the report gives the bounds (all unknown ones together, all apart)."""
    people, affiliations = day.active, day.known.affiliations
    if not affiliations or len(people) < day.values.min_people:
        return None
    if activity.affiliation_known(people, affiliations, day.day) >= day.values.known_share:
        return None
    together, apart = (
        activity.organisation_volumes(day.days, people, affiliations, day.day, day.values, together=together)
        for together in (True, False)
    )
    return activity.absence_factor(together.values()), activity.absence_factor(apart.values())
