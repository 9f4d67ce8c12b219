"""Questions about a number, as people type them."""

from datetime import date

import numpy as np
import pytest

from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, series
from reports.number_query import AmbiguousError, completed, is_about_leadership, whole_name

DAY = date(2026, 8, 22)
HISTORY = History(
    DAY,
    {
        series("leadership_verdict", verdict="steady"): np.array([1.0]),
        series("leadership_verdict", verdict="spreading"): np.array([0.0]),
        series("effective_leaders", seats="nominal"): np.array([6.1]),
        series("effective_leaders", seats="active"): np.array([5.1]),
        series("new_leaders"): np.array([2.0]),
        series("newcomers", window_days=30): np.array([2.0]),
        series("newcomers", window_days=90): np.array([3.0]),
        series("team_active_contributors", team="docs", window_days=30): np.array([2.0]),
        series("team_active_contributors", team="tools", window_days=30): np.array([np.nan]),
        series("team_active_contributors", team="docs", window_days=90): np.array([2.0]),
        series("team_active_contributors", team="the tools", window_days=90): np.array([2.0]),
        series("milestone", milestone="synergy", state="met"): np.array([1.0]),
        series("milestone", milestone="synergy", state="not_met"): np.array([0.0]),
        series("milestone", milestone="communication", state="met"): np.array([0.0]),
        series("milestone", milestone="communication", state="not_met"): np.array([1.0]),
    },
)


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        ("effective_leaders", "tenfold_effective_leaders"),
        ("tenfold_effective_leaders", "tenfold_effective_leaders"),
        ("Strength ratio", "tenfold_leadership_strength_ratio"),
        ("median TENURE", "tenfold_leader_tenure_median_seconds"),
        ("no such", "tenfold_no such"),
    ],
)
def test_a_family_is_found_by_name_and_by_title(typed: str, family: str) -> None:
    assert whole_name(typed) == family


@pytest.mark.parametrize(
    ("family", "given", "whole"),
    [
        ("effective_leaders", {}, {"seats": "active"}),
        ("effective_leaders", {"seats": "nominal"}, {"seats": "nominal"}),
        ("leadership_verdict", {}, {"verdict": "steady"}),
        ("leadership_verdict", {"verdict": "spreading"}, {"verdict": "spreading"}),
        ("new_leaders", {}, {}),
        ("newcomers", {}, {"window_days": "90"}),
        ("newcomers", {"window_days": "30"}, {"window_days": "30"}),
        ("milestone", {"milestone": "synergy"}, {"milestone": "synergy", "state": "met"}),
        ("team_active_contributors", {"window_days": "30"}, {"team": "docs", "window_days": "30"}),
        ("never_heard_of", {"team": "docs"}, {"team": "docs"}),
    ],
)
def test_labels_left_out_are_those_that_a_report_speaks_of(
    family: str, given: dict[str, str], whole: dict[str, str]
) -> None:
    policy = CommunityPolicy(judge_by="active")
    assert completed(HISTORY, f"tenfold_{family}", given, DAY, policy) == whole


@pytest.mark.parametrize(
    ("family", "choices"),
    [
        ("team_active_contributors", "--label team=docs; --label team='the tools'"),
        (
            "milestone",
            "--label milestone=communication --label state=not_met; --label milestone=synergy --label state=met",
        ),
    ],
)
def test_who_asks_for_one_of_several_numbers_is_told_the_choices(family: str, choices: str) -> None:
    with pytest.raises(AmbiguousError) as told:
        completed(HISTORY, f"tenfold_{family}", {}, DAY, CommunityPolicy())
    assert str(told.value) == f"{family} is several numbers; say which: {choices}"


@pytest.mark.parametrize(
    ("metric", "labels", "about"),
    [
        ("tenfold_new_leaders", {}, True),
        ("tenfold_departure_exposure_ratio", {"of": "scopes"}, True),
        ("tenfold_departure_exposure_ratio", {"of": "volume"}, False),
        ("tenfold_newcomers", {}, False),
    ],
)
def test_what_is_about_leadership(metric: str, labels: dict[str, str], about: bool) -> None:
    assert is_about_leadership(metric, labels) == about
