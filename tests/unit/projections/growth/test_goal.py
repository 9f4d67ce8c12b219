from datetime import UTC, date, datetime

from projections.growth.goal import Goal
from projections.growth.goal import goal_on as newest
from projections.timeline.days import number_of

DAY = date(2026, 8, 22)


def held(day: date, baseline: float = 30.0) -> Goal:
    """A goal of ten times as many, set on a day."""
    said = datetime.combine(day, datetime.max.time(), UTC), "g", "s"
    return Goal(said, baseline, number_of(day) - 365, 10.0, number_of(date(2027, 8, 22)), None)


def test_the_newest_goal_that_was_set_by_the_end_of_a_day_holds() -> None:
    goals = [held(day, baseline) for day, baseline in ((DAY, 30.0), (date(2026, 8, 20), 10.0))]
    on_days = [newest(goals, number_of(date(2026, 8, day))) for day in (19, 20, 21, 22, 23)]
    assert [one and one.baseline for one in on_days] == [None, 10.0, 10.0, 30.0, 30.0]
