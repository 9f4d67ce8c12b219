from datetime import date, timedelta

import pytest

from projections.evaluation.open_days import MOST_DAYS_TO_CLOSE, OpenDays


def test_of_many_days_the_newest_are_closed_and_the_others_told_once(caplog: pytest.LogCaptureFixture) -> None:
    today = date(2026, 11, 22)
    days = OpenDays(lambda: today)
    assert days.ended("moss", None, today) == []
    assert days.ended("rust", today - timedelta(days=3), today) == [
        today - timedelta(days=2),
        today - timedelta(days=1),
    ]
    for _ in range(2):
        assert len(days.ended("fern", date(2010, 1, 1), today)) == MOST_DAYS_TO_CLOSE
    assert [record.getMessage() for record in caplog.records] == [
        "Left unpublished community=fern from=2010-01-02 until=2025-10-18"
    ]
