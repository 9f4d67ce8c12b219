"""Prometheus and Alertmanager, the real ones, with the shipped files made quick, and what they watch."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import yaml
from prometheus_client.parser import text_string_to_metric_families

from infra.local.child import Child
from infra.local.ports import LOOPBACK, accepts, own_ports
from infra.local.prometheus import ALERTMANAGER_CONFIG, RULES, Alertmanager, Prometheus
from infra.local.supervisor import Supervisor
from infra.settings import Settings
from tests.support.inbox import Inbox
from tests.support.patience import PATIENCE_SECONDS
from tests.support.through_the_log import SHARED

FOR = "8s"
"""In place of two hours and of a day. Prometheus looks for its Alertmanager only after five seconds."""

UNHURRIED = "history_unsettled"
"""It is told when an import or a rebuild takes two hours. Those of tests take seconds, and these are true ones."""

Answer = TypeVar("Answer")
Samples = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


async def until(ask: Callable[[], Awaitable[Answer]], seconds: float = PATIENCE_SECONDS) -> Answer:
    """Ask again and again until the answer is something."""
    async with asyncio.timeout(seconds):
        while not (found := await ask()):
            await asyncio.sleep(0.1)
    return found


@dataclass
class Part:
    """A process that is kept running, as `tenfold up` does it, until it is told to pause."""

    child: Child
    _keeper: Supervisor = field(default_factory=Supervisor)

    async def start(self) -> None:
        """Start it and wait until it serves."""
        await self._keeper.start(self.child)

    async def stop(self) -> None:
        """Ask it to end, if it runs, and wait for that."""
        await self._keeper.stop()

    @property
    def process(self) -> Process:
        """The one that runs."""
        running = self._keeper._running[-1].process
        assert running
        return running


def tenfold(settings: Settings, log: Path, *command: str, port: int) -> Child:
    """A command that serves at a port, on some settings."""
    return Child(
        name=command[0],
        command=(sys.executable, "-m", "infra", "--debug", *command),
        log_file=log,
        ready=lambda: accepts(port),
        environment=environment(settings),
    )


def environment(settings: Settings) -> dict[str, str]:
    """What tells a command these settings."""
    return {f"TENFOLD_{name.upper()}": str(getattr(settings, name)) for name in (*SHARED, "server_port")}


@dataclass(frozen=True)
class PrometheusApi:
    """What a Prometheus says."""

    port: int

    async def ask(self, path: str, **asked: str | float) -> Any:
        """What is said to a question of its API."""
        async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{self.port}", timeout=30) as client:
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

    async def alerts(self, state: str) -> set[tuple[str, str | None]]:
        """The alerts in a state: name and community."""
        found = (await self.ask("alerts"))["alerts"]
        return {(one["labels"]["alertname"], one["labels"].get("community")) for one in found if one["state"] == state}


@dataclass(frozen=True)
class Watch:
    """A Prometheus and an Alertmanager that look every second and tell an inbox."""

    prometheus: Prometheus
    alertmanager: Alertmanager

    @property
    def api(self) -> PrometheusApi:
        """What Prometheus says."""
        return PrometheusApi(self.prometheus.port)


@contextmanager
def watch(settings: Settings, folder: Path, received: Inbox) -> Iterator[Watch]:
    """Both, configured by the shipped files, with seconds in place of hours, and nothing started."""
    config = folder / "alertmanager.yml"
    config.write_text(yaml.safe_dump(_hurried_routes(received)))
    targets = {"tenfold": settings.server_port, "tenfold-worker": settings.worker_metrics_port}
    with own_ports(2) as (port, told_at):
        prometheus = Prometheus(folder / "prometheus", targets, port, told_at, folder / "prometheus.log")
        prometheus.prepare()
        _hurry_prometheus(prometheus)
        yield Watch(prometheus, Alertmanager(folder / "alertmanager", told_at, folder / "alertmanager.log", config))


def _hurry_prometheus(prometheus: Prometheus) -> None:
    rules = prometheus.folder / "rules"
    rules.mkdir()
    for file in RULES.glob("*.yml"):
        shipped = yaml.safe_load(file.read_text())
        for group in shipped["groups"]:
            if "interval" in group:
                group["interval"] = "1s"
            for rule in group["rules"]:
                if "keep_firing_for" in rule and UNHURRIED not in rule["expr"]:
                    rule |= {"for": FOR, "keep_firing_for": FOR}
        (rules / file.name).write_text(yaml.safe_dump(shipped))
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
