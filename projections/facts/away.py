"""Which errors mean that PostgreSQL is away, and not that something was asked of it wrongly.

By class, never by words: a connection is lost in as many shapes as there are moments at which it can be.
"""

from typing import Final

import asyncpg

LOST: Final = (
    OSError,  # refused, reset, unreachable, a time-out
    EOFError,  # it ended in the middle of an answer
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # shut down, crashed, starting up, cancelled
    asyncpg.InsufficientResourcesError,  # too many connections, disk full
    asyncpg.PostgresSystemError,  # its disk fails
    asyncpg.TransactionRollbackError,  # deadlock, serialization
    asyncpg.IdleInTransactionSessionTimeoutError,  # this process stood still for too long
    asyncpg.InternalClientError,  # what asyncpg makes of a message that comes between two statements
    asyncpg.LockNotAvailableError,  # somebody holds what is needed: soon they go on, or are ended
    asyncpg.ReadOnlySQLTransactionError,  # a standby that is about to be promoted
)


def is_away(error: BaseException) -> bool:
    """Whether the same work will succeed once the database, or the way to it, is back.

    asyncpg says of a connection that was lost that it is closed, was released, is in another operation, cannot begin a
    transaction, and more, always by `InterfaceError` itself. What is asked wrongly has classes of its own below it.
    """
    return type(error) is asyncpg.InterfaceError or isinstance(error, LOST)
