"""Relationships and engagements are told apart in one pass, however many there are of both."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import numpy as np

from projections.collaboration.relationships import HELD, KINDS, Meetings, told_of
from projections.facts.fact import Fact

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)


class Read(dict[str, Any]):
    """Data that counts how often it is asked for a partner."""

    times: ClassVar[Counter[str]] = Counter()

    def get(self, key: str, default: Any = None) -> Any:
        self.times[key] += 1
        return super().get(key, default)


def fact(type_: str, day: int, team: str | None, partner: str | None) -> Fact:
    data = Read({"kind": "meeting", "nature": "shares"} | ({"with": partner} if partner else {}))
    return Fact(f"tenfold.{type_}.v1", "s", f"{day}", BEGAN + timedelta(days=day), None, team, None, data)


def test_a_teams_meetings_are_its_own_and_those_of_all() -> None:
    held = [(1, None, "moss"), (2, "docs", "moss"), (2, "core", "moss"), (3, None, "moss"), (4, "docs", None)]
    meetings = Meetings([fact(HELD, *one) for one in held])
    first = fact(HELD, 0, None, None).moment[1]
    days = {team: [day - first for day in meetings.held(team, "moss")] for team in (None, "docs", "core", "web")}
    assert days == {None: [1, 2, 2, 3], "docs": [1, 2, 3], "core": [1, 2, 3], "web": [1, 3]}
    assert meetings.held("docs", "fern") == meetings.held(None, "fern") == []


def test_each_engagement_is_looked_at_once_however_many_relationships_there_are() -> None:
    words = [fact(KINDS[0], 0, f"team{place % 10}", f"partner{place // 10}") for place in range(200)]
    engagements = [fact(HELD, 1 + at % 300, f"team{at % 10}", f"partner{at % 20}") for at in range(1000)]
    Read.times.clear()
    found = list(told_of(words, engagements, lambda *_: np.zeros(0, bool), 0, 180))
    assert Read.times["with"] == len(engagements)
    assert len(found) == 200
    assert sum(len(one.engagements) for one in found) == len(engagements)
