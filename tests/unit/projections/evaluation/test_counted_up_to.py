"""The moment up to which all is counted: behind by batches that have not ended, and never ahead of what is counted."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from projections.evaluation.counted_up_to import CountedUpTo

BEGIN = datetime(2026, 11, 30, tzinfo=UTC)
LOOKS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=30)
"""By how many batches the newest moved on, and how many of those before it are held back."""


def at(second: int) -> datetime:
    return BEGIN + timedelta(seconds=second)


def test_it_is_now_where_nothing_is_held_back_and_stands_still_with_what_is() -> None:
    counted = CountedUpTo()
    for second, newest, before in ((0, 5, 6), (1, 5, 6), (2, 7, 6), (3, 9, 6)):
        counted.look(at(second), newest, before)
        assert counted.moment == at(min(second, 1))
    counted.look(at(4), 11, 8)
    assert counted.moment == at(2)
    counted.look(at(5), 11, 12)
    assert counted.moment == at(5)


@given(LOOKS)
def test_whatever_had_been_applied_by_then_is_counted(looks: list[tuple[int, int]]) -> None:
    counted, newest, before, applied = CountedUpTo(), 0, 1, {}
    for second, (more, held) in enumerate(looks):
        newest += more
        before = max(before, newest + 1 - held)
        applied[at(second)] = newest
        counted.look(at(second), newest, before)
        assert counted.moment is None or applied[counted.moment] < before
        assert held or counted.moment == at(second)
