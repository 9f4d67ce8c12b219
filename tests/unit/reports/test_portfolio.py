"""All communities side by side: two verdicts, the numbers beside them, by name."""

import re
from datetime import date, timedelta

import numpy as np

from infra.commands.report import Told, as_page
from infra.server.assets import Assets
from infra.server.pages import Pages
from projections.evaluation.community import Community
from projections.evaluation.fold import change_of
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, series
from reports.headline import Headline, Verdict
from reports.portfolio import Line, line, text
from tests.oracle.writing import contribution
from tests.support.reporting import inputs

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
    return line(inputs(history, DAY, community=name), Headline(GROWING))


def test_a_line_says_how_a_community_stands() -> None:
    found = stands("moss")
    assert found.cells == ["46", "+18 %", "", "1 of 3"]
    assert found.conditions == ["no_new_leader", "report_overdue"]
    assert found.as_json() == {
        "community": "moss",
        "as_of": str(DAY),
        "verdict": "growing",
        "sentence": "Growing: +18 % on a year ago (8 to 29 %)",
        "active_contributors": 46.0,
        "growth_change_ratio": 0.18,
        "milestones_met": 1,
        "milestones": 3,
        "conditions": ["no_new_leader", "report_overdue"],
        "reach": "No event yet.",
    }


def test_the_public_sees_no_small_number_in_it() -> None:
    few = {**HISTORY.series, series("active_contributors", window_days=90): np.array([3.0])}
    found = line(inputs(History(DAY, few), DAY, by_public=True), Headline(GROWING))
    assert found.cells == ["<5", "", "", "1 of 3"]


def test_where_nothing_is_known_nothing_is_said() -> None:
    found = line(inputs(History(DAY - timedelta(days=1), {}), DAY))
    assert found.sentence == "Unknown: there is no whole week of contributions yet"
    assert found.cells == ["", "", "", ""]


def test_communities_stand_by_name_whatever_their_numbers_and_fit_a_screen() -> None:
    fewer = History(DAY, {**HISTORY.series, series("active_contributors", window_days=90): np.array([1204.0])})
    words = text([stands("moss"), stands("fern", fewer), stands("a-name-of-eighteen")])
    assert [row.split()[0] for row in words.splitlines() if "Growing" in row] == ["a-name-of-eighteen", "fern", "moss"]
    assert max(map(len, words.splitlines())) <= 80
    assert "    look at: No new leader, A report is overdue" in words


def test_all_of_them_are_a_file_that_needs_nothing_else() -> None:
    page = Pages(Assets()).saved_communities([stands("moss"), stands("fern")], "")
    assert page.index("fern") < page.index("moss")
    assert "Growing" in page
    assert "Look at fern" in page
    assert not re.search(r'<link|<script|src=|href="/communities|http-equiv', page)
    assert "<style>" in page
    assert "No event yet" in Pages(Assets()).saved_communities([], "No event yet.")


def reported(name: str) -> Told:
    community = Community(name, CommunityPolicy())
    community.apply(change_of([contribution("github:1", str(DAY), community=name)]))
    return Told(inputs(community.history(DAY), DAY, community.snapshot), DAY)


def test_a_report_of_no_one_community_is_a_page_of_all() -> None:
    page = as_page([reported("moss"), reported("fern")])
    assert "<caption>2 communities</caption>" in page
    assert "No event yet" in as_page([])
