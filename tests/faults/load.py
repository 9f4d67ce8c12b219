"""What sources send meanwhile: by a client of others, in every codec, in transactions, large, with odd header keys."""

import asyncio
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.protocol.produce import ProduceRequest
from aiokafka.structs import TopicPartition
from confluent_kafka import KafkaException, Producer

from infra.settings import Settings
from tests.support.raw_batches import COMPRESS, NONE, UNKNOWN, raw_batch
from tests.support.records import CONTENT, POISON, value
from tests.support.worker_process import until

CODECS: Final = ("none", "gzip", "snappy", "lz4", "zstd")
PARTITIONS: Final = 8
LARGE_BYTES: Final = 2_500_000
"""When decompressed: no room for it in the dead-letter topic."""

PERSISTENT: Final = {
    "enable.idempotence": True,
    "message.timeout.ms": 300_000,
    "message.max.bytes": 10_000_000,
    "linger.ms": 5,
    "log_level": 0,
    "reconnect.backoff.max.ms": 500,
}
"""Whatever happens to the broker, what was sent arrives, once."""

Values = Sequence[bytes]


class Source:
    """Sends contributions with ascending numbers, some again, some malformed.

    Args:
        settings: where to.
        chance: decides everything.
    """

    def __init__(self, settings: Settings, chance: Random) -> None:
        self._settings, self._chance = settings, chance
        self._topic = f"{settings.topic_prefix}contributions"
        self._next = 0

    async def send_something(self) -> None:
        """Send for a second or so, in one of all the ways there are."""
        deeds: list[Callable[[], Any]] = [self._plain, self._plain, self._transactions, self._large, self._odd]
        await self._chance.choice(deeds)()

    async def _plain(self) -> None:
        codec, values = self._chance.choice(CODECS), self._values(self._chance.randrange(100, 1500))
        await asyncio.to_thread(self._produced, codec, values)

    async def _large(self) -> None:
        await asyncio.to_thread(self._produced, "gzip", [*self._values(20), bytes(LARGE_BYTES), *self._values(20)])

    async def _transactions(self) -> None:
        parts = [(self._values(self._chance.randrange(1, 200)), self._chance.random() < 0.5) for _ in range(4)]
        await asyncio.to_thread(self._transacted, parts, f"{self._topic}-{self._next}")

    async def _odd(self) -> None:
        values = self._values(30)
        data = raw_batch(values, odd={0, 7, 29}, codec=self._chance.choice([NONE, *set(COMPRESS) - {UNKNOWN}]))
        partition = self._chance.randrange(PARTITIONS)
        await until(lambda: self._is_taken(data, partition))

    async def _is_taken(self, data: bytes, partition: int) -> bool:
        servers = self._settings.kafka_bootstrap_servers
        try:
            async with AIOKafkaProducer(bootstrap_servers=servers, request_timeout_ms=5_000) as producer:
                await producer.partitions_for(self._topic)
                leader = producer.client.cluster.leader_for_partition(TopicPartition(self._topic, partition))
                request = ProduceRequest(None, -1, 5_000, [(self._topic, [(partition, data)])])
                [(_, [(_, error, *_)])] = (await producer.client.send(leader, request)).topics
        except (KafkaError, AssertionError):  # it finds no leader, and asserts that there is one
            return False  # it may stand there all the same: then it stands there twice
        return bool(error == 0)

    def _values(self, count: int) -> list[bytes]:
        made = []
        for _ in range(count):
            drawn = self._chance.random()
            if drawn < 0.02:
                made.append(self._chance.choice(POISON))
            elif drawn < 0.06 and self._next:
                made.append(value(self._chance.randrange(self._next)))
            else:
                made.append(value(self._next))
                self._next += 1
        return made

    def _produced(self, codec: str, values: Values) -> None:
        producer = Producer(self._told() | {"compression.type": codec})
        self._queue(producer, values)
        assert producer.flush(240) == 0

    def _transacted(self, parts: Sequence[tuple[Values, bool]], name: str) -> None:
        told = {"transactional.id": name, "transaction.timeout.ms": 60_000, "message.timeout.ms": 50_000}
        producer = Producer(self._told() | told)
        _again(producer.init_transactions)
        for values, is_committed in parts:
            producer.begin_transaction()
            self._queue(producer, values)
            try:
                _again(producer.flush)
                _again(producer.commit_transaction if is_committed else producer.abort_transaction)
            except KafkaException as error:
                if error.args[0].fatal():
                    return
                _again(producer.abort_transaction)

    def _queue(self, producer: Producer, values: Values) -> None:
        for place, each in enumerate(values):
            producer.produce(self._topic, each, key=b"%d" % (place % 97), headers=[CONTENT])
            producer.poll(0)

    def _told(self) -> dict[str, Any]:
        return PERSISTENT | {"bootstrap.servers": self._settings.kafka_bootstrap_servers}


def _again(work: Callable[[], object]) -> None:
    """Try until it is done; whoever can be tried again says so."""
    while True:
        try:
            work()
        except KafkaException as error:
            if not error.args[0].retriable():
                raise
        else:
            return
