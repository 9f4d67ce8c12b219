"""Histories of two days, with the numbers that a report speaks of."""

from datetime import date

import numpy as np

from projections.timeline.days import number_of
from projections.timeline.history import History, Series, series

DAY = date(2026, 8, 22)
NOON = 43200.0


def moment(day: date) -> float:
    return number_of(day) * 86400 + NOON


def on(numbers: dict[Series, float], before: dict[Series, float] | None = None) -> History:
    """A history of two days, `DAY` the last."""
    earlier = before or {}
    values = {key: np.array([earlier.get(key, np.nan), value], np.float64) for key, value in numbers.items()}
    return History(date(2026, 8, 21), values)


def judged(verdict: str, change: float, low: float, high: float) -> dict[Series, float]:
    names = ("", "low_", "high_")
    interval = zip(names, (change, low, high), strict=True)
    return {series("growth_verdict", verdict=verdict): 1.0} | {
        series(f"growth_change_{name}ratio"): value for name, value in interval
    }


def read(checked: date | None, last_event: date, source: str = "git:x") -> dict[Series, float]:
    found = {series("source_last_event_timestamp_seconds", source=source): moment(last_event)}
    if checked:
        found[series("source_checked_timestamp_seconds", source=source)] = moment(checked)
    return found
