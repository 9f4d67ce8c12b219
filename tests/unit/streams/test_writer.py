"""The writer of a partition, without Kafka."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from projections.facts.names import Names
from streams.apply import Place
from streams.decode import Decoder
from streams.metrics import WorkerMetrics
from streams.writer import WAITING_BATCHES, OutOfStepError, Stage, Writer
from tests.records import TOPIC, batch, value


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
