"""One batch, one transaction, in a real database: exactly once, however the log is split, told twice or fought over."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from random import Random
from typing import Any

import asyncpg
import pytest

from events.errors import Reason
from infra.settings import Settings
from projections.facts import store
from projections.facts.names import Names
from streams.apply import Outcome, Place, PositionResetError, apply
from streams.batch_transport import Batch
from streams.dead_letters import Letter
from streams.decode import Decoded, Decoder, pack
from tests.support.patience import PATIENCE_SECONDS
from tests.support.records import POISON, TOPIC, Expected, batch, facts_of, record, stream, value

PLACE = Place("cluster", TOPIC, 0)
PEOPLE = Place("cluster", "tenfold.people", 0)


class Letters:
    """Dead letters that stay here."""

    def __init__(self) -> None:
        self.published: list[int] = []

    async def publish(self, _topic: str, _partition: int, letters: Iterable[Letter]) -> None:
        self.published += [refused.offset for _, refused in letters]


class Writing:
    """A worker as far as one database connection goes."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.names = Names()
        self.letters: Any = Letters()
        self.decode = Decoder(lambda _: True, "tenfold.")

    async def decoded(self, *batches: Batch) -> Decoded:
        decoded = self.decode(batches)
        while wanted := pack(decoded, self.names):
            await self.names.learn(self.connection, wanted)
        return decoded

    async def apply(self, *batches: Batch, expected: int = 0, place: Place = PLACE) -> Outcome:
        return await apply(self.connection, await self.decoded(*batches), place, expected, self.names, self.letters)


@pytest.fixture
async def connections(stack: Settings) -> AsyncIterator[list[asyncpg.Connection]]:
    opened = []
    for _ in range(2):
        connection = await asyncpg.connect(stack.database_url, server_settings={"search_path": "facts"})
        await store.prepare(connection)
        opened.append(connection)
    await store.register(opened[0], PLACE.cluster, [place[1:] for place in (PLACE, PEOPLE)])
    yield opened
    for connection in opened:
        await connection.close()


@pytest.fixture
def worker(connections: list[asyncpg.Connection]) -> Writing:
    return Writing(connections[0])


@pytest.fixture
def other(connections: list[asyncpg.Connection]) -> Writing:
    return Writing(connections[1])


def split(values: Sequence[bytes], chance: Random) -> list[Batch]:
    """The same log in pieces of any size."""
    pieces, first = [], 0
    while first < len(values):
        size = chance.randint(1, 60)
        pieces.append(batch(first, values[first : first + size]))
        first += size
    return pieces


@pytest.mark.parametrize("seed", range(5))
async def test_facts_and_dead_letters_are_the_oracles_however_the_log_is_split(worker: Writing, seed: int) -> None:
    values = stream(2_000, duplicates=0.1, poison=0.02, seed=seed)
    values += [value(7, subject="email:somebody.else@example.org")]
    expected = Expected().read(values)
    outcomes = [await worker.apply(piece) for piece in split(values, Random(seed))]  # noqa: S311 - the same in every run
    assert await facts_of(worker.connection) == expected.facts
    letters = await worker.connection.fetch('select "offset" from dead_letter order by 1')
    assert [row["offset"] for row in letters] == expected.refused == worker.letters.published
    assert sum(outcome.duplicate for outcome in outcomes) == expected.duplicates
    assert sum(outcome.applied for outcome in outcomes) == len(expected.facts)
    assert outcomes[-1].position == len(values)


async def test_rows_read_back_are_what_was_told(worker: Writing) -> None:
    await worker.apply(
        batch(
            0,
            [
                value(1, time="1970-01-02T00:00:00.000001Z", team="core", data={"kind": "review"}),
                value(2, id="é€😀", subject="GitHub:583231"),
            ],
        )
    )
    rows = await worker.connection.fetch(
        "select f.id, f.url, f.time, i.name as identity, s.name as source, k.name as kind, t.name as team,"
        " f.batch = newest_batch() as newest"
        " from contribution_fact f join identity i on i.id = identity join source s on s.id = source"
        " join kind k on k.id = kind left join team t on t.id = team order by f.time"
    )
    first, second = rows
    assert first["time"].isoformat() == "1970-01-02T00:00:00.000001+00:00"
    assert (first["kind"], first["team"], first["url"], first["newest"]) == ("review", "core", None, True)
    assert (second["id"], second["team"], second["identity"]) == ("é€😀", None, "github:583231")
    assert second["url"] == "https://git.example.org/project/commit/2"
    assert second["source"] == "https://git.example.org/project"


async def test_rare_events_keep_their_data_and_what_they_retract(worker: Writing) -> None:
    told = await worker.decoded(batch(0, [value(1)]))
    reference = {"source": "https://git.example.org/project", "id": "commit/1"}
    retraction = value(
        2,
        type="tenfold.contribution.retracted.v1",
        subject=None,
        data={"retracts": reference, "reason": "imported by mistake"},
    )
    await worker.apply(batch(0, [retraction, value(1)]))
    row = await worker.connection.fetchrow(
        "select data ->> 'reason' as reason, retracts, community.name from other_fact"
        " join community on community.id = community"
    )
    assert (row["reason"], row["retracts"], row["name"]) == ("imported by mistake", told.keys[0], "project")
    assert len(await facts_of(worker.connection)) == 1


async def test_one_id_for_two_types_is_a_conflict(worker: Writing) -> None:
    naming = record(0, value(1, type="tenfold.person.named.v1", data={"name": "A"}))
    await worker.apply(Batch("tenfold.people", 0, [naming], 0, 1, 1), place=PEOPLE)
    outcome = await worker.apply(batch(0, [value(1), value(2)]))
    assert [each.reason for each in outcome.refused] == [Reason.CONFLICTING_DUPLICATE]
    assert outcome.applied == 1


async def test_what_another_writer_applied_is_trimmed(worker: Writing, other: Writing) -> None:
    values = [value(number) for number in range(100)] + [POISON[0]]
    await worker.apply(batch(0, values[:60]))
    outcome = await other.apply(batch(30, values[30:]), expected=0)
    assert (outcome.trimmed, outcome.applied, outcome.position) == (30, 40, 101)
    whole = await worker.apply(batch(60, values[60:]), expected=60)
    assert (whole.trimmed, whole.applied, whole.position) == (41, 0, 101)
    assert len(await facts_of(worker.connection)) == 100
    assert other.letters.published == [100]
    assert worker.letters.published == []


async def test_two_writers_of_one_partition_apply_everything_once(worker: Writing, other: Writing) -> None:
    values = stream(3_000, duplicates=0.05, poison=0.01, seed=9)
    expected = Expected().read(values)

    async def read(writing: Writing, seed: int) -> int:
        position = trimmed = 0
        for piece in split(values, Random(seed)):  # noqa: S311 - the same in every run
            outcome = await writing.apply(piece, expected=position)
            position = outcome.position
            trimmed += outcome.trimmed
        return trimmed

    trimmed = await asyncio.gather(read(worker, 1), read(other, 2))
    assert sum(trimmed) == len(values)
    assert await facts_of(worker.connection) == expected.facts
    letters = await worker.connection.fetch('select "offset" from dead_letter order by 1')
    assert [row["offset"] for row in letters] == expected.refused


async def test_a_position_that_went_back_or_is_gone_ends_the_worker(worker: Writing) -> None:
    await worker.apply(batch(0, [value(1), value(2)]))
    for reset in ("update log_position set next_offset = 1", "delete from log_position"):
        await worker.connection.execute(reset)
        with pytest.raises(PositionResetError):
            await worker.apply(batch(2, [value(3)]), expected=2)
    assert len(await facts_of(worker.connection)) == 2


async def test_the_same_event_from_two_partitions_at_once_is_kept_once(worker: Writing, other: Writing) -> None:
    second = Place("cluster", TOPIC, 1)
    await store.register(worker.connection, second.cluster, [second[1:]])
    values = [value(number) for number in range(200)]
    decoded = await other.decoded(batch(0, values))
    async with worker.connection.transaction():
        await worker.apply(batch(0, values))
        waiting = asyncio.create_task(apply(other.connection, decoded, second, 0, other.names, other.letters))
        await until_it_waits(worker.connection)
    with pytest.raises(asyncpg.UniqueViolationError):
        await waiting
    outcome = await apply(other.connection, decoded, second, 0, other.names, other.letters)
    assert (outcome.applied, outcome.duplicate, outcome.position) == (0, 200, 200)


async def test_dead_letters_that_do_not_arrive_hold_the_position(worker: Writing) -> None:
    class Away:
        async def publish(self, *_: object) -> None:
            raise TimeoutError

    worker.letters = Away()
    with pytest.raises(TimeoutError):
        await worker.apply(batch(0, [value(1), POISON[0]]))
    assert await facts_of(worker.connection) == {}
    worker.letters = Letters()
    outcome = await worker.apply(batch(0, [value(1), POISON[0]]))
    assert (outcome.applied, len(outcome.refused)) == (1, 1)


async def test_two_workers_that_learn_the_same_names_agree(worker: Writing, other: Writing) -> None:
    decoded = worker.decode([batch(0, [value(number) for number in range(300)])])
    wanted = pack(decoded, worker.names), pack(decoded, other.names)
    assert wanted[0]
    assert wanted[1]
    await asyncio.gather(
        worker.names.learn(worker.connection, wanted[0]), other.names.learn(other.connection, wanted[1])
    )
    assert worker.names.communities == other.names.communities
    assert len(worker.names.communities["project"].identities) == 300


async def until_it_waits(connection: asyncpg.Connection) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await connection.fetchval("select count(*) from pg_locks where not granted"):
            await asyncio.sleep(0.01)
