"""On which day work counts, worked out by hand, and whatever the dates are."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.sources.commits import Commit, Stamp
from events.sources.landing import Bulks, By, Dated, Landed, bulks, dated
from tests.unit.events.sources.commits import ORIGIN, commit, day

MADE = commit("c", on=100)
"""Committed on day 100, authored on day 91."""
COMMITTER = "lead@x.org"


def counted(landing: datetime | None, made: Commit = MADE, found: Bulks = frozenset()) -> tuple[datetime | None, By]:
    [one] = dated([Landed(made, landing)], ORIGIN, found)
    return one.at, one.by


@pytest.mark.parametrize(
    ("landing", "counts", "by"),
    [
        (day(100), day(100), "landing"),
        (day(130), day(130), "landing"),
        (day(130) + timedelta(seconds=1), day(100), "commit"),
        (day(99), day(99), "landing"),
        (day(99) - timedelta(seconds=1), day(100), "commit"),
        (day(900), day(100), "commit"),
        (day(0), day(100), "commit"),
        (None, day(100), "commit"),
        (datetime.max.replace(tzinfo=MADE.committed_at.tzinfo), day(100), "commit"),  # type: ignore[union-attr] # dated
    ],
)
def test_a_landing_counts_where_it_is_near(landing: datetime | None, counts: datetime, by: By) -> None:
    assert counted(landing) == (counts, by)


def test_a_date_that_no_event_may_bear_counts_as_none() -> None:
    late = ORIGIN.read_at + timedelta(days=2)
    assert counted(day(200), replace(MADE, committed_at=late)) == (day(200), "landing")
    assert counted(late, replace(MADE, committed_at=late)) == (day(91), "author")
    assert counted(None, replace(MADE, committed_at=None)) == (day(91), "author")
    assert counted(None, replace(MADE, committed_at=None, authored_at=None)) == (None, "author")


def stamps(count: int, authors: int, age: float, at: int = 100) -> list[Stamp]:
    """Commits of one day: of so many authors in turn, made so many days before."""
    on = day(at)
    return [
        Stamp(COMMITTER, on + timedelta(minutes=one), f"{one % authors}@x.org", on - timedelta(days=age))
        for one in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "authors", "age", "is_bulk"),
    [(20, 5, 31, True), (19, 5, 31, False), (20, 4, 31, False), (20, 5, 29.9, False)],
)
def test_a_bulk_is_many_old_commits_of_many_by_one_committer_of_one_day(
    count: int, authors: int, age: float, is_bulk: bool
) -> None:
    found = bulks(stamps(count, authors, age), ORIGIN)
    assert set(found) == ({(COMMITTER, date(2024, 4, 10))} if is_bulk else set())


def test_the_median_age_decides() -> None:
    assert bulks([*stamps(11, 5, 400), *stamps(9, 5, 0)], ORIGIN)
    assert not bulks([*stamps(9, 5, 400), *stamps(11, 5, 0)], ORIGIN)
    assert not bulks([*stamps(10, 5, 400), *stamps(10, 5, 400, 101)], ORIGIN)


def test_each_of_a_bulk_counts_when_it_was_authored_those_of_other_days_do_not() -> None:
    found = bulks(stamps(20, 5, 400), ORIGIN)
    made = replace(MADE, committer=COMMITTER)
    assert counted(day(100), made, found) == (day(91), "bulk")
    assert counted(day(100), replace(made, authored_at=None), found) == (day(100), "landing")
    assert counted(day(101), replace(made, committed_at=day(101)), found) == (day(101), "landing")
    assert counted(day(100), MADE, found) == (day(100), "landing")


MOMENTS = st.one_of(st.none(), st.integers(-20_000, 20_000).map(day))


@given(MOMENTS, MOMENTS, MOMENTS, st.booleans())
def test_what_counts_is_one_of_the_dates_that_may_be_borne(
    landing: datetime | None, committed: datetime | None, authored: datetime | None, bulk: bool
) -> None:
    made = replace(MADE, committed_at=committed, authored_at=authored, committer=COMMITTER)
    found: Bulks = {(COMMITTER, committed.date())} if bulk and committed else frozenset()
    [one] = dated([Landed(made, landing)], ORIGIN, found)
    dates = {"landing": landing, "commit": committed, "author": authored}
    dates["bulk"] = authored
    borne = {name: ORIGIN.believed(at) for name, at in dates.items()}
    assert one == Dated(one.landed, borne[one.by], one.by)
    assert (one.at is None) == (not any(borne.values()))
    if one.by == "landing" and committed:
        assert one.at is not None
        assert not borne["commit"] or timedelta(days=-1) <= one.at - committed <= timedelta(days=30)
