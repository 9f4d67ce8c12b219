"""Few people: every family is worked out, nothing divides by zero, and the public sees no count of 1 to 4."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest

from events.envelope import Event
from projections.disclosure.view import public
from projections.evaluation.catalog import family_of
from projections.evaluation.fold import fold
from projections.metrics.privacy import PrivacyClass
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import Criteria, MentoringPolicy, PathwayPolicy
from tests.oracle.writing import affiliated, declared, event, goal, granted, revoked

FIRST, LAST = date(2021, 1, 1), date(2023, 6, 30)
POLICY = CommunityPolicy(
    teams=("core", "docs"),
    mentoring=MentoringPolicy(fewest_in_group=1),
    pathway=PathwayPolicy(fewest_people=1),
    criteria={"owner": Criteria(days=1)},
)


def person(number: int) -> str:
    return f"github:{number}"


def did(who: int, day: date, kind: str, team: str | None = None, **data: str) -> Event:
    said = {"kind": kind, **data}
    return event("contribution.recorded", day, said, f"{who} {day} {data}", subject=person(who), team=team)


def life_of(number: int) -> Iterator[Event]:
    """Somebody comes, is answered and mentored, works in two teams, belongs somewhere, leads and stops leading."""
    came = FIRST + timedelta(days=37 * number)
    for at in range(30):
        day, patch = came + timedelta(days=11 * at), {"about": f"{number}/{at}"}
        yield did(number, day, "patch", team=("core", "docs")[at % 2], **patch, outcome="opened")
        outcome = ("accepted", "declined")[at % 2]
        yield did(number + 1, day + timedelta(days=at % 9), "review", **patch, outcome=outcome)
    yield affiliated(person(number), ("Acme", "Independent")[number % 2], str(came))
    mentor = {"mentor": person(0)}
    if number:
        yield event("mentoring.started", came, mentor, f"m{number}", subject=person(number))
    yield granted(person(number), f"scope{number % 3}", came + timedelta(days=100))
    yield revoked(person(number), f"scope{number % 3}", came + timedelta(days=400 + number))


def of_the_community() -> Iterator[Event]:
    yield declared("scope0", str(FIRST))
    yield goal(str(FIRST), 1, str(FIRST), 10, "2025-01-01")
    for at in range(12):
        day = FIRST + timedelta(days=60 * at)
        yield event("engagement.held", day, {"kind": "report", "url": f"https://example.org/{at}"}, f"report{at}")
    yield event("relationship.established", FIRST, {"with": "docs", "nature": "shares work"}, "relationship")
    yield event("opportunity.offered", FIRST, {"opportunity": "o"}, "offered")


@pytest.mark.parametrize("people", [0, 1, 4, 5, 9])
def test_every_family_of_a_few_people(people: int) -> None:
    log = [*of_the_community(), *(one for number in range(people) for one in life_of(number))]
    history = fold(log, POLICY, LAST)
    assert not any(np.isinf(values).any() for values in history.series.values())
    seen = public(history, POLICY)
    for key, values in seen.history.series.items():
        if family_of(key[0]).privacy.of is PrivacyClass.COUNT:
            told = np.abs(values[~np.isnan(values)])
            assert not ((told >= 1) & (told < 5)).any(), key
