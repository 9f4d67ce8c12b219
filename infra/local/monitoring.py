"""Prometheus and Alertmanager in a local stack, with the past loaded before Prometheus first starts."""

from collections.abc import Callable

from infra.local.backfill import backfill
from infra.local.errors import StackError
from infra.local.ports import LOOPBACK, require_free
from infra.local.prometheus import HOW_TO_GET, Alertmanager, Prometheus, missing
from infra.local.stack import LocalStack

Tell = Callable[[str, str], None]


async def start_monitoring(stack: LocalStack, tell: Tell) -> None:
    """Start both in a stack whose worker and server run.

    Where they are not installed, or do not start, that is said: all else goes on without them.
    """
    if missing():
        tell("prometheus", f"not installed; to get it: {HOW_TO_GET}")
        return
    settings, folder = stack.settings, stack.folder
    await require_free({name: getattr(settings, name) for name in ("prometheus_port", "alertmanager_port")})
    targets = {"tenfold": settings.server_port, "tenfold-worker": settings.worker_metrics_port}
    log = folder / "log"
    prometheus = Prometheus(
        folder / "prometheus", targets, settings.prometheus_port, settings.alertmanager_port, log / "prometheus.log"
    )
    alertmanager = Alertmanager(folder / "alertmanager", settings.alertmanager_port, log / "alertmanager.log")
    prometheus.prepare()
    if not prometheus.data.exists():
        tell("prometheus", "is given the past …")
        tell("prometheus", f"has {await backfill(settings, prometheus.data):,} samples of it")
    for child, port in ((alertmanager.child(), alertmanager.port), (prometheus.child(), prometheus.port)):
        try:
            await stack.start(child, f"http://{LOOPBACK}:{port}/")
        except StackError as error:  # the page is up, and stays up without it
            tell(child.name, f"{error}; it is tried again")
