"""A day that is over is published once, in as many events as its numbers need."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from events.codec import encode
from events.envelope import MAX_EVENT_BYTES
from events.published import DayPublished
from infra.server.closing import publications
from projections.community.published import Publications, Published
from projections.evaluation.open_days import ClosedDay
from projections.policy.policy import Policy
from projections.timeline.days import number_of
from projections.timeline.history import History, series

NOW = datetime(2026, 11, 23, 0, 0, 1, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def closing(active: int = 46, more: int = 0) -> ClosedDay:
    """A day on which so many people were active, with so many teams beside it."""
    day = date(2026, 11, 22)
    teams = {series("team_active_contributors", team=f"team-{at:0>50}", window_days=90): at for at in range(more)}
    numbers = {series("active_contributors", window_days=90): active} | teams
    return ClosedDay("rust", day, History(day, {key: np.array([float(value)]) for key, value in numbers.items()}))


def test_two_publications_of_a_day_are_two_events() -> None:
    (event,) = publications(closing(), Policy(), NOW)
    assert event.data.day == date(2026, 11, 22)
    assert event.data.samples[0].value == 46
    assert event.time == NOW
    (later,) = publications(closing(), Policy(), NOW.replace(second=2))
    assert later.id != event.id
    assert publications(closing(), Policy(), NOW) == [event]


@pytest.mark.parametrize("teams", [700, 2100, 10_000])
def test_a_day_of_many_numbers_is_published_in_parts_that_hold_them_all(teams: int) -> None:
    closed = closing(46, teams)
    parts = publications(closed, Policy(), NOW)
    assert len(parts) == 1 + teams * 170 // MAX_EVENT_BYTES
    assert len({part.id for part in parts}) == len(parts)
    for part in parts:
        assert len(encode(part).value) <= MAX_EVENT_BYTES
    told = [(one.name, one.labels, one.value) for part in parts for one in part.data.samples]
    assert told == [(one.name, one.labels, one.value) for one in closed.samples]


def published_of(events: Sequence[DayPublished]) -> Mapping[int, Published]:
    """What is known of days by these events, in whatever order they come."""
    found = set()
    for order in (events, events[::-1], random.Random(1).sample(events, len(events))):  # noqa: S311
        publications = Publications()
        for event in order:
            publications.take(event)
        found.add(repr(publications.by_day))
    assert len(found) == 1
    return publications.by_day


def test_what_was_published_first_is_told_by_all_of_its_parts() -> None:
    first, second = (
        publications(closing(active, 2100), Policy(), NOW + at * SECOND) for at, active in enumerate((46, 47))
    )
    number = number_of(date(2026, 11, 22))
    assert published_of([*first, *second])[number].active == {90: 46}
    assert published_of([*first[:-1], *second])[number].active == {90: 47}, (
        "a server that ended in the middle said nothing"
    )
    assert not published_of(first[:-1])
    (old,) = publications(closing(45), Policy(), NOW - SECOND)
    assert published_of([*first, *second, old])[number].active == {90: 45}
