"""The contribution pathway in words."""

from datetime import date, timedelta

from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History
from reports.format.labels import format_labels
from reports.pathway import conversion_reason, steps_on
from reports.text import pathway as pathway_text
from tests.oracle.writing import contribution
from tests.support.reporting import report

DAY = date(2026, 5, 10)
CAME_AGAIN = {"2025-01-01": 8, "2025-04-01": 8, "2025-07-01": 7, "2025-10-01": 8, "2026-01-01": 1}


def falling() -> History:
    """Twenty-five who arrive in each quarter, of whom in the last almost nobody comes again.

    Active within a year of May 2026 are those of the last three: 75, of whom 7 + 8 + 1 came a second day.
    """
    log = []
    for quarter, again in CAME_AGAIN.items():
        first = date.fromisoformat(quarter)
        log += [contribution(f"github:{quarter}-{who}", first) for who in range(25)]
        log += [contribution(f"github:{quarter}-{who}", first + timedelta(days=9)) for who in range(again)]
    return fold(log, CommunityPolicy(), DAY)


def test_the_report_says_how_many_came_how_far_and_how_many_went_on() -> None:
    (found,) = pathway_text.pathway_sections(steps_on(falling(), DAY))
    assert found == [
        "Contribution pathway                  people        went on  in quarter    days",
        "  arrived                                 59        1 of 25     Q1 2026     9.0",
        "  second day                              16",
        "  sustained                                0",
        "  core                                     0",
        "  Gap after arrived: of 25 people who arrived in Q1 2026, 1 came a second day",
        "  within 30 days; the year before it was 31 %.",
    ]


def test_without_contributions_there_is_no_pathway() -> None:
    assert pathway_text.pathway_sections(steps_on(fold([], CommunityPolicy(), DAY), DAY)) == []


def test_a_conversion_says_its_quarter_and_how_many_of_how_many() -> None:
    history = falling()
    sentence = "of 25 people who arrived in Q1 2026, 1 came a second day within 30 days; the year before it was 31 %"
    assert conversion_reason(history, "pathway_conversion_ratio", {"step": "arrived"}, DAY) == sentence
    assert conversion_reason(history, "pathway_gap", {"step": "arrived"}, DAY) == sentence
    assert conversion_reason(history, "pathway_contributors", {"step": "arrived"}, DAY) == ""
    assert conversion_reason(history, "pathway_gap", {"step": "core"}, DAY) == ""
    assert conversion_reason(history, "active_contributors", {"window_days": "90"}, DAY) == ""


def test_the_year_before_is_said_where_all_four_quarters_can_be() -> None:
    history = falling()
    assert conversion_reason(history, "pathway_conversion_ratio", {"step": "arrived"}, date(2026, 1, 31)) == (
        "of 25 people who arrived in Q4 2025, 8 came a second day within 30 days"
    )


def test_the_report_in_json_names_the_quarter_and_leaves_out_what_is_not_known() -> None:
    arrived, second, *_ = report(falling(), DAY).as_json()["pathway"]
    assert arrived | {"because": ""} == {
        "step": "arrived",
        "people": 59,
        "horizon_days": 30,
        "quarter": "Q1 2026",
        "of": 25,
        "went_on": 1,
        "year_before": 0.31,
        "median_days": 9.0,
        "gap": True,
        "because": "",
    }
    assert second == {"step": "second_day", "people": 16}


def test_steps_are_written_as_words() -> None:
    assert format_labels({"step": "second_day"}) == "second day"
