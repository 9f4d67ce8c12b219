"""What is away is waited for and said; what is a bug ends the process."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from infra.server.again import once, repeat
from infra.server.state import State


def failing(times: int, error: Exception, seen: Callable[[], object]) -> Callable[[], Awaitable[None]]:
    left = times

    async def work() -> None:
        nonlocal left
        seen()
        left -= 1
        if left >= 0:
            raise error

    return work


async def test_what_is_away_is_said_until_it_is_back() -> None:
    state, trouble = State(), []
    work = failing(3, ConnectionRefusedError(), lambda: trouble.append(list(state.away)))
    await once(work, "PostgreSQL", state)
    assert trouble == [[], ["PostgreSQL"], ["PostgreSQL"], ["PostgreSQL"]]
    assert not state.away


async def test_the_first_moment_of_an_absence_is_kept() -> None:
    state = State()
    state.lost("Kafka")
    first = state.away["Kafka"]
    state.lost("Kafka")
    assert state.away["Kafka"] is first
    assert "Kafka is away since" in state.trouble


async def test_a_bug_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        await once(failing(1, ZeroDivisionError(), lambda: None), "PostgreSQL", State())


async def test_work_is_repeated_after_an_absence() -> None:
    done = asyncio.Event()
    calls = 0

    def count() -> None:
        nonlocal calls
        calls += 1
        if calls == 5:
            done.set()

    repeating = asyncio.create_task(repeat(failing(2, TimeoutError(), count), 0.001, "Kafka"))
    async with asyncio.timeout(10):
        await done.wait()
    repeating.cancel()
