"""Prometheus and Alertmanager, the real ones, with the shipped files made quick, and somebody who receives messages."""

import asyncio
import json
import os
import sys
import threading
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

import httpx
import yaml
from prometheus_client.parser import text_string_to_metric_families

from infra.local.child import Child
from infra.local.ports import LOOPBACK, accepts, free_ports
from infra.local.prometheus import ALERTMANAGER_CONFIG, RULES, Alertmanager, Prometheus
from infra.settings import Settings
from tests.through_the_log import SHARED

DEADLINE_SECONDS = 90.0
FOR = "8s"
"""In place of two hours and of a day. Prometheus looks for its Alertmanager only after five seconds."""

Answer = TypeVar("Answer")
Samples = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


async def until(ask: Callable[[], Awaitable[Answer]], seconds: float = DEADLINE_SECONDS) -> Answer:
    """Ask again and again until the answer is something."""
    async with asyncio.timeout(seconds):
        while not (found := await ask()):
            await asyncio.sleep(0.1)
    return found


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


@asynccontextmanager
async def running(child: Child) -> AsyncIterator[Process]:
    """A process that serves, for as long as the block lasts or until it ends."""
    process = await child.spawn()
    try:
        await until(child.ready)
        yield process
    finally:
        with suppress(ProcessLookupError):
            await child.stop(process)


def server(settings: Settings, log: Path) -> Child:
    """`tenfold serve`."""
    told = {f"TENFOLD_{name.upper()}": str(getattr(settings, name)) for name in (*SHARED, "server_port")}
    return Child(
        name="server",
        command=(sys.executable, "-m", "infra", "--debug", "serve"),
        log_file=log,
        ready=lambda: accepts(settings.server_port),
        environment=os.environ | told,
    )


@dataclass
class Watch:
    """A Prometheus and an Alertmanager that look every second and tell an inbox."""

    prometheus: Prometheus
    alertmanager: Alertmanager

    @property
    def address(self) -> str:
        """Of Prometheus."""
        return f"http://{LOOPBACK}:{self.prometheus.port}"

    async def ask(self, path: str, **asked: str | float) -> Any:
        """What Prometheus's API says."""
        async with httpx.AsyncClient(base_url=self.address, timeout=30) as client:
            answer = (await client.get(f"/api/v1/{path}", params=asked)).json()
        assert answer["status"] == "success", answer
        return answer["data"]

    async def query(self, words: str, **asked: float) -> list[dict[str, Any]]:
        """The series of an instant query."""
        found: list[dict[str, Any]] = (await self.ask("query", query=words, **asked))["result"]
        return found

    async def value(self, words: str, **asked: float) -> float | None:
        """The value of an instant query that has one; None where it has none."""
        found = await self.query(words, **asked)
        assert len(found) <= 1, found
        return float(found[0]["value"][1]) if found else None


def watch(settings: Settings, folder: Path, received: Inbox) -> Watch:
    """Both, configured by the shipped files, with seconds in place of hours, and nothing started."""
    port, alertmanager_port = free_ports(2)
    targets = {"tenfold": settings.server_port, "tenfold-worker": settings.worker_metrics_port}
    prometheus = Prometheus(folder / "prometheus", targets, port, alertmanager_port, folder / "prometheus.log")
    prometheus.prepare()
    _hurry_prometheus(prometheus)
    config = folder / "alertmanager.yml"
    config.write_text(yaml.safe_dump(_hurried_routes(received)))
    return Watch(
        prometheus, Alertmanager(folder / "alertmanager", alertmanager_port, folder / "alertmanager.log", config)
    )


def _hurry_prometheus(prometheus: Prometheus) -> None:
    rules = prometheus.folder / "rules"
    rules.mkdir()
    for file in RULES.glob("*.yml"):
        text = file.read_text()
        if file.stem == "community":
            assert "for: 2h\n" in text
            text = text.replace("for: 2h\n", f"for: {FOR}\n").replace(
                "keep_firing_for: 1d\n", f"keep_firing_for: {FOR}\n"
            )
        (rules / file.name).write_text(text)
    config = yaml.safe_load(prometheus.config.read_text())
    config["global"] |= {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(rules / "*.yml")]
    prometheus.config.write_text(yaml.safe_dump(config, sort_keys=False))


def _hurried_routes(received: Inbox) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load(ALERTMANAGER_CONFIG.read_text())
    config["templates"] = [str(ALERTMANAGER_CONFIG.parent / name) for name in config["templates"]]
    for route in [config["route"], *config["route"]["routes"]]:
        route |= {"group_wait": "3s", "group_interval": "2s"}
        route.pop("active_time_intervals", None)
    for receiver in config["receivers"]:
        url = f"http://{LOOPBACK}:{received.port}/{receiver['name']}"
        receiver["webhook_configs"] = [{"url": url, "send_resolved": True}]
    return config


async def scraped(settings: Settings) -> Samples:
    """What the server says now; nothing while it does not answer."""
    try:
        async with httpx.AsyncClient() as client:
            text = (await client.get(f"http://{LOOPBACK}:{settings.server_port}/metrics")).text
    except httpx.TransportError:
        return {}
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def number(samples: Samples, name: str, **labels: str) -> float | None:
    """One of them."""
    return samples.get((f"tenfold_{name}", frozenset(labels.items())))
