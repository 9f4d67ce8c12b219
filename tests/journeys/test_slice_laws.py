"""Laws 3 and 4 with a real log: however it is split, and read again from its beginning, the rows are the same."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import asyncpg
from hypothesis import HealthCheck, given, settings

from events.envelope import Event
from infra.settings import Settings
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy, Policy
from tests.oracle.contributions import know
from tests.oracle.samples import samples_on
from tests.oracle.strategies import BACK_DAYS
from tests.oracle.writing import event
from tests.support.against_oracle import differences, of_day, values_of
from tests.support.drawn_communities import Community, all_communities
from tests.support.through_the_log import all_applied, history_of, send, worker

COMMUNITIES = 16

CONTRIBUTIONS = """
select key, digest, identity.name as identity, source.name as source, kind.name as kind, team.name as team, time,
  contribution_fact.id, url
from contribution_fact
join identity on identity.id = identity join source on source.id = source join kind on kind.id = kind
left join team on team.id = team
order by key
"""
OTHERS = """
select key, digest, community.name, type, source, other_fact.id, subject, team, actor, time, data, retracts
from other_fact join community on community.id = community order by key
"""
RESPONSES = "select key, about, responds_to, outcome from response_fact order by key"
FORGET = """
truncate contribution_fact, response_fact, other_fact, identity, source, team, kind, community, log_position,
  dead_letter
"""


def drawn(how_many: int) -> dict[str, Community]:
    """Small communities, the same in every run."""
    found: list[Community] = []

    @settings(max_examples=how_many, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(all_communities())
    def collect(community: Community) -> None:
        found.append(community)

    collect()
    found.append((answering(), CommunityPolicy(), date(2020, 1, 2)))
    return {f"c{number}": one for number, one in enumerate(found)}


def answering() -> list[Event]:
    """Somebody asks, and is answered: no community that is drawn need have that."""
    about = {"about": "a", "outcome": "opened"}
    asked = event("contribution.recorded", "2020-01-01", {"kind": "issue"} | about, "asked", subject="github:1")
    answer = {"kind": "review", "about": "a", "responds_to": {"source": asked.source, "id": asked.id}}
    answered = event("contribution.recorded", "2020-01-02", answer, "answered", subject="github:2")
    return [asked, answered]


def shuffled_with_duplicates(events: Sequence[Event]) -> list[Event]:
    """In no order, a third of them twice."""
    chance = Random(1)  # noqa: S311 - the same in every run
    return chance.sample([*events, *chance.sample(events, len(events) // 3)], len(events) + len(events) // 3)


def of(community: str, events: Iterable[Event]) -> list[Event]:
    return [event.model_copy(update={"community": community}) for event in events]


async def test_any_split_of_the_log_and_a_second_reading_give_the_same_rows(
    stack: Settings, database: asyncpg.Connection, tmp_path: Path
) -> None:
    every = {name: (of(name, one[0]), *one[1:]) for name, one in drawn(COMMUNITIES).items()}
    policy = Policy(open_communities=True, communities={name: one[1] for name, one in every.items()})
    async with worker(stack, tmp_path / "worker.log", "--batch-records", "3"):
        await send(stack, shuffled_with_duplicates([event for one in every.values() for event in one[0]]))
        await all_applied(stack)
    for name, community in every.items():
        if community[0]:
            await compare(stack, name, policy, community)

    rows = [await database.fetch(query) for query in (CONTRIBUTIONS, OTHERS, RESPONSES)]
    assert all(rows)
    await database.execute(FORGET)
    async with worker(stack, tmp_path / "again.log"):
        await all_applied(stack)
    assert rows == [await database.fetch(query) for query in (CONTRIBUTIONS, OTHERS, RESPONSES)]


async def compare(stack: Settings, name: str, policy: Policy, community: Community) -> None:
    """What came through the log, what a fold in memory says, and the oracle."""
    events, settled, pivot = community
    read, folded = await history_of(stack, name, policy, pivot), fold(events, settled, pivot)
    known = know(events, values_of(settled))
    for day in [pivot - timedelta(days=back) for back in BACK_DAYS]:
        assert of_day(read, day) == of_day(folded, day), (name, day)
        assert differences(of_day(read, day), samples_on(known, values_of(settled), day)) == [], (name, day)
