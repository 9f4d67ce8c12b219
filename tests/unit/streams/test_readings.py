"""What was fetched belongs to the reading that it was fetched for, and one partition keeps no other from being read."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka import errors as kafka
from aiokafka.consumer.subscription_state import SubscriptionState
from aiokafka.structs import TopicPartition

from streams.fetching import Answer
from streams.log_fetcher import LogFetcher
from streams.record_batches import batches
from tests.support.raw_batches import UNKNOWN, raw_batch

FIRST, SECOND = TopicPartition("tenfold.people", 0), TopicPartition("tenfold.people", 1)
UNREADABLE = raw_batch([b"one", b"two", b"three"], codec=UNKNOWN)


class Broker:
    """Answers a fetch with batches, and fails to find any of before."""

    API_VERSION = 4
    topics: Sequence[Any] = ()

    def __init__(self) -> None:
        self._conns: dict[object, object] = {}
        self._metadata_max_age_ms = 1000
        self._loop = None

    async def send(self, _: int, request: Any) -> Any:
        if len(request.topics[0][1]) == 1:
            raise kafka.KafkaStorageError
        return self


@pytest.fixture
async def broker() -> Broker:
    return Broker()


@pytest.fixture
async def fetcher(broker: Broker) -> LogFetcher:
    subscriptions = SubscriptionState()
    subscriptions.subscribe({FIRST.topic})
    names = ("fetch_min_bytes", "fetch_max_bytes", "fetch_max_wait_ms", "max_partition_fetch_bytes", "consumer_timeout")
    told = {f"_{name}": 1 for name in (*names, "retry_backoff_ms")}
    consumer = SimpleNamespace(_client=broker, _subscription=subscriptions, **told)
    found = LogFetcher(cast("AIOKafkaConsumer", consumer), lambda _: None)
    await found.close()  # type: ignore[no-untyped-call] # what it fetches is told here
    subscriptions.assign_from_subscribed({FIRST, SECOND})
    for place in (FIRST, SECOND):
        subscriptions.seek(place, 0)
    return found


async def records(fetcher: LogFetcher, place: TopicPartition) -> list[bytes | None]:
    found = await fetcher.fetched_records([place], 0)  # type: ignore[no-untyped-call]
    return [record.value for record in found.get(place, ())]


def answer(place: TopicPartition, data: bytes) -> Answer:
    return Answer(place, kafka.NoError, 3, [], data)


async def test_what_was_fetched_before_reading_began_anew_is_fetched_again_with_all_that_was_set_aside(
    fetcher: LogFetcher,
) -> None:
    assignment = fetcher._subscriptions.subscription.assignment
    for _ in range(2):
        fetcher.start({FIRST: None})
        assert await fetcher._take(assignment, 1, answer(FIRST, UNREADABLE), 0)
    fetcher.start({FIRST: None})
    assert await records(fetcher, FIRST) == []
    assert fetcher.position(FIRST) == 0
    await fetcher._take(assignment, 1, answer(FIRST, UNREADABLE), 0)
    assert await records(fetcher, FIRST) == []
    assert fetcher.position(FIRST) == 3
    assert len(fetcher.taken(FIRST)[1]) == 1


async def test_a_partition_whose_log_cannot_be_compared_keeps_no_other_from_being_read(
    fetcher: LogFetcher, broker: Broker
) -> None:
    read = raw_batch([b"one"])
    (mark,) = (batch.mark for batch in batches(read))
    fetcher.start({FIRST: mark, SECOND: None})
    broker.topics = [(FIRST.topic, [(place.partition, 0, 3, 3, None, read) for place in (FIRST, SECOND)])]
    request = SimpleNamespace(topics=[(FIRST.topic, [(place.partition, 0, 1) for place in (FIRST, SECOND)])])
    assert await fetcher._proc_fetch_request(fetcher._subscriptions.subscription.assignment, 1, request)
    assert await records(fetcher, SECOND) == [b"one"]
