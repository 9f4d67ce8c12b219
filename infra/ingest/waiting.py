"""Waiting until what was put into the log can be seen."""

import asyncio
from typing import Final

from events.catalog import type_of
from events.errors import TenfoldError
from events.published import DayPublished
from infra.database.session import connected
from infra.kafka.lag import LogEnds, lag
from infra.settings import Settings
from infra.terminal.progress import Advance

POLL_SECONDS: Final = 0.1
PATIENCE_SECONDS: Final = 120.0
"""Without any progress; a worker that was just started needs five to be given its partitions."""

EVALUATED: Final = f"""
select coalesce(snapshot.read_up_to > greatest(
  (select batch from contribution_fact
   where source in (select id from source where source.community = community.id) order by batch desc limit 1),
  (select batch from other_fact
   where other_fact.community = community.id and type <> '{type_of(DayPublished)}' order by batch desc limit 1)
), false)
from community left join snapshot on snapshot.community = community.name where community.name = $1
"""  # noqa: S608 - a constant, put together once
"""What the server itself publishes meanwhile, days that closed, is not waited for."""


async def until_applied(settings: Settings, advance: Advance) -> None:
    """Returns once the worker has applied everything that stands in the log now.

    Raises:
        TenfoldError: the worker has stopped making progress.
    """
    async with (
        LogEnds(settings.kafka_bootstrap_servers, settings.topic_prefix) as log,
        connected(settings) as connection,
    ):
        ends = await log.read()
        left, patience = sum(ends.values()), PATIENCE_SECONDS
        while left:
            now = sum((await lag(connection, log.cluster, ends)).values())
            patience = PATIENCE_SECONDS if now < left else patience - POLL_SECONDS
            if patience <= 0:
                raise TenfoldError(f"{now} records wait to be applied, and nothing happens: see the worker's log")
            advance(left - now)
            left = now
            await asyncio.sleep(POLL_SECONDS if left else 0)


async def until_evaluated(settings: Settings, community: str) -> None:
    """Returns once the numbers of a community rest on all that was applied.

    Raises:
        TenfoldError: the server does not get there.
    """
    try:
        async with connected(settings) as connection, asyncio.timeout(PATIENCE_SECONDS):
            while not await connection.fetchval(EVALUATED, community):
                await asyncio.sleep(POLL_SECONDS)
    except TimeoutError:
        raise TenfoldError(f"the server does not evaluate {community}: see its log") from None
