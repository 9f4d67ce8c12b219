"""What answers what, from the database: however it came, it is what a fold of the same events says."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.envelope import Event
from projections.evaluation.evaluator import Evaluator, load_community
from projections.evaluation.fold import fold
from projections.explain.explain import Question, explain
from projections.facts.migrations import MIGRATIONS, migrate
from projections.policy.policy import CommunityPolicy, Policy
from projections.responses.families import RESPONSES_FAMILIES
from projections.timeline.history import History
from tests.integration.evaluator.conftest import Tell, at_version
from tests.oracle.day import Key
from tests.oracle.response_strategies import talking_logs
from tests.oracle.writing import COMMUNITY, event
from tests.support.against_oracle import of_day

PIVOT = date(2020, 2, 29)
NOW = datetime.combine(PIVOT, time(12), tzinfo=UTC)
NAMES = frozenset(family.metric for family in RESPONSES_FAMILIES)


def drawn(how_many: int) -> list[list[Event]]:
    """Logs of talk, the same in every run."""
    found: list[list[Event]] = []

    @settings(max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(talking_logs(PIVOT), st.none())
    def collect(log: list[Event], _: None) -> None:
        found.append(log)

    collect()
    return sorted(found, key=len)[-how_many:]


def spoken(history: History) -> list[dict[Key, float]]:
    """What is said about responses, on every day."""
    days = [history.first_day + timedelta(days=at) for at in range(history.days)]
    return [{key: value for key, value in of_day(history, day).items() if key[0] in NAMES} for day in days]


@pytest.mark.parametrize("seed", range(4))
async def test_told_in_any_order_and_pieces_and_asked_after_each(tell: Tell, pool: asyncpg.Pool, seed: int) -> None:
    log, chance = drawn(4)[seed], Random(seed)  # noqa: S311 - the same in every run
    told, policy = chance.sample(log, len(log)), Policy()
    evaluator = Evaluator(pool, policy, lambda: NOW)
    while told:
        piece, told = told[:7], told[7:]
        await tell(piece)
        await evaluator.tick()
    ours, folded = evaluator.snapshots[COMMUNITY].history, fold(log, CommunityPolicy(), PIVOT)
    assert spoken(ours) == spoken(folded)
    assert any(spoken(ours))


def talk(id_: str, who: str, day: int, **data: Any) -> Event:
    said = {"kind": "patch", "url": f"https://example.org/{id_}"} | data
    return event("contribution.recorded", PIVOT - timedelta(days=day), said, id_, subject=who)


TALK = [
    talk("p", "github:1", 20, outcome="opened", about="pull/1"),
    talk("q", "github:2", 20, outcome="opened", about="pull/2"),
    talk("r", "github:3", 18, responds_to={"source": "git:one", "id": "p"}),
    talk("d", "github:3", 15, about="pull/1", outcome="accepted"),
]


async def test_a_response_that_is_taken_back_before_or_after_it_came(tell: Tell, pool: asyncpg.Pool) -> None:
    evaluator = Evaluator(pool, Policy(), lambda: NOW)
    retracted = [
        event(
            "contribution.retracted", PIVOT, {"retracts": {"source": "git:one", "id": id_}, "reason": "x"}, f"no {id_}"
        )
        for id_ in ("r", "d")
    ]
    told: list[Event] = []
    for piece in ([retracted[0]], TALK, [retracted[1]]):
        told += piece
        await tell(piece)
        await evaluator.tick()
        assert spoken(evaluator.snapshots[COMMUNITY].history) == spoken(fold(told, CommunityPolicy(), PIVOT))
    withdrawn = event("source.withdrawn", PIVOT, {"source": "git:one", "before": None}, "all")
    await tell([withdrawn])
    await evaluator.tick()
    assert not any(spoken(evaluator.snapshots[COMMUNITY].history))


@pytest.mark.parametrize(
    ("family", "people"),
    [
        ("newcomers_unanswered", {"github:2": ["q"]}),
        ("first_response_seconds_median", {"github:1": ["p", "r"]}),
        ("acceptance_ratio", {"github:1": ["p", "d"]}),
    ],
)
async def test_whose_artefacts_and_what_answered_them(
    tell: Tell, database: asyncpg.Connection, family: str, people: dict[str, list[str]]
) -> None:
    await tell(TALK)
    community = await load_community(database, COMMUNITY, Policy())
    assert community
    history = community.history(PIVOT)
    labels = {} if family == "newcomers_unanswered" else {"newcomer": "yes"}
    found = await explain(database, community.snapshot, history, Question(family, labels, PIVOT))
    assert found.value is not None
    assert {one.person: [told.id for told in one.events] for one in found.people} == people
    assert all(told.url == f"https://example.org/{told.id}" for one in found.people for told in one.events)


async def test_a_database_from_before_gets_the_table(tell: Tell, database: asyncpg.Connection) -> None:
    await at_version(database, 2)
    assert await migrate(database) == len(MIGRATIONS) - 2
    await tell(TALK)
    rows = await database.fetch("select about, outcome, responds_to is null as opens from response_fact order by 1, 2")
    assert [tuple(row) for row in rows] == [
        ("pull/1", "accepted", True),
        ("pull/1", "opened", True),
        ("pull/2", "opened", True),
        (None, None, False),
    ]
