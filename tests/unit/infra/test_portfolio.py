"""All communities side by side: two verdicts, the numbers beside them, by name."""

from datetime import date, timedelta

import numpy as np

from infra.portfolio import Line, line, text
from infra.server.disclosure import everything, public
from infra.summary import Verdict
from projections.history import History, series
from projections.policy import CommunityPolicy

DAY = date(2026, 8, 22)
GROWING = Verdict("growing", "Growing", "+18 % on a year ago (8 to 29 %)")
NUMBERS = {
    series("active_contributors", window_days=90): 46.0,
    series("growth_change_ratio"): 0.18,
    series("milestone", milestone="synergy", state="met"): 1.0,
    series("milestone", milestone="synergy", state="not_met"): 0.0,
    series("milestone", milestone="communication", state="not_met"): 1.0,
    series("milestone", milestone="communication", state="met"): 0.0,
    series("milestone", milestone="core_mentored", state="unknown"): 1.0,
    series("condition", condition="shrinking"): 0.0,
    series("condition", condition="report_overdue"): 1.0,
    series("condition", condition="no_new_leader"): 1.0,
}
HISTORY = History(DAY, {key: np.array([value]) for key, value in NUMBERS.items()})


def stands(name: str, history: History = HISTORY) -> Line:
    return line(name, everything(history), DAY, CommunityPolicy(), (GROWING, None, "Data reaches 22 Aug 2026."))


def test_a_line_says_how_a_community_stands() -> None:
    found = stands("moss")
    assert found.cells == ["46", "+18 %", "", "1 of 3"]
    assert found.conditions == ["no_new_leader", "report_overdue"]
    assert found.as_json() == {
        "community": "moss",
        "as_of": DAY,
        "verdict": "growing",
        "sentence": "Growing: +18 % on a year ago (8 to 29 %)",
        "active_contributors": 46.0,
        "growth_change_ratio": 0.18,
        "milestones_met": 1,
        "milestones": 3,
        "conditions": ["no_new_leader", "report_overdue"],
    }


def test_the_public_sees_no_small_number_in_it() -> None:
    few = {**HISTORY.series, series("active_contributors", window_days=90): np.array([3.0])}
    seen = public(History(DAY, few), 90)
    assert line("moss", seen, DAY, CommunityPolicy(), (GROWING, None, "")).cells == ["<5", "", "", "1 of 3"]


def test_where_nothing_is_known_nothing_is_said() -> None:
    unknown = Verdict("unknown", "Unknown", "there is no whole week of contributions yet")
    empty = History(DAY - timedelta(days=1), {})
    found = line("moss", everything(empty), DAY, CommunityPolicy(), (unknown, None, ""))
    assert found.cells == ["", "", "", ""]


def test_communities_stand_by_name_whatever_their_numbers_and_fit_a_screen() -> None:
    fewer = History(DAY, {**HISTORY.series, series("active_contributors", window_days=90): np.array([1204.0])})
    words = text([stands("moss"), stands("fern", fewer), stands("a-name-of-eighteen")])
    assert [row.split()[0] for row in words.splitlines() if "Growing" in row] == ["a-name-of-eighteen", "fern", "moss"]
    assert max(map(len, words.splitlines())) <= 80
    assert "    look at: No new leader, A report is overdue" in words
