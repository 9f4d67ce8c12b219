"""Doing something again and again, whatever is away meanwhile."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from infra.server.state import State
from streams.transient import is_transient, wait_seconds

logger = logging.getLogger(__name__)


async def repeat(work: Callable[[], Awaitable[None]], seconds: float, needs: str, state: State | None = None) -> None:
    """Does something again and again, so many seconds apart."""
    while True:
        await once(work, needs, state)
        await asyncio.sleep(seconds)


async def once(work: Callable[[], Awaitable[None]], needs: str, state: State | None = None) -> None:
    """Tries until it succeeds; a state is told meanwhile that what it needs is away. Bugs are raised."""
    attempt = 0
    while True:
        try:
            await work()
        except Exception as error:
            if not is_transient(error):
                raise
            if state is not None:
                state.lost(needs)
            logger.warning("Waiting needs=%s error=%s", needs, type(error).__name__)
            await asyncio.sleep(wait_seconds(attempt))
            attempt += 1
        else:
            if state is not None:
                state.found(needs)
            return
