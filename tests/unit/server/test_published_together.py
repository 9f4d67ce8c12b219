"""What everybody sees of bridges, practices and impact: no number from which one person could be told."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pytest

from infra.server.state import JsonObject
from projections.disclosure.view import Disclosure, public
from projections.people.index import BASES
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, Series, Values, series
from reports.published_collaboration import published_together

DAY = date(2026, 5, 1)
YEAR = 365
CROSS = series("cross_team_contributors")


def seen_on(numbers: Mapping[Series, float | Values]) -> Disclosure:
    """A history of a year and a day, of the same numbers on each where they are no series."""
    return public(
        History(DAY - timedelta(YEAR), {key: np.full(YEAR + 1, of) for key, of in numbers.items()}), CommunityPolicy()
    )


def told_of(report: JsonObject, numbers: Mapping[Series, float | Values] | None = None) -> JsonObject:
    return published_together(report, seen_on(numbers or {}), DAY, CommunityPolicy())


def work(people: int) -> JsonObject:
    return {"person_days": 7 * people, "people": people, "by_basis": {"paid": 1.0}}


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


def bridge(people: int, *teams: str) -> JsonObject:
    return {"teams": list(teams or ("core", "docs")), "people": people}


@pytest.mark.parametrize(("people", "told"), [(1, "<5"), (4, "<5"), (5, 5), (9, 9)])
def test_few_people_of_a_bridge_are_not_counted(people: int, told: int | str) -> None:
    assert told_of({"bridges": [bridge(people)]}) == {"bridges": [{"teams": ["core", "docs"], "people": told}]}


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
    report = {"bridges": [bridge(people[0]), bridge(people[1], "docs", "web")]}
    active = {series("active_contributors", window_days=90): 60.0}
    found = told_of(report, active | {CROSS: across})["bridges"]
    assert [one.get("people") for one in found] == told


@pytest.mark.parametrize(("in_the_team", "told"), [(9, 9), (10, None), (13, None), (14, 9)])
def test_of_a_team_few_who_work_in_it_alone_do_not_follow_from_a_bridge(in_the_team: float, told: int | None) -> None:
    active = {series("active_contributors", window_days=90): 60.0}
    team = {series("team_active_contributors", team="docs", window_days=90): in_the_team}
    [found] = told_of({"bridges": [bridge(9)]}, active | team)["bridges"]
    assert found.get("people") == told


@pytest.mark.parametrize(("people", "told"), [(0, 0), (1, "<5"), (4, "<5"), (5, 5)])
def test_few_newcomers_are_not_counted_and_leaders_are(people: int, told: int | str) -> None:
    targets = [
        {"of": "newcomers", "wanted": 9, "happened": people, "days": 90},
        {"of": "leaders", "wanted": 2, "happened": 1, "days": 180},
        {"of": "leaders", "wanted": 2, "days": 180},
    ]
    seen = told_of({"practices": [{"practice": "recruiting_plan", "targets": targets}]})
    assert [one.get("happened") for one in seen["practices"][0]["targets"]] == [told, 1, None]


def test_work_of_a_kind_is_shown_where_ten_did_it() -> None:
    kinds = [
        {"kind": "commit", "now": work(10), "year_before": work(9)},
        {"kind": "design", "now": work(9)},
        {"kind": "review", "year_before": work(10)},
    ]
    counted = done("commit", 9, 10) | done("design", 0, 9) | done("review", 10, 0)
    assert told_of({"impact": kinds}, counted)["impact"] == [
        {"kind": "commit", "now": work(10)},
        {"kind": "review", "year_before": work(10)},
    ]


def test_how_many_did_work_of_a_kind_is_left_out_where_it_says_how_few_did_not() -> None:
    numbers = done("commit", 18, 18) | {series("active_contributors", window_days=90): np.full(YEAR + 1, 20.0)}
    [found] = told_of({"impact": [{"kind": "commit", "now": work(18)}]}, numbers)["impact"]
    assert found == {"kind": "commit", "now": {"person_days": 126, "by_basis": {"paid": 1.0}}}


def test_work_of_a_kind_is_told_in_whole_per_cents_and_how_much_not_of_days_on_which_few_worked() -> None:
    kinds = [{"kind": "commit", "now": work(10) | {"by_basis": {"paid": 0.12345}, "outside": 0.54321}}]
    [found] = told_of({"impact": kinds}, done("commit", 10, 10))["impact"]
    assert found["now"] == work(10) | {"by_basis": {"paid": 0.12}, "outside": 0.54}
    alone = np.where(np.arange(YEAR + 1) == YEAR - 30, 1.0, 20.0)
    lately = done("commit", 10, 10) | {series("active_contributors", window_days=90): alone}
    [found] = told_of({"impact": kinds}, lately)["impact"]
    assert found["now"] == {"people": 10, "by_basis": {"paid": 0.12}, "outside": 0.54}


def test_what_the_community_told_of_itself_is_told_and_all_else_is_not() -> None:
    report = {"engagements": [{"kind": "report"}], "stories": [], "relationships": [], "cohorts": [1]}
    assert told_of(report) == {"engagements": [{"kind": "report"}], "stories": [], "relationships": []}
