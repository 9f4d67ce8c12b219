"""Finds what is behind a number, for requests: people for those who may see them, published roles for everybody."""

import asyncio
from collections.abc import Mapping, Sequence

import asyncpg

from infra.server.auth import Viewer
from infra.server.problems import Problem
from infra.server.state import Explain, Name, ServedCommunity, State
from projections.explain import explain as projection
from projections.explain import people
from projections.timeline.history import series
from reports.explanation import Explained
from reports.number_query import NumberPage
from reports.published_roles import as_published, is_published
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

    async def explain(asked: NumberPage) -> Explained:
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
        return await asyncio.to_thread(lambda: Explained.of(known.name, with_reason(found, snapshot, known.history)))

    return explain


async def explained_for(
    viewer: Viewer, known: ServedCommunity, asked: NumberPage, explain: Explain
) -> Explained | None:
    """What is behind a number, as somebody may see it; nothing where they may not.

    A page of leaders comes with everybody, what each is called, and their share, since scopes name them.
    """
    sees, policy = viewer.sees_people_of(known.name), known.policy
    if not asked.is_about_leadership:
        return await explain(asked) if sees else None
    if not sees and not is_published(asked.metric, asked.labels, policy.judge_by):
        return None
    found = await explain(asked.of_everybody)
    if sees:
        return found
    key = series(asked.metric.removeprefix("tenfold_"), **found.labels)
    return as_published(found, known.seen_by(viewer).value(key, asked.as_of), policy.judge_by)


def page_of(found: Explained, asked: NumberPage) -> Explained:
    """The page of people that was asked for, where all of them were found."""
    return found.page(asked.offset, asked.limit) if asked.is_about_leadership else found
