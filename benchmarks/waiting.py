"""Waiting for a condition outside of this process, never longer than a deadline."""

import asyncio
from collections.abc import Awaitable, Callable

from events.errors import TenfoldError

INTERVAL_SECONDS = 0.02


async def until(condition: Callable[[], Awaitable[bool]], seconds: float, what: str) -> float:
    """Waits until a condition holds.

    Returns:
        When it was first seen to hold, in seconds of the event loop's clock.

    Raises:
        TenfoldError: it did not within so many seconds.
    """
    clock = asyncio.get_running_loop().time
    deadline = clock() + seconds
    while not await condition():
        if clock() > deadline:
            raise TenfoldError(f"waited {seconds:.0f} s for {what}")
        await asyncio.sleep(INTERVAL_SECONDS)
    return clock()
