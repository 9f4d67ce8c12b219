"""Relationships and engagements are told apart in one pass, however many there are of both."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import numpy as np

from events.community import Engagement, EngagementHeld, Relationship, RelationshipEstablished
from projections.collaboration.relationships import Meetings, told_of
from projections.timeline.days import day_of

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)


One = TypeVar("One")


class Read(list[One]):
    """A list that counts how often one of it is looked at."""

    times = 0

    def __iter__(self) -> Iterator[One]:
        for one in super().__iter__():
            self.times += 1
            yield one


def held(day: int, team: str | None, partner: str | None) -> EngagementHeld:
    data = Engagement(kind="meeting", with_=partner)
    return EngagementHeld(source="s", id=f"{day}", time=time_of(day), community="garden", team=team, data=data)


def established(day: int, team: str | None, partner: str) -> RelationshipEstablished:
    data = Relationship(with_=partner, nature="shares")
    return RelationshipEstablished(source="s", id=f"{day}", time=time_of(day), community="garden", team=team, data=data)


def time_of(day: int) -> datetime:
    return BEGAN + timedelta(days=day)


def test_a_teams_meetings_are_its_own_and_those_of_all() -> None:
    told = [(1, None, "moss"), (2, "docs", "moss"), (2, "core", "moss"), (3, None, "moss"), (4, "docs", None)]
    meetings = Meetings([held(*one) for one in told])
    first = day_of(BEGAN)
    days = {team: [day - first for day in meetings.held(team, "moss")] for team in (None, "docs", "core", "web")}
    assert days == {None: [1, 2, 2, 3], "docs": [1, 2, 3], "core": [1, 2, 3], "web": [1, 3]}
    assert meetings.held("docs", "fern") == meetings.held(None, "fern") == []


def test_each_engagement_is_looked_at_once_however_many_relationships_there_are() -> None:
    words = [established(0, f"team{place % 10}", f"partner{place // 10}") for place in range(200)]
    engagements = Read(held(1 + at % 300, f"team{at % 10}", f"partner{at % 20}") for at in range(1000))
    found = list(told_of(words, engagements, lambda *_: np.zeros(0, bool), 0, 180))
    assert engagements.times == len(engagements)
    assert len(found) == 200
    assert sum(len(one.engagements) for one in found) == len(engagements)
