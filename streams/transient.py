"""Which errors mean that something outside is away, and how to wait for it."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from aiokafka import errors as kafka

from events.errors import Transient
from projections.facts.away import is_away

logger = logging.getLogger(__name__)

T = TypeVar("T")

FIRST_WAIT_SECONDS: Final = 0.1
LONGEST_WAIT_SECONDS: Final = 15.0
"""What restarts is back within seconds; what is away for hours costs four attempts a minute."""

AWAY: Final = (
    Transient,
    kafka.KafkaTimeoutError,
    kafka.KafkaUnavailableError,
    kafka.BrokerNotAvailableError,
    kafka.RebalanceInProgressError,
    kafka.IllegalGenerationError,  # the group went on without this member: join it again
    kafka.UnknownMemberIdError,
)
"""Of the broker, beside what says itself that it can be tried again."""


def is_transient(error: BaseException) -> bool:
    """Whether the same work will succeed once something outside is back: the one place where that is decided.

    Of several errors at once, each must be.
    """
    match error:
        case BaseExceptionGroup():
            return all(map(is_transient, error.exceptions))
        case kafka.KafkaError() if error.retriable:
            return True
        case _:
            return is_away(error) or isinstance(error, AWAY)


def wait_seconds(attempt: int) -> float:
    """Return how long to wait after an attempt, the first being 0: twice as long each time, spread by half."""
    longest = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0 ** min(attempt, 20))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, keeps no secret


async def until_done(work: Callable[[], Awaitable[T]], what: str) -> T:
    """Try until it succeeds, waiting longer each time; what is not transient is raised at once."""
    attempt = 0
    while True:
        try:
            return await work()
        except Exception as error:
            if not is_transient(error):
                raise
            seconds = wait_seconds(attempt)
            logger.warning("Waiting what=%s seconds=%.1f error=%s", what, seconds, type(error).__name__)
            await asyncio.sleep(seconds)
            attempt += 1
