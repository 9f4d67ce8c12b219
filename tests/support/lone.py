"""A community of which one person is left, alone or with somebody who passes by now and then."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from events.checks import SourceCheck, SourceChecked
from events.contributions import Contribution, ContributionRecorded
from events.envelope import Event
from projections.evaluation.community import Community
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import date_of, number_of

SOURCE = "laptop:ada@example.org/home/ada/private"
CROWD, CROWDED_DAYS = 12, 210
REST = frozenset({0, 5, 8, 13, 14, 21, 26, 29, 34, 39, 40, 44, 47, 52, 55, 58, 60, 65, 66, 73, 77, 78, 79, 80})
LONE_DAYS = 84
"""Of these the one who is left works on all but those of `REST`, which leaves 60, some in every week."""
DAYS = CROWDED_DAYS + LONE_DAYS
PASSING_EVERY_DAYS = 7
FIRST = datetime(2025, 1, 6, 9, 30, 0, 123457, tzinfo=UTC)


def history_events(*, passers_by: bool, read_days: int) -> Iterator[Event]:
    """Twelve people for thirty weeks, then one; with `passers_by` a new one each week, who works for a day."""
    for day in range(CROWDED_DAYS):
        yield from (work(f"crowd{one}", day) for one in range(CROWD))
    for day in range(LONE_DAYS):
        if day not in REST:
            yield from (work("ada", CROWDED_DAYS + day, at) for at in range(1 + day % 3))
        if passers_by and day % PASSING_EVERY_DAYS == 0:
            yield work(f"passing{day}", CROWDED_DAYS + day)
    read = FIRST + timedelta(days=read_days - 1)
    check = SourceCheck(source=SOURCE, through=read, found=1)
    yield SourceChecked(id="check", source=SOURCE, time=read, community="lone", data=check)


def work(who: str, day: int, at: int = 0) -> ContributionRecorded:
    """A commit."""
    return ContributionRecorded(
        id=f"{who}/{day}/{at}",
        source=SOURCE,
        time=FIRST + timedelta(days=day, minutes=at),
        subject=f"email:{who}@example.org",
        community="lone",
        data=Contribution(kind="commit"),
    )


LAST = date_of(number_of(FIRST.date()) + DAYS - 1)


def lone(policy: CommunityPolicy, *, passers_by: bool = False, read_days: int = DAYS) -> Community:
    """That community, whose source says it was read for so many days."""
    return community_of(history_events(passers_by=passers_by, read_days=read_days), policy, "lone")
