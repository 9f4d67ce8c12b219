"""Publishes what was known of a day when it closed, each community by itself."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final, Protocol

from events.envelope import MAX_EVENT_BYTES
from events.published import SERVER, DayPublished, Publication, PublishedSample, part_of
from infra.server.faults import Faults
from projections.evaluation.evaluator import Evaluator
from projections.evaluation.open_days import ClosedDay
from projections.evaluation.version import read_model_version
from projections.policy.policy import Policy
from streams.transient import is_transient

logger = logging.getLogger(__name__)

ENVELOPE_BYTES: Final = 16 * 1024
"""All of an event but its samples takes less: an id, names, the policy's digest."""
MOST_SAMPLE_BYTES: Final = MAX_EVENT_BYTES - ENVELOPE_BYTES


class Outlet(Protocol):
    """Where published days go: `streams.producer.Producer`."""

    async def send(self, event: DayPublished) -> None:
        """Sends an event soon."""

    async def flush(self) -> None:
        """Returns once the log has everything sent."""


class Closing:
    """Closes days.

    Attributes:
        faults: Communities whose days could not be published, with what that rests on.
    """

    def __init__(self, outlet: Outlet) -> None:
        self.faults = Faults("Closing")
        self._outlet = outlet

    async def close(self, evaluator: Evaluator, policy: Policy) -> None:
        """Sends the numbers of days that have ended to the log, oldest first."""
        for community, days in groupby(evaluator.days_to_close(), key=lambda closed: closed.community):
            await self._close(community, list(days), evaluator, policy)

    async def _close(self, community: str, days: Sequence[ClosedDay], evaluator: Evaluator, policy: Policy) -> None:
        """Close the days of one community; what is wrong with one keeps no other from closing."""
        if self.faults.is_of(community, days[0].history):
            return
        try:
            for closed in days:
                await self._publish(await asyncio.to_thread(publications, closed, policy, datetime.now(UTC)))
                evaluator.closed(community, closed.day)
                logger.info("Closed community=%s day=%s", community, closed.day)
        except Exception as error:
            if is_transient(error):
                raise
            self.faults.found(community, days[0].history, error)
        else:
            self.faults.settled(community)

    async def _publish(self, parts: Sequence[DayPublished]) -> None:
        """The last part says that there are no more, so it goes when the log has the others."""
        *first, last = parts
        for part in first:
            await self._outlet.send(part)
        await self._outlet.flush()
        await self._outlet.send(last)
        await self._outlet.flush()


def publications(closed: ClosedDay, policy: Policy, now: datetime) -> list[DayPublished]:
    """The events that say what was published when a day closed: one, or, where that were too large, several.

    Their ids hold the moment, so that two servers that close the same day say two things: the first counts.
    """
    ended = datetime.combine(closed.day, datetime.max.time(), UTC) + timedelta(microseconds=1)
    moment = max(now, ended)  # clocks may differ, but a day is published after it has ended
    whole = f"{closed.day}/{moment.isoformat()}"
    samples = [PublishedSample(name=one.name, labels=dict(one.labels), value=one.value) for one in closed.samples]
    *first, last = pieces(samples)
    ids = {part_of(whole, number): piece for number, piece in enumerate(first, 1)} | {whole: last}
    return [publication(closed, policy, moment, id_, piece) for id_, piece in ids.items()]


def publication(
    closed: ClosedDay, policy: Policy, moment: datetime, id_: str, samples: Iterable[PublishedSample]
) -> DayPublished:
    """One event."""
    return DayPublished(
        id=id_,
        source=SERVER,
        time=moment,
        community=closed.community,
        data=Publication(
            day=closed.day,
            samples=tuple(samples),
            read_model_version=read_model_version(),
            policy=policy.community(closed.community).digest,
        ),
    )


def pieces(samples: Iterable[PublishedSample]) -> Iterator[list[PublishedSample]]:
    """Samples, as many at a time as fit an event; at least one piece, of none where there are none."""
    piece: list[PublishedSample] = []
    size = 0
    for sample in samples:
        takes = len(sample.model_dump_json().encode()) + 1
        if piece and size + takes > MOST_SAMPLE_BYTES:
            yield piece
            piece, size = [], 0
        piece.append(sample)
        size += takes
    yield piece
