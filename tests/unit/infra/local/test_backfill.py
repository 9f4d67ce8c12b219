"""The past goes to promtool in pieces of time: each day of each community in one of them."""

from datetime import date, timedelta

import numpy as np

from infra.local.backfill import PIECE, pieces
from projections.timeline.history import History, series

LEADERS = series("leaders", seats="nominal")
FIRST = date(2020, 2, 28)


def counting(first_day: date, days: int) -> History:
    return History(first_day, {LEADERS: np.arange(days, dtype=float), series("flows"): np.ones(days)})


def test_every_day_is_in_one_piece_and_stands_where_it_stood() -> None:
    histories = {"fern": counting(FIRST, 1000), "moss": counting(FIRST + timedelta(days=400), 30)}
    found = list(pieces(histories))
    assert len(found) == 3
    for name, history in histories.items():
        parts = [piece[name] for piece in found]
        assert max(part.days for part in parts) <= PIECE.days
        told = {
            part.first_day + timedelta(days=at): value
            for part in parts
            for at, value in enumerate(part.series[LEADERS].tolist())
        }
        assert sum(part.days for part in parts) == len(told) == history.days
        assert all(history.value(LEADERS, day) == value for day, value in told.items())


def test_no_history_has_no_piece() -> None:
    assert list(pieces({})) == []
    assert list(pieces({"fern": History(FIRST, {})})) == []
