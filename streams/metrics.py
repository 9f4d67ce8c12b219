"""What a worker says about itself; lag comes from the server, so that a dead worker's lag is seen."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from events.errors import Reason

APPLY_SECONDS_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""An idle worker's batch takes 5 ms, a full one 50 to 100; the last ones show a database in trouble."""


class WorkerMetrics:
    """The worker's metric families, in the registry given; every series exists from the start."""

    def __init__(self, registry: CollectorRegistry, version: str) -> None:
        self.applied = Counter("tenfold_events_applied", "Events written as facts.", registry=registry)
        self.duplicate = Counter(
            "tenfold_events_duplicate", "Events told before, with the same content.", registry=registry
        )
        self.rejected = Counter(
            "tenfold_events_rejected", "Records set aside as dead letters, by reason.", ["reason"], registry=registry
        )
        for reason in Reason:
            self.rejected.labels(reason.value)
        self.trimmed = Counter(
            "tenfold_batch_trimmed_records",
            "Records dropped because another worker, or this one before it lost track, had applied them.",
            registry=registry,
        )
        self.apply_seconds = Histogram(
            "tenfold_batch_apply_seconds",
            "Time from a batch's first attempt at its transaction to its commit.",
            buckets=APPLY_SECONDS_BUCKETS,
            registry=registry,
        )
        self.last_applied = Gauge(
            "tenfold_last_applied_timestamp_seconds", "When a batch was last committed.", registry=registry
        )
        build = Gauge("tenfold_build_info", "Always 1; the labels say what runs.", ["version"], registry=registry)
        build.labels(version).set(1)
