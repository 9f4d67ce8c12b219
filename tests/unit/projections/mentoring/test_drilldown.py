"""Whoever is named behind a number of mentoring is as many as the number says, with the events that say so."""

from datetime import date, timedelta
from math import isnan

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.evaluation.community import Community
from projections.evaluation.fold import community_of
from projections.metrics.drilldown import Drilldown
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import History, series
from tests.oracle.writing import COMMUNITY, contribution, event, granted
from tests.support.drawn_communities import Community as Drawn
from tests.support.drawn_communities import mentored_communities
from tests.support.drilled import behind


@settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=20)
@given(mentored_communities(), st.sampled_from((-90, 0, 30, 121)))
def test_as_many_people_as_the_number_says(drawn: Drawn, back: int) -> None:
    log, policy, pivot = drawn
    community, day = community_of(log, policy, COMMUNITY), pivot - timedelta(days=back)
    history = community.history(pivot + timedelta(days=90))

    def people(family: str, **labels: str) -> int:
        found = behind(community.snapshot, family, labels, number_of(day))
        assert all(found.identities.values())
        return len(found.identities)

    for family in ("mentors_active", "core_by_role_recruited", "core_by_role_recruited_mentored"):
        assert people(family) == number(history, day, family), family
    newcomers = history.value(series("newcomers", window_days=90), day)
    if policy.mentoring.newcomer_days == 90 and newcomers:
        reached = number(history, day, "mentoring_coverage_ratio") * (0 if isnan(newcomers) else newcomers)
        assert people("mentoring_coverage_ratio") == pytest.approx(reached)
    for mentored in ("yes", "no"):
        came = number(history, day, "newcomer_retention_people", mentored=mentored)
        share = history.value(series("newcomer_retention_ratio", mentored=mentored), day)
        if not isnan(history.value(series("mentorships_active"), day)):
            assert people("newcomer_retention_people", mentored=mentored) == came
        if not isnan(share):
            assert people("newcomer_retention_ratio", mentored=mentored) == pytest.approx(share * came)


def number(history: History, day: date, family: str, **labels: str) -> float:
    """The value of a family; 0 where it is absent, since nobody is behind it then."""
    value = history.value(series(family, **labels), day)
    return 0 if isnan(value) else value


ADA, BO, CY, DI = "github:1", "github:2", "github:3", "github:4"


@pytest.fixture(scope="module")
def community() -> Community:
    """Ada mentors Bo and Cy, Di mentors Cy; Bo takes a seat."""
    log = [contribution(BO, "2020-01-01"), granted(BO, "core", "2020-02-01", "member")]
    for day, mentor, mentee in (("2020-01-10", ADA, BO), ("2020-01-11", ADA, CY), ("2020-01-12", DI, CY)):
        log.append(event("mentoring.met", day, {"mentor": mentor}, f"{mentor} {mentee}", subject=mentee))
    community = community_of(log, CommunityPolicy(), COMMUNITY)
    community.history(date(2020, 12, 31))
    return community


def asked(community: Community, family: str, day: str) -> Drilldown:
    return behind(community.snapshot, family, {}, number_of(date.fromisoformat(day)))


def told(found: Drilldown) -> dict[str, list[str]]:
    """The ids of everybody's events."""
    return {person: [fact.id for fact in facts] for person, facts in found.facts.items()}


def test_mentors_and_mentees_stand_behind_mentorships_with_what_happened(community: Community) -> None:
    both, one, other = f"{ADA} {BO}", f"{ADA} {CY}", f"{DI} {CY}"
    assert told(asked(community, "mentorships_active", "2020-01-20")) == {
        ADA: [both, one],
        BO: [both],
        CY: [one, other],
        DI: [other],
    }
    assert told(asked(community, "mentors_active", "2020-01-20")) == {ADA: [both, one], DI: [other]}
    assert told(asked(community, "mentor_load_max", "2020-01-20")) == {ADA: [both, one]}
    assert told(asked(community, "mentors_active", "2020-01-10")) == {ADA: [both]}


def test_who_never_contributed_stands_for_themselves(community: Community) -> None:
    assert asked(community, "mentors_active", "2020-01-20").identities == {ADA: [ADA], DI: [DI]}


def test_a_recruit_comes_with_the_seat_and_the_mentoring_before_it(community: Community) -> None:
    for family in ("core_by_role_recruited", "core_by_role_recruited_mentored"):
        found = asked(community, family, "2020-02-01")
        assert told(found) == {BO: [f"{ADA} {BO}"]}
        assert (found.seats[BO].scope, found.seats[BO].role) == ("core", "member")


def test_contributions_count_for_newcomers_and_not_for_mentors(community: Community) -> None:
    found = asked(community, "mentoring_coverage_ratio", "2020-01-20")
    assert list(found.identities) == [BO]
    assert found.last_day - found.first_day == 89
    found = asked(community, "mentors_active", "2020-01-20")
    assert found.first_day > found.last_day
