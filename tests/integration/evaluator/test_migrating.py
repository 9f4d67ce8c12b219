"""A database filled before facts were numbered by batches keeps every fact, in the order in which it came."""

import asyncpg

from infra.database.schemas import prepare
from infra.settings import Settings
from projections.evaluation.evaluator import Evaluator
from projections.facts.migrations import MIGRATIONS
from tests.integration.evaluator.conftest import Tell, at_version
from tests.integration.evaluator.test_evaluator import ACTIVE, NOW, POLICY, contribution

BY_TRANSACTIONS = MIGRATIONS.index("batches.sql")
NEWEST = 6_000_000_000
FILLED = """
with c as (insert into community (name) values ('moss') returning id),
  i as (insert into identity (community, name) select id, 'github:' || n from c, generate_series(0, 4) n returning id),
  s as (insert into source (community, name) select id, 'git:moss' from c returning id),
  k as (insert into kind (name) values ('commit') returning id)
insert into contribution_fact (key, digest, identity, source, kind, time, txid, id)
select gen_random_uuid(), 0, i.id, s.id, k.id, '2024-02-20', (5000000000 + i.id)::text::xid8, 'old' || i.id from i, s, k
"""
OTHER = """
insert into other_fact (key, digest, community, type, source, id, time, data, txid)
select gen_random_uuid(), 0, id, 'tenfold.goal.set.v1', 'by-hand', 'g', '2024-02-20',
  '{"baseline": 2, "baseline_on": "2023-08-01", "factor": 10, "due_on": "2026-01-01"}',
  $1::bigint::text::xid8 from community
"""


async def test_facts_written_by_ids_of_transactions_are_seen_and_new_ones_after_them(
    stack: Settings, tell: Tell, database: asyncpg.Connection, pool: asyncpg.Pool
) -> None:
    await at_version(database, BY_TRANSACTIONS)
    await database.execute(FILLED)
    await database.execute(OTHER, NEWEST)
    await prepare(stack.database_url)
    evaluator = Evaluator(pool, POLICY, lambda: NOW)
    assert await evaluator.tick() == ["moss"]
    assert evaluator.snapshots["moss"].history.value(ACTIVE, NOW.date()) == 5
    await tell([contribution(1, "github:new", 250)])
    assert await evaluator.tick() == ["moss"]
    assert evaluator.snapshots["moss"].history.value(ACTIVE, NOW.date()) == 6
    assert await database.fetchval("select max(batch) from contribution_fact") > NEWEST
