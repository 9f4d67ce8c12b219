"""Whoever and whatever is named behind a number about teams, communication or impact is what the number says."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from events.envelope import Event
from projections.evaluation.community import Community as Counted
from projections.evaluation.fold import community_of
from projections.explain.evidence import counts
from projections.metrics.drilldown import Drilldown
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import series
from reports.collaboration import Collaboration, collaboration
from tests.oracle.writing import event
from tests.support.drawn_communities import Community, communities_together
from tests.support.drilled import behind
from tests.support.working_together import DAY, back, held, paid, work
from tests.support.working_together import together as related

slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate])
DEFAULT = CommunityPolicy()


def opened(log: list[Event], family: str, day: date = DAY, **labels: str) -> Drilldown:
    community = community_of(log, DEFAULT, "valley")
    community.history(DAY)
    return behind(community.snapshot, family, labels, number_of(day))


def ids(found: Drilldown) -> list[str]:
    return [one.id for one in found.told]


@settings(slowly, max_examples=15)
@given(communities_together())
def test_as_many_people_are_named_as_the_number_says(community: Community) -> None:
    log, policy, pivot = community
    held_of = community_of(log, policy, "valley")
    history = held_of.history(pivot)
    for day in (pivot - timedelta(days=ago) for ago in (0, 1, 30, 90, 179)):
        for name, labels, value in ((one.name, one.labels, one.value) for one in history.on(day)):
            if name in {"tenfold_cross_team_contributors", "tenfold_work_share_people"}:
                found = behind(held_of.snapshot, name.removeprefix("tenfold_"), labels, number_of(day))
                assert len(found.identities) == value
        shown = collaboration(held_of.snapshot, history, day)
        alone = [one for one in shown.bridges if one.people == 1]
        single = history.value(series("bridges_single_person"), day)
        assert single != single or single == len(alone)  # noqa: PLR0124 - NaN alone is not itself
        lasting = [one for one in shown.relationships if one.state == "active"]
        active = history.value(series("relationships_active"), day)
        assert len(lasting) == (active if active == active else 0)  # noqa: PLR0124


def test_of_a_bridge_only_who_holds_it_alone_is_named() -> None:
    log = [work(who, team, 1) for who in (1, 2) for team in ("core", "docs")] + [work(2, "web", 1), work(3, "web", 1)]
    found = opened(log, "bridges_single_person")
    assert list(found.identities) == ["github:2"]
    community = Counted("valley", DEFAULT)
    assert counts(community.snapshot, found, "commit", "web")
    assert not counts(community.snapshot, found, "commit", None)
    assert not counts(community.snapshot, found, "bug_report", "web")


def test_of_a_share_of_work_those_of_its_basis_are_named_with_that_kind_of_work() -> None:
    log = [work(1, None, 1), work(2, None, 1), work(2, None, 1, "review"), paid(1, "paid")]
    paid_ones = opened(log, "work_share_ratio", kind="commit", basis="paid")
    assert list(paid_ones.identities) == ["github:1"]
    assert list(opened(log, "work_share_ratio", kind="review", basis="unknown").identities) == ["github:2"]
    assert list(opened(log, "work_share_people", kind="commit").identities) == ["github:1", "github:2"]
    assert not opened(log, "work_share_ratio", kind="gardening", basis="paid").identities
    assert not counts(Counted("valley", DEFAULT).snapshot, paid_ones, "review", None)


def test_behind_slots_are_the_engagements_in_them() -> None:
    log = [held("report", days) for days in (3, 179, 180)] + [held("festival", 5)]
    assert ids(opened(log, "engagement_slots_filled", kind="report")) == [log[1].id, log[0].id]
    assert ids(opened(log, "last_engagement_timestamp_seconds", kind="report")) == [log[0].id]
    assert ids(opened(log, "last_engagement_timestamp_seconds", back(4), kind="other")) == [log[3].id]
    assert ids(opened(log, "last_engagement_timestamp_seconds", back(6), kind="other")) == []


def test_behind_relationships_are_what_began_them_and_what_was_held_since() -> None:
    log = [related("established", 100), related("established", 400, "asleep"), related("established", 9, "over")]
    log += [related("ended", 8, "over"), held("meeting", 50, **{"with": "moss"}), held("meeting", 101)]
    assert ids(opened(log, "relationships_active")) == [log[0].id, log[4].id]


def shown(log: list[Event], policy: CommunityPolicy = DEFAULT, day: date = DAY) -> Collaboration:
    community = community_of(log, policy, "valley")
    history = community.history(DAY)
    return collaboration(community.snapshot, history, day)


def documented(days_back: int, **data: object) -> Event:
    named = {"practice": "recruiting_plan", "url": "https://example.org/plan"} | data
    return event("practice.documented", back(days_back), named, f"plan {days_back} {data}")


@pytest.mark.parametrize(
    ("days_back", "review_in", "stale"), [(365, None, False), (366, None, True), (9, -1, True), (9, 0, False)]
)
def test_a_practice_is_stale_after_a_year_or_past_its_review(
    days_back: int, review_in: int | None, stale: bool
) -> None:
    review_by = None if review_in is None else DAY + timedelta(days=review_in)
    (practice,) = shown([documented(days_back, review_by=review_by)]).practices
    assert (practice.age_days, practice.review_by, practice.is_stale) == (days_back, review_by, stale)


def test_what_a_plan_promises_stands_beside_what_happened() -> None:
    targets: Mapping[str, int] = {"newcomers_per_quarter": 4, "leaders_per_half_year": 2}
    log = [documented(9, targets=targets), work(1, None, 89), work(2, None, 90), work(3, None, 0, "bug_report")]
    (practice,) = shown(log).practices
    assert [(one.of, one.wanted, one.happened, one.days) for one in practice.targets] == [
        ("newcomers", 4, 2, 90),
        ("leaders", 2, None, 180),
    ]


def test_impact_stands_beside_a_year_before() -> None:
    """Two commits of Acme and two of somebody unknown now; a year before one of Acme alone."""
    log = [work(1, None, days) for days in (1, 2, 366)] + [work(2, None, 1), work(3, None, 2), paid(1, "paid")]
    policy = DEFAULT.model_copy(
        update={"collaboration": DEFAULT.collaboration.model_copy(update={"owner": "acme inc"})}
    )
    (kind,) = shown(log, policy).impact
    assert kind.now is not None
    assert kind.year_before is not None
    assert (kind.now.person_days, kind.now.people, kind.now.by_basis["paid"], kind.now.outside) == (4, 3, 0.5, 0.0)
    assert (kind.year_before.person_days, kind.year_before.by_basis["paid"]) == (1, 1.0)
    away = DEFAULT.model_copy(update={"collaboration": DEFAULT.collaboration.model_copy(update={"owner": "Initech"})})
    assert [one.now.outside for one in shown(log, away).impact if one.now] == [0.5]
    assert [one.now.outside for one in shown(log).impact if one.now] == [None]


def test_nothing_that_came_later_is_shown() -> None:
    log = [held("report", 3), related("established", 3), documented(3), work(1, "core", 3), work(1, "docs", 3)]
    log.append(event("impact.noted", back(3), {"title": "It helped", "url": "https://example.org"}, "story"))
    before = shown([*log, work(9, None, 40)], day=back(4))
    said = (before.bridges, before.relationships, before.engagements, before.practices, before.stories)
    assert not any(said)
    after = shown(log, day=back(3))
    assert [len(part) for part in (after.bridges, after.relationships, after.engagements, after.stories)] == [
        1,
        1,
        1,
        1,
    ]
