from projections.disclosure.view import everything
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import series
from reports.numbers import Terms, numbers_on
from reports.tables import tables
from tests.unit.reports.two_days import DAY, on


def test_windows_are_columns_and_labels_are_lines() -> None:
    numbers = {
        series("active_contributors", window_days=30): 3.0,
        series("active_contributors", window_days=90): 4.0,
        series("excluded_contributions", reason="bot"): 5.0,
        series("departure_exposure_ratio", unit="person", of="volume"): 0.25,
    }
    history = on(numbers)
    found = tables(numbers_on("moss", everything(history), DAY), Terms.of(CommunityPolicy()))
    assert [(table.title, [column.title for column in table.columns]) for table in found] == [
        ("Who is here", ["30 days", "90 days"]),
        ("How work is spread, in 90 days", [""]),
        ("Left out of every number", [""]),
    ]
    assert {column.title: cell for column, cell in found[0].rows[0].cells.items()} == {"30 days": "3", "90 days": "4"}
    assert found[1].rows[0].of == "of the work to one person"
