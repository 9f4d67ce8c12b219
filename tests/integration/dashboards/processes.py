"""What a server and two workers tell Prometheus."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest

from infra.server import scrape
from infra.server.scrape import Operations
from streams.metrics import WorkerMetrics
from tests.integration.dashboards.garden import UNTIL

SCRAPES, SECONDS_APART, PER_SCRAPE = 20, 15, 150


def processes() -> Iterator[str]:
    """What the server and two workers say, each counter up by the same with every scrape."""
    registry = CollectorRegistry()
    WorkerMetrics(registry, "0.1.0")
    operations = Operations({"version": "0.1.0"}, {("contributions", 0): 7}, {}, 0.1, UNTIL.timestamp() - 30)
    scraped = [("tenfold", scrape.operations(operations, {"garden": True}))]
    scraped += [("tenfold-worker", generate_latest(registry))] * 2
    for number, (job, told) in enumerate(scraped):
        labels = f'job="{job}",instance="{number}"'
        found = [line for line in told.decode().splitlines() if not line.startswith("#") and "_created" not in line]
        for line in [*found, "up 1", f"scrape_samples_scraped {len(found)}"]:
            yield from samples(line, labels)


def samples(line: str, labels: str) -> Iterator[str]:
    series, value = line.rsplit(" ", 1)
    name, _, rest = series.partition("{")
    counts = name.endswith(("_total", "_bucket", "_count", "_sum"))
    for back in range(SCRAPES, -1, -1):
        at = UNTIL.timestamp() - SECONDS_APART * back
        grown = float(value) + PER_SCRAPE * (SCRAPES - back) if counts else float(value)
        yield f"{name}{{{labels}{',' + rest[:-1] if rest else ''}}} {grown} {at}\n"
