"""One connection of a client, which may not take as long as it likes, nor keep others out.

Uvicorn closes a connection that is idle between two requests, and waits for ever for one that sends, or reads, a little
now and then. Here each request must be there in time and each answer be read in time, and where there are too many
connections the one goes that has kept us waiting longest.
"""

import asyncio
import resource
from typing import Final

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

REQUEST_SECONDS: Final = 10.0
"""For all of a request, or for its beginning after the one before. Forms here are of a few hundred bytes."""
ANSWER_SECONDS: Final = 120.0
"""For finding an answer, of which PostgreSQL may take a minute, and for reading it over a slow line."""
MOST_CONNECTIONS: Final = 1000
FILES_A_CONNECTION: Final = 4
"""Of four files that we may open one at most is a client's: others are PostgreSQL's, Kafka's, and those to come."""


class Connection(H11Protocol):
    """HTTP/1.1 with a deadline for whatever is awaited.

    Attributes:
        is_asking: Whether it has yet to send (the rest of) a request.
        since: Since when it has, or has not, by the loop's clock.
    """

    _deadline: asyncio.TimerHandle | None = None
    is_asking = True
    since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Waits for the first request, and may send away somebody else."""
        super().connection_made(transport)
        self._begin(REQUEST_SECONDS)
        if len(self.connections) > most_connections():
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        if self._deadline:
            self._deadline.cancel()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Takes in what arrived; once that is all of a request, the answer is awaited."""
        super().handle_events()
        cycle: RequestResponseCycle | None = self.cycle  # none before the first request, whatever uvicorn's type says
        if self.is_asking and cycle and not (cycle.more_body or cycle.response_complete):
            self.is_asking = False
            self._begin(ANSWER_SECONDS)

    def on_response_complete(self) -> None:
        """Waits for the next request, or until the client has read all of the answer."""
        self.is_asking = True
        self._begin(ANSWER_SECONDS if self.transport.get_write_buffer_size() else REQUEST_SECONDS)
        super().on_response_complete()

    def _begin(self, seconds: float) -> None:
        self.since = self.loop.time()
        if self._deadline:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _make_room(self) -> None:
        """Ends the connection that has waited for its own request for longest; where there is none, for an answer."""
        others = (one for one in self.connections if isinstance(one, Connection) and one is not self)
        waiting = (one for one in others if not one.transport.is_closing())
        min(waiting, key=lambda one: (not one.is_asking, one.since), default=self).transport.abort()


def most_connections() -> int:
    """How many connections there may be, by the files that this process may open."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if files == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, files // FILES_A_CONNECTION)
