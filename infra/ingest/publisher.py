"""How commands put events into the log: past the edge, and only what does not stand already."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from typing import Final, TypeVar

import asyncpg

from events.catalog import AnyEvent
from events.errors import TenfoldError
from events.keys import fact_key
from infra.database.session import connected, policy_of
from infra.ingest.pseudonymising import Edge, Names
from infra.kafka import topics as broker
from infra.settings import Settings
from projections.facts import standing, store
from projections.policy.policy import Policy
from streams.producer import Producer

T = TypeVar("T")

CHUNK_EVENTS: Final = 2000
"""Between two questions to the database; some megabytes of events."""


class Publisher:
    """Publishes the events of one community.

    Attributes:
        connection: to the database, for whoever has to know what stands already.
        edge: what events pass on their way.
    """

    def __init__(self, community: str, connection: asyncpg.Connection, producer: Producer, edge: Edge) -> None:
        self.community = community
        self.connection = connection
        self.edge = edge
        self._producer = producer

    async def publish(self, events: Sequence[AnyEvent], all_names: Names | None = None) -> list[AnyEvent]:
        """Sends what is new and returns it, as it stands in the log; what stands already keeps what it says.

        Args:
            events: all of this publisher's community.
            all_names: where the events do not hold all names of their people themselves.
        """
        admitted = self.edge.admit(events, all_names)
        await standing.remember(self.connection, admitted.people)
        keyed = {fact_key(event.community, event.source, event.id): event for event in admitted.events}
        known = await store.known_digests(self.connection, list(keyed))
        new = [event for key, event in keyed.items() if key not in known]
        for event in new:
            await self._producer.send(event)
        return new

    async def flush(self) -> None:
        """Returns once the broker has everything."""
        await self._producer.flush()


@asynccontextmanager
async def publishing(settings: Settings, community: str) -> AsyncIterator[Publisher]:
    """Connects what publishing needs; everything is in the log when the block ends well.

    Raises:
        TenfoldError: the policy does not list the community, or broker or database do not answer.
    """
    policy = policy_of(settings)
    require_listed(policy, community)
    key = settings.pseudonym_key.get_secret_value().encode() if settings.pseudonym_key else None
    async with broker.admin(settings.kafka_bootstrap_servers):
        pass  # answers; the producer would wait for a broker that is away, as a worker should
    async with (
        connected(settings) as connection,
        Producer(settings.kafka_bootstrap_servers, settings.topic_prefix) as producer,
    ):
        await store.prepare(connection)
        yield Publisher(community, connection, producer, Edge(policy.community(community), key))


def require_listed(policy: Policy, community: str) -> None:
    """Refuses to send what would be set aside.

    Raises:
        TenfoldError: the policy does not list the community.
    """
    if not policy.accepts(community):
        raise TenfoldError(f"the policy lists no community {community}: its events would be set aside")


def chunks(items: Iterable[T], size: int = CHUNK_EVENTS) -> Iterator[list[T]]:
    """What comes, so many at a time: streams are published in pieces that fit the memory."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
