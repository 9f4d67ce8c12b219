"""A way to the database that breaks once, after as many pieces of what is said on it as a test likes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

PIECE_BYTES = 65_536


class Cut:
    """What passes on its way, and when that ends.

    Attributes:
        passed: pieces that went either way since the test last asked to break it.
    """

    def __init__(self) -> None:
        self.passed = 0
        self._at: int | None = None
        self._by: Callable[[], Awaitable[None]] = self.hang_up
        self._open: set[asyncio.StreamWriter] = set()

    def after(self, pieces: int | None, by: Callable[[], Awaitable[None]] | None = None) -> None:
        """Break it when so many pieces have passed; by default both ends hear of it at once, without a word."""
        self.passed, self._at, self._by = 0, pieces, by or self.hang_up

    @property
    def was_cut(self) -> bool:
        """Whether it broke since then."""
        return self._at is None

    async def hang_up(self) -> None:
        """End every connection that is open now."""
        for writer in self._open:
            writer.transport.abort()
        self._open.clear()

    async def count(self) -> None:
        """A piece is about to pass."""
        self.passed += 1
        if self._at is not None and self.passed > self._at:
            self._at = None
            await self._by()

    def opened(self, *writers: asyncio.StreamWriter) -> None:
        """A connection goes through here now."""
        self._open.update(writers)


@asynccontextmanager
async def cutting(url: str) -> AsyncIterator[tuple[str, Cut]]:
    """The address of a database through a way that a test can cut."""
    there = urlsplit(url)
    cut = Cut()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, asking = await asyncio.open_connection(there.hostname, there.port)
        cut.opened(writer, asking)
        await asyncio.gather(copy(reader, asking), copy(answers, writer))

    async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while piece := await reader.read(PIECE_BYTES):
                await cut.count()
                writer.write(piece)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield there._replace(netloc=f"{there.username}:{there.password}@127.0.0.1:{port}").geturl(), cut
    finally:
        server.close()
        await cut.hang_up()
        await server.wait_closed()
