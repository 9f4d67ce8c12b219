"""Which errors mean that something outside is away, and how to wait for it."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import asyncpg
from aiokafka import errors as kafka

from events.errors import Transient

logger = logging.getLogger(__name__)

T = TypeVar("T")

FIRST_WAIT_SECONDS: Final = 0.1
LONGEST_WAIT_SECONDS: Final = 15.0
"""What restarts is back within seconds; what is away for hours costs four attempts a minute."""

AWAY: Final = (
    Transient,
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # shut down, starting up, cancelled
    asyncpg.InsufficientResourcesError,  # too many connections, disk full
    asyncpg.TransactionRollbackError,  # deadlock, serialization
    asyncpg.IdleInTransactionSessionTimeoutError,  # this process stood still for too long
    asyncpg.InternalClientError,  # what asyncpg makes of that message when it comes between two statements
    asyncpg.LockNotAvailableError,  # somebody holds what is needed: soon they go on, or are ended
    asyncpg.ReadOnlySQLTransactionError,  # a standby that is about to be promoted
    kafka.KafkaTimeoutError,
    kafka.KafkaUnavailableError,
    kafka.BrokerNotAvailableError,
    kafka.RebalanceInProgressError,
    kafka.IllegalGenerationError,  # the group went on without this member: join it again
    kafka.UnknownMemberIdError,
)


def is_transient(error: BaseException) -> bool:
    """Whether the same work will succeed once something outside is back."""
    match error:
        case kafka.KafkaError() if error.retriable:
            return True
        case asyncpg.InterfaceError():  # "connection is closed", "pool is closing": asyncpg has no class for it
            return "clos" in str(error) or is_confused(error)
        case _:
            return isinstance(error, AWAY)


def is_confused(error: BaseException | None) -> bool:
    """Whether asyncpg read that its session is over when it was about to speak; then it cannot even roll back."""
    return error is not None and (isinstance(error, asyncpg.InternalClientError) or is_confused(error.__context__))


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
