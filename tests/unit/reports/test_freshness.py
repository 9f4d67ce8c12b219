from datetime import date

import pytest

from projections.disclosure.view import everything, public
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History, Series, series
from reports.freshness import reach, reach_of
from reports.reach import opening_day, sources
from tests.unit.reports.two_days import DAY, on, read


@pytest.mark.parametrize(
    ("numbers", "opens"),
    [
        (read(None, date(2025, 1, 1)), DAY),
        (read(DAY, date(2025, 1, 1)), DAY),
        (read(date(2026, 8, 20), date(2026, 8, 19)), DAY),
        (read(date(2026, 8, 19), date(2026, 8, 18)), date(2026, 8, 19)),
        (read(date(2026, 5, 1), date(2026, 5, 1)) | read(None, DAY, "by-hand"), date(2026, 5, 1)),
        (read(date(2026, 5, 1), date(2026, 5, 1)) | read(None, DAY, "chat"), DAY),
    ],
)
def test_a_report_opens_where_the_data_reaches(numbers: dict[Series, float], opens: date) -> None:
    assert opening_day(on(numbers), DAY) == opens


def test_reach_names_what_was_read() -> None:
    history = on(read(DAY, date(2026, 8, 20)) | read(None, DAY, "by-hand"))
    said = reach(everything(history), DAY)
    assert said == "Data reaches 20 Aug 2026; git:x read through 22 Aug 2026 12:00 UTC."
    by_hand = sources(history, DAY)[:1]
    assert reach_of(by_hand) == "Data reaches 22 Aug 2026, the last event of by-hand."
    assert reach(everything(History(DAY, {})), DAY) == "No event yet."


@pytest.mark.parametrize(
    ("checked", "said"),
    [
        (DAY, "Source 1 read through 22 Aug 2026."),
        (None, "On which day the last event was is not shown: too few people contribute."),
    ],
)
def test_everybody_hears_of_the_last_event_where_enough_contribute(checked: date | None, said: str) -> None:
    alone = {
        series("active_contributors", window_days=90): 1.0,
        series("contributions", window_days=90): 3.0,
    }
    assert reach(public(on(read(checked, DAY) | alone), CommunityPolicy()), DAY) == said
