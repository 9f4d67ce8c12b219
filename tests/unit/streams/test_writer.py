"""The writer of a partition, without Kafka."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import asyncpg
import pytest
from prometheus_client import CollectorRegistry

from projections.facts.names import Names
from streams.apply import Place
from streams.decode import Decoder
from streams.metrics import WorkerMetrics
from streams.transient import is_transient
from streams.writer import WAITING_BATCHES, OutOfStepError, Stage, Writer, _given_up_when_in_doubt
from tests.support.records import TOPIC, batch, value

IN_PROGRESS = "cannot perform operation: another operation is in progress"


class Session:
    """A connection as far as ending it goes."""

    def __init__(self) -> None:
        self.ended = False

    def terminate(self) -> None:
        self.ended = True


def writer() -> Writer:
    """A writer whose database never answers."""
    nothing: Any = None
    stage = Stage(
        pool=nothing,
        decoder=Decoder(lambda _: True, "tenfold."),
        names=Names(),
        letters=nothing,
        metrics=WorkerMetrics(CollectorRegistry(), "0"),
        executor=ThreadPoolExecutor(1),
    )
    return Writer(stage, Place("cluster", TOPIC, 0), 0)


def acknowledge() -> None:
    """Nobody asks."""


async def test_whoever_waits_to_put_a_batch_goes_on_when_the_writer_is_stopped() -> None:
    stopped = writer()
    for number in range(WAITING_BATCHES):
        await stopped.put(batch(number, [value(number)]), acknowledge)
    waiting = asyncio.create_task(stopped.put(batch(WAITING_BATCHES, [value(9)]), acknowledge))
    await asyncio.sleep(0)
    assert not waiting.done()
    stopped.forget()
    await asyncio.wait_for(waiting, 1)


async def test_a_batch_that_does_not_continue_the_last_is_no_small_matter() -> None:
    reading = writer()
    await reading.put(batch(0, [value(1)]), acknowledge)
    with pytest.raises(OutOfStepError):
        await reading.put(batch(2, [value(2)]), acknowledge)


async def cannot_roll_back(session: Any) -> None:
    """A worker that stood still within a transaction meets the server's message in the middle of its next statement."""
    async with _given_up_when_in_doubt(session):
        try:
            raise asyncpg.InternalClientError("cannot switch to state 21; another operation (2) is in progress")
        finally:
            raise asyncpg.InterfaceError(IN_PROGRESS)


async def test_a_session_that_the_server_ended_is_given_up_and_the_batch_tried_again() -> None:
    session = Session()
    with pytest.raises(asyncpg.InterfaceError) as raised:
        await cannot_roll_back(session)
    assert session.ended
    assert is_transient(raised.value)
