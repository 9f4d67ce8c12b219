"""Somebody who receives messages."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from infra.local.ports import LOOPBACK


@dataclass
class Inbox:
    """Messages as Alertmanager sends them to a web hook, by receiver, in their order."""

    port: int = 0
    messages: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def to(self, receiver: str, community: str | None = None) -> list[dict[str, Any]]:
        """What a receiver was told, perhaps of one community alone."""
        return [
            message
            for name, message in self.messages
            if name == receiver and community in (None, message["groupLabels"].get("community"))
        ]


@contextmanager
def inbox() -> Iterator[Inbox]:
    """A web hook for each receiver, at the path of its name."""
    received = Inbox()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.messages.append((self.path.strip("/"), json.loads(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing to say."""

    with ThreadingHTTPServer((LOOPBACK, 0), Hook) as server:
        received.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield received
        finally:
            server.shutdown()
            thread.join()
