"""Questions about a number, as people type them."""

from datetime import date

import numpy as np
import pytest

from infra.questions import completed, is_about_leadership, whole_name
from projections.history import History, series
from projections.policy import CommunityPolicy

DAY = date(2026, 8, 22)
HISTORY = History(
    DAY,
    {
        series("leadership_verdict", verdict="steady"): np.array([1.0]),
        series("leadership_verdict", verdict="spreading"): np.array([0.0]),
        series("effective_leaders", seats="nominal"): np.array([6.1]),
        series("effective_leaders", seats="active"): np.array([5.1]),
        series("new_leaders"): np.array([2.0]),
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
    ],
)
def test_labels_left_out_are_those_that_a_report_speaks_of(
    family: str, given: dict[str, str], whole: dict[str, str]
) -> None:
    policy = CommunityPolicy(judge_by="active")
    assert completed(HISTORY, f"tenfold_{family}", given, DAY, policy) == whole


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
