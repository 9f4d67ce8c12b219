"""A real Prometheus with the shipped configuration, which scrapes every second, and what it holds."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import httpx
import psutil
import yaml

from benchmarks.ground import Ground
from benchmarks.processes import running
from infra.local.ports import LOOPBACK, free_ports
from infra.local.prometheus import Prometheus

SCRAPE_INTERVAL: Final = "1s"


@dataclass(frozen=True, slots=True)
class Scraper:
    """Prometheus as it runs.

    Attributes:
        client: to its HTTP API.
    """

    process: psutil.Process
    client: httpx.AsyncClient

    async def value(self, series: str) -> float | None:
        """The newest sample of one series that it holds; None where it holds none."""
        answer = await self.client.get("/api/v1/query", params={"query": series})
        found = answer.raise_for_status().json()["data"]["result"]
        return float(found[0]["value"][1]) if found else None


@asynccontextmanager
async def scraping(ground: Ground) -> AsyncIterator[Scraper]:
    """Prometheus beside a server and a worker; it has the shipped rules and tells nobody."""
    settings, (port, nobody) = ground.settings, free_ports(2)
    prometheus = Prometheus(
        folder=settings.data_dir.absolute() / "prometheus",
        targets={"tenfold": settings.server_port, "tenfold-worker": settings.worker_metrics_port},
        port=port,
        alertmanager_port=nobody,
        log_file=settings.data_dir / "log" / "prometheus.log",
    )
    prometheus.prepare()
    _hurry(prometheus)
    async with (
        running(prometheus.child()) as process,
        httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{port}", timeout=30) as client,
    ):
        yield Scraper(process, client)


def _hurry(prometheus: Prometheus) -> None:
    config = yaml.safe_load(prometheus.config.read_text())
    config["global"]["scrape_interval"] = SCRAPE_INTERVAL
    config.pop("alerting")
    prometheus.config.write_text(yaml.safe_dump(config, sort_keys=False))
