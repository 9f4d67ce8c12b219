"""Finds what is behind a number, for requests."""

import asyncpg

from infra.server.problems import Problem
from infra.server.state import Explain, JsonObject, Question, State


def explainer(pool: asyncpg.Pool, state: State) -> Explain:
    """What answers questions from the facts."""

    async def explain(question: Question) -> JsonObject:
        raise Problem(503, "not yet")

    return explain
