"""What everybody sees of bridges, practices and impact: no number from which one person could be told."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pytest

from projections.disclosure.view import Disclosure, public
from projections.people.index import BASES
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, Series, Values, series
from reports.collaboration import Bridge, Collaboration, Kind, Work
from reports.communication import EngagementShown, PracticeShown, StoryShown, Target
from reports.published_collaboration import published_collaboration

DAY = date(2026, 5, 1)
YEAR = 365
CROSS = series("cross_team_contributors")


def seen_on(numbers: Mapping[Series, float | Values]) -> Disclosure:
    """A history of a year and a day, of the same numbers on each where they are no series."""
    return public(
        History(DAY - timedelta(YEAR), {key: np.full(YEAR + 1, of) for key, of in numbers.items()}), CommunityPolicy()
    )


def told_of(found: Collaboration, numbers: Mapping[Series, float | Values] | None = None) -> Collaboration:
    return published_collaboration(found, seen_on(numbers or {}), DAY, CommunityPolicy())


def work(people: int) -> Work:
    return Work({"paid": 1.0}, 7 * people, people)


def done(kind: str, year_before: float, now: float) -> dict[Series, Values]:
    """Who did work of a kind, all of them paid, on the first day and since."""
    people = np.array([year_before, *[now] * YEAR])
    shares = {series("work_share_ratio", kind=kind, basis=basis): np.where(people > 0, 0.25, np.nan) for basis in BASES}
    made = {
        series("active_contributors", window_days=90): np.full(YEAR + 1, 60.0),
        series("weekly_contributors"): np.full(YEAR + 1, 30.0),
        series("contributions", window_days=90): np.full(YEAR + 1, 900.0),
    }
    return {series("work_share_people", kind=kind): people, **shares, **made}


def bridge(people: int, one: str = "core", other: str = "docs") -> Bridge:
    return Bridge((one, other), people)


@pytest.mark.parametrize(("people", "told"), [(1, "<5"), (4, "<5"), (5, 5), (9, 9)])
def test_few_people_of_a_bridge_are_not_counted(people: int, told: int | str) -> None:
    assert told_of(Collaboration(bridges=[bridge(people)])).bridges == [Bridge(("core", "docs"), told)]


@pytest.mark.parametrize(
    ("people", "across", "told"),
    [
        ((9, 3), 12, [None, "<5"]),
        ((5, 3), 8, [None, None]),
        ((9, 3), 3, [9, "<5"]),
        ((6, 7), 13, [6, 7]),
        ((12, 13), 22, [None, 13]),
    ],
)
def test_a_few_people_of_a_bridge_do_not_follow_from_all_who_work_across_teams(
    people: tuple[int, int], across: float, told: list[int | str | None]
) -> None:
    found = Collaboration(bridges=[bridge(people[0]), bridge(people[1], "docs", "web")])
    active = {series("active_contributors", window_days=90): 60.0}
    assert [one.people for one in told_of(found, active | {CROSS: across}).bridges] == told


@pytest.mark.parametrize(("in_the_team", "told"), [(9, 9), (10, None), (13, None), (14, 9)])
def test_of_a_team_few_who_work_in_it_alone_do_not_follow_from_a_bridge(in_the_team: float, told: int | None) -> None:
    active = {series("active_contributors", window_days=90): 60.0}
    team = {series("team_active_contributors", team="docs", window_days=90): in_the_team}
    [found] = told_of(Collaboration(bridges=[bridge(9)]), active | team).bridges
    assert found.people == told


@pytest.mark.parametrize(("people", "told"), [(0, 0), (1, "<5"), (4, "<5"), (5, 5)])
def test_few_newcomers_are_not_counted_and_leaders_are(people: int, told: int | str) -> None:
    targets = [Target("newcomers", 9, people, 90), Target("leaders", 2, 1, 180), Target("leaders", 2, None, 180)]
    plan = PracticeShown("recruiting_plan", "https://example.org/plan", DAY, 0, targets=targets)
    [seen] = told_of(Collaboration(practices=[plan])).practices
    assert [one.happened for one in seen.targets] == [told, 1, None]


def test_work_of_a_kind_is_shown_where_ten_did_it() -> None:
    kinds = [Kind("commit", work(10), work(9)), Kind("design", work(9)), Kind("review", None, work(10))]
    counted = done("commit", 9, 10) | done("design", 0, 9) | done("review", 10, 0)
    assert told_of(Collaboration(impact=kinds), counted).impact == [
        Kind("commit", work(10)),
        Kind("review", None, work(10)),
    ]


def test_how_many_did_work_of_a_kind_is_left_out_where_it_says_how_few_did_not() -> None:
    numbers = done("commit", 18, 18) | {series("active_contributors", window_days=90): np.full(YEAR + 1, 20.0)}
    [found] = told_of(Collaboration(impact=[Kind("commit", work(18))]), numbers).impact
    assert found == Kind("commit", Work({"paid": 1.0}, 126))


def test_work_of_a_kind_is_told_in_whole_per_cents_and_how_much_not_of_days_on_which_few_worked() -> None:
    whole = Collaboration(impact=[Kind("commit", Work({"paid": 0.12345}, 70, 10, 0.54321))])
    [found] = told_of(whole, done("commit", 10, 10)).impact
    assert found.now == Work({"paid": 0.12}, 70, 10, 0.54)
    alone = np.where(np.arange(YEAR + 1) == YEAR - 30, 1.0, 20.0)
    lately = done("commit", 10, 10) | {series("active_contributors", window_days=90): alone}
    [found] = told_of(whole, lately).impact
    assert found.now == Work({"paid": 0.12}, None, 10, 0.54)


def test_what_the_community_told_of_itself_is_told() -> None:
    whole = Collaboration(engagements=[EngagementShown("report", DAY)], stories=[StoryShown("A", "https://x.org", DAY)])
    found = told_of(whole)
    assert (found.engagements, found.stories) == (whole.engagements, whole.stories)
