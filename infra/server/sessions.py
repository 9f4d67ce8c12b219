"""Who signed in with a browser: a random id in its cookie, and here what makes it worth something, until sign-out.

The id is known to the browser alone. What is kept is its digest, and a proof of the token that was shown, which is
keyed by the id: whoever reads the table can neither take over a session nor try out tokens, and a token that is changed
or taken away ends all that it began.

Source: OWASP, Session Management Cheat Sheet.
"""

import asyncio
import hmac
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final, Protocol

import asyncpg

from infra.server.problems import Problem
from streams.transient import is_transient

ID_BYTES: Final = 32
SESSION_SECONDS: Final = 12 * 3600
"""A working day; then the token is asked for again."""
DATABASE_SECONDS: Final = 5.0
"""For the database; who waits longer sees what everybody does."""

FORGET = "delete from access.session where expires_at <= now()"
BEGIN = "insert into access.session (key, proof, expires_at) values ($1, $2, now() + make_interval(secs => $3))"
FIND = "select proof from access.session where key = $1 and expires_at > now()"
END = "delete from access.session where key = $1"


@dataclass(frozen=True, slots=True)
class Session:
    """What a browser shows.

    Attributes:
        id: What its cookie holds.
    """

    id: str

    @classmethod
    def new(cls) -> "Session":
        """One that nobody can guess."""
        return cls(token_urlsafe(ID_BYTES))

    @property
    def key(self) -> bytes:
        """Under what it is kept."""
        return sha256(self.id.encode()).digest()

    def proof(self, token: str) -> bytes:
        """That it began with this token, for whoever knows the id."""
        return hmac.digest(self.id.encode(), token.encode(), "sha256")


class Sessions(Protocol):
    """What was begun and has not ended."""

    async def begin(self, session: Session, token: str) -> None:
        """Keeps a session that a token opened, for as long as sessions last."""

    async def proof_of(self, session: Session) -> bytes | None:
        """What it began with; nothing where it never began or is over."""

    async def end(self, session: Session) -> None:
        """Ends it, wherever it is shown from now on."""


class StoredSessions:
    """Those in PostgreSQL: every server of an installation knows them, and a restart ends none."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def begin(self, session: Session, token: str) -> None:
        """Keeps a session, and forgets those that are over.

        Raises:
            Problem: 503, the database is away.
        """
        await self._do(FORGET)
        await self._do(BEGIN, session.key, session.proof(token), SESSION_SECONDS)

    async def proof_of(self, session: Session) -> bytes | None:
        """What it began with; while the database is away, nobody is signed in."""
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                return await self._pool.fetchval(FIND, session.key)  # type: ignore[no-any-return]
        except Exception as error:
            if not is_away(error):
                raise
            return None

    async def end(self, session: Session) -> None:
        """Ends it.

        Raises:
            Problem: 503, the database is away.
        """
        await self._do(END, session.key)

    async def _do(self, statement: str, *values: object) -> None:
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                await self._pool.execute(statement, *values)
        except Exception as error:
            if not is_away(error):
                raise
            raise Problem(503, "The database is away; try again in a moment.") from error


def is_away(error: BaseException) -> bool:
    """Whether the database is away, or has not been prepared yet."""
    return is_transient(error) or isinstance(error, asyncpg.UndefinedTableError | asyncpg.InvalidSchemaNameError)
