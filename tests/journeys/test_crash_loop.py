"""A worker that ends again and again, to the message to whoever is on call, while all else goes on."""

from pathlib import Path

import pytest
import yaml

from infra.commands.up import WORKER
from infra.local.ports import LOOPBACK, own_ports
from infra.local.prometheus import missing
from infra.settings import Settings
from tests.support.inbox import Inbox, inbox
from tests.support.watching import Part, Watch, scraped, tenfold, until, watch

ENDS = 3
"""As often as makes the alert: gone and back three times."""

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()}")


async def test_whoever_is_on_call_is_told_of_a_worker_that_does_not_stay_up(tmp_path: Path) -> None:
    with own_ports(2) as (server_port, worker_port), inbox() as received:
        settings = away(server_port, worker_port, tmp_path)
        with watch(settings, tmp_path, received) as seen:
            at_once(seen, "TenfoldTargetUnsteady")
            worker = Part(tenfold(settings, tmp_path / "worker.log", *WORKER, port=worker_port))
            server = Part(tenfold(settings, tmp_path / "server.log", "serve", port=server_port))
            parts = [server, worker, Part(seen.alertmanager.child()), Part(seen.prometheus.child())]
            try:
                for part in parts:
                    await part.start()
                for _ in range(ENDS):
                    await until(lambda: is_up(seen, 1))
                    worker.process.kill()
                    await until(lambda: is_up(seen, 0))
                await until(lambda: told(received))
                assert await scraped(settings)
            finally:
                for part in reversed(parts):
                    await part.stop()


def away(server_port: int, worker_port: int, folder: Path) -> Settings:
    """Settings by which neither Kafka nor PostgreSQL can be reached."""
    return Settings(
        _env_file=None,
        kafka_bootstrap_servers=f"{LOOPBACK}:9",
        database_url=f"postgresql://nobody@{LOOPBACK}:9/none",
        server_port=server_port,
        worker_metrics_port=worker_port,
        data_dir=folder,
    )


def at_once(seen: Watch, alert: str) -> None:
    """Makes an alert wait for nothing."""
    file = seen.prometheus.folder / "rules" / "service.yml"
    rules = yaml.safe_load(file.read_text())
    for rule in rules["groups"][0]["rules"]:
        if rule["alert"] == alert:
            rule["for"] = "0s"
    file.write_text(yaml.safe_dump(rules))


async def is_up(seen: Watch, value: int) -> bool:
    return await seen.api.value('up{job="tenfold-worker"}') == value


async def told(received: Inbox) -> bool:
    alerts = [alert for message in received.to("on-call") for alert in message["alerts"]]
    return ("TenfoldTargetUnsteady", "tenfold-worker") in {
        (alert["labels"]["alertname"], alert["labels"]["job"]) for alert in alerts
    }
