"""Finds what is behind a number, for requests."""

import asyncio
from collections.abc import Mapping, Sequence

import asyncpg

from infra.server.problems import Problem
from infra.server.state import Explain, JsonObject, Name, NumberPage, State
from projections.explain import explain as projection
from projections.explain import people
from reports.reasons import with_reason
from streams.transient import is_transient


def namer(pool: asyncpg.Pool, state: State) -> Name:
    """What finds names; while the database is away, nobody has one."""

    async def name(community: str, persons: Sequence[str]) -> Mapping[str, str]:
        snapshot = state.communities[community].snapshot
        if snapshot is None or not persons:
            return {}
        try:
            async with pool.acquire() as connection:
                return await people.called(connection, snapshot, persons)
        except Exception as error:
            if not is_transient(error):
                raise
            return {}

    return name


def explainer(pool: asyncpg.Pool, state: State) -> Explain:
    """What answers questions from the facts."""

    async def explain(asked: NumberPage) -> JsonObject:
        known = state.communities[asked.community]
        snapshot = known.snapshot
        if snapshot is None:
            raise Problem(503, "The facts are being read; ask again in a moment.")
        question = projection.Question(asked.metric, asked.labels, asked.as_of, asked.offset, asked.limit)
        try:
            async with pool.acquire() as connection:
                found = await projection.explain(connection, snapshot, known.history, question)
        except projection.UnknownMetricError as error:
            raise Problem(404, str(error)) from error
        except Exception as error:
            if not is_transient(error):
                raise
            raise Problem(503, "The database is away; ask again in a moment.") from error
        return await asyncio.to_thread(lambda: with_reason(found, snapshot, known.history).as_json())

    return explain
