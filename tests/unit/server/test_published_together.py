"""What everybody sees of bridges, practices and impact: no number from which one person could be told."""

import pytest

from infra.server.published_together import published_together
from infra.server.state import JsonObject


def work(people: int) -> JsonObject:
    return {"person_days": 7 * people, "people": people, "by_basis": {"paid": 1.0}}


@pytest.mark.parametrize(("people", "told"), [(1, "<5"), (4, "<5"), (5, 5), (9, 9)])
def test_few_people_of_a_bridge_are_not_counted(people: int, told: int | str) -> None:
    report = {"bridges": [{"teams": ["core", "docs"], "people": people}]}
    assert published_together(report) == {"bridges": [{"teams": ["core", "docs"], "people": told}]}


@pytest.mark.parametrize(("people", "told"), [(0, 0), (1, "<5"), (4, "<5"), (5, 5)])
def test_few_newcomers_are_not_counted_and_leaders_are(people: int, told: int | str) -> None:
    targets = [
        {"of": "newcomers", "wanted": 9, "happened": people, "days": 90},
        {"of": "leaders", "wanted": 2, "happened": 1, "days": 180},
        {"of": "leaders", "wanted": 2, "days": 180},
    ]
    seen = published_together({"practices": [{"practice": "recruiting_plan", "targets": targets}]})
    assert [one.get("happened") for one in seen["practices"][0]["targets"]] == [told, 1, None]


def test_work_of_a_kind_is_shown_where_ten_did_it() -> None:
    kinds = [
        {"kind": "commit", "now": work(10), "year_before": work(9)},
        {"kind": "design", "now": work(9)},
        {"kind": "review", "year_before": work(10)},
    ]
    assert published_together({"impact": kinds})["impact"] == [
        {"kind": "commit", "now": work(10)},
        {"kind": "review", "year_before": work(10)},
    ]


def test_what_the_community_told_of_itself_is_told_and_all_else_is_not() -> None:
    report = {"engagements": [{"kind": "report"}], "stories": [], "relationships": [], "cohorts": [1]}
    assert published_together(report) == {"engagements": [{"kind": "report"}], "stories": [], "relationships": []}
