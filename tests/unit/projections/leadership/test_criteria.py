"""People meeting criteria of a role: worked numbers of the oracle and of ours, and who is behind them."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from events.envelope import Event
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy, Policy, PolicyError
from projections.policy.thresholds import Criteria
from projections.timeline.days import number_of
from projections.timeline.history import series
from tests.oracle.writing import COMMUNITY, contribution, declared, event, granted, linked, revoked
from tests.support.against_oracle import by_oracle, by_us
from tests.support.drawn_communities import Community as Drawn
from tests.support.drawn_communities import led_communities
from tests.support.drilled import because, behind

Owners = Callable[[list[Event], CommunityPolicy, date], float | None]
DAY = date(2020, 6, 30)
OWNER = ("tenfold_people_meeting_criteria", frozenset({("role", "owner")}))
RECORDED = declared("core", "2020-01-01")


@pytest.fixture(params=[by_oracle, by_us], ids=["oracle", "ours"])
def owners(request: pytest.FixtureRequest) -> Owners:
    """Ask the oracle, and us, how many could be owners; None where that is absent."""
    return lambda events, policy, day: request.param(events, policy, day).get(OWNER)


def policy(**asked: object) -> CommunityPolicy:
    return CommunityPolicy(criteria={"owner": Criteria.model_validate(asked)})


def people(days: int, count: int, kind: str = "commit", first: int = 0) -> list[Event]:
    """So many people with a contribution on each of the first days of March."""
    return [
        contribution(f"github:{who}", f"2020-03-{day:02}", kind)
        for who in range(first, first + count)
        for day in range(1, days + 1)
    ]


def test_days_of_active_work_are_counted_once_a_day_and_over_all_of_history(owners: Owners) -> None:
    log = [RECORDED, *people(3, 6), *people(9, 4, "tea", first=20), contribution("github:0", "2020-03-01", id_="again")]
    assert owners(log, policy(days=3), DAY) == 6
    assert owners(log, policy(days=3), date(2020, 3, 3)) == 6
    assert owners(log, policy(days=3), date(2020, 3, 2)) is None
    assert owners(log, policy(days=4), DAY) is None


def test_all_that_is_asked_must_be_met(owners: Owners) -> None:
    log = [RECORDED, *people(2, 7), *people(1, 6, "review"), *people(1, 8, "release")]
    asked = policy(kinds={"commit": 2, "release": 1}, reviews=1)
    assert owners(log, asked, DAY) == 6


def met(day: str, mentor: int, mentee: int) -> Event:
    data = {"mentor": f"github:{mentor}"}
    return event("mentoring.met", day, data, f"{mentor} {mentee}", subject=f"github:{mentee}")


@pytest.mark.parametrize(("count", "told"), [(0, None), (1, None), (4, None), (5, 5), (9, 9)])
def test_fewer_than_five_are_not_told(owners: Owners, count: int, told: int | None) -> None:
    assert owners([RECORDED, *people(1, count)], policy(days=1), DAY) == told


def test_who_holds_the_role_in_any_scope_is_left_out_while_they_do(owners: Owners) -> None:
    log = [*people(1, 7), granted("github:0", "core", "2020-04-01"), granted("github:1", "docs", "2020-01-01", "peer")]
    log += [granted("github:0", "docs", "2020-04-10"), revoked("github:0", "core", "2020-05-01")]
    numbers = [owners(log, policy(days=1), date(2020, *day)) for day in ((3, 31), (4, 1), (5, 1))]
    assert numbers == [7, 6, 6]
    assert owners([*log, revoked("github:0", "docs", "2020-05-02")], policy(days=1), DAY) == 7


def test_who_opted_out_was_never_counted_and_bots_are_not(owners: Owners) -> None:
    out = [
        event("person.opted_out", "2020-06-01", {"purpose": purpose}, purpose, subject=who)
        for who, purpose in (("github:0", "leadership"), ("github:1", "newsletter"))
    ]
    log = [RECORDED, *people(1, 7), contribution("github-login:x-bot", "2020-03-01")]
    assert owners([*log, *out], policy(days=1), date(2020, 3, 5)) == 6
    merged = linked("github:0", "github:1", "2020-06-02")
    assert owners([*log, *out, merged], policy(days=1), DAY) == 5


def test_those_mentored_and_those_who_mentored_are_counted_apart_and_once(owners: Owners) -> None:
    pairs = [(who, mentee) for who in range(5) for mentee in (10, 11)] + [(0, 0), (0, 10), (5, 10)]
    log = [RECORDED, *(met(f"2020-03-{at + 1:02}", *pair) for at, pair in enumerate(pairs))]
    assert owners(log, policy(mentees=2), DAY) == 5
    assert owners(log, policy(mentees=2), date(2020, 3, 9)) is None
    assert owners(log, policy(sponsors=2), DAY) is None, "two people are"
    assert owners(log, policy(mentees=2, days=1), DAY) is None, "who only mentored has no day"
    assert owners([*log, *people(1, 5)], policy(mentees=2, days=1), DAY) == 5


def test_nothing_is_told_without_a_ladder_or_before_roles_were_recorded(owners: Owners) -> None:
    assert owners([RECORDED, *people(1, 9)], CommunityPolicy(), DAY) is None
    assert owners(people(1, 9), policy(days=1), DAY) is None
    assert owners([*people(1, 9), declared("core", "2020-05-01")], policy(days=1), date(2020, 4, 30)) is None


def test_criteria_that_ask_for_nothing_are_refused() -> None:
    with pytest.raises(ValidationError, match="must ask for something"):
        Criteria()
    with pytest.raises(PolicyError, match=r"policy: communities\.moss\.criteria\.owner: criteria must ask"):
        Policy.load("[communities.moss.criteria.owner]\ndays = 0\n")


@settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=25)
@given(led_communities())
def test_behind_the_number_are_as_many_people_as_it_says(drawn: Drawn) -> None:
    log, chosen, pivot = drawn
    community = community_of(log, chosen, COMMUNITY)
    history = community.history(pivot)
    for role in chosen.criteria:
        value = history.value(series("people_meeting_criteria", role=role), pivot)
        found = behind(community.snapshot, "people_meeting_criteria", {"role": role}, number_of(pivot))
        assert len(found.identities) == (value if value == value else 0)  # noqa: PLR0124 - NaN alone is not itself


def test_the_ladder_is_said_beside_the_number() -> None:
    asked = policy(kinds={"release": 2}, days=20, reviews=10, mentees=1, sponsors=1)
    community = community_of([RECORDED], asked, COMMUNITY)
    found = because(community.snapshot, community.history(DAY), "people_meeting_criteria", {"role": "owner"}, DAY)
    assert found == (
        "the policy asks of whoever could be owner, over all time: 20 or more days with active work, "
        "2 or more contributions of kind release, 10 or more contributions of kind review, "
        "1 or more people mentored, 1 or more people who mentored them"
    )
