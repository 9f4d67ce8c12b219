"""/metrics: all numbers of today and how the server is, as text that is finished before anybody asks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from events.errors import Reason
from infra.policy.live_policy import FOLLOWED, FOLLOWED_HELP
from projections.timeline.history import Sample

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

CATCHING_UP = "1 while events wait to be read, so that the numbers are those of before."
FAILED = "1 while a community cannot be worked out, shown or closed, so that its numbers are those of before, if any."

NOBODY: Mapping[str, bool] = MappingProxyType({})

Lines = Mapping[bytes, bytes]
"""One community's part of the text: the help and type of each family → the community's lines of it."""


@dataclass
class Operations:
    """How the server and the way to it are; absent until known.

    Attributes:
        build: What runs: version, policy, read models.
        lag_records: (topic, partition) → records in the log that are in no table yet.
        dead_letters: Reason → how many.
        evaluation_seconds: How long the last evaluation took.
        evaluated_at: Up to when all that was applied is in the numbers (but of communities that failed), in seconds
            since the epoch.
        stopped: (topic, partition) that no worker reads on → how its log is not the one that was read.
        policy_is_followed: Whether the policy that holds is what its file says.
    """

    build: Mapping[str, str]
    lag_records: Mapping[tuple[str, int], int] = field(default_factory=dict)
    dead_letters: Mapping[str, int] = field(default_factory=dict)
    evaluation_seconds: float | None = None
    evaluated_at: float | None = None
    stopped: Mapping[tuple[str, int], str] = field(default_factory=dict)
    policy_is_followed: bool = True


def numbers(samples: Mapping[str, Iterable[Sample]], help_of: Mapping[str, str]) -> bytes:
    """The first part: every family of every community.

    Args:
        samples: Community → its newest numbers.
        help_of: Family without prefix → its help.
    """
    return together(metric_lines(community, theirs, help_of) for community, theirs in sorted(samples.items()))


def metric_lines(community: str, samples: Iterable[Sample], help_of: Mapping[str, str]) -> Lines:
    """What one community adds to the first part."""
    families: dict[str, GaugeMetricFamily] = {}
    for sample in samples:
        family = _family(families, sample, help_of)
        family.add_metric([community, *sample.labels.values()], sample.value)
    return dict(_halves(_label_text([family])) for family in families.values())


def together(parts: Iterable[Lines]) -> bytes:
    """The first part of several communities: each family once."""
    families: dict[bytes, list[bytes]] = {}
    for part in parts:
        for heading, values in part.items():
            families.setdefault(heading, [heading]).append(values)
    return b"".join(piece for pieces in families.values() for piece in pieces)


def operations(now: Operations, catching_up: Mapping[str, bool], failed: Mapping[str, bool] = NOBODY) -> bytes:
    """The second part: the server itself, and which communities' numbers stand still, or cannot be worked out."""
    return _label_text(families_of_operations(now, catching_up, failed))


def _family(families: dict[str, GaugeMetricFamily], sample: Sample, help_of: Mapping[str, str]) -> GaugeMetricFamily:
    if sample.name not in families:
        words = help_of.get(sample.name.removeprefix("tenfold_"), sample.name)
        labels = ["community", *sample.labels]
        families[sample.name] = GaugeMetricFamily(sample.name, words, labels=labels)
    return families[sample.name]


def families_of_operations(
    now: Operations, catching_up: Mapping[str, bool], failed: Mapping[str, bool]
) -> Iterator[GaugeMetricFamily]:
    """The families of the second part; those that are not known yet are absent."""
    build = GaugeMetricFamily("tenfold_build_info", "Always 1; the labels say what runs.", labels=list(now.build))
    build.add_metric(list(now.build.values()), 1)
    yield build
    yield GaugeMetricFamily(FOLLOWED, FOLLOWED_HELP, value=float(now.policy_is_followed))
    for name, (words, of) in {"catching_up": (CATCHING_UP, catching_up), "evaluation_failed": (FAILED, failed)}.items():
        yield _by_community(f"tenfold_{name}", words, of)
    yield _lag(now)
    yield _stopped(now)
    dead = GaugeMetricFamily(
        "tenfold_dead_letters", "Records set aside that nobody settled, by reason.", labels=["reason"]
    )
    for reason in Reason:
        dead.add_metric([reason.value], now.dead_letters.get(reason.value, 0))
    yield dead
    yield from _evaluation(now)


def _by_community(name: str, words: str, of: Mapping[str, bool]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words, labels=["community"])
    for community, holds in sorted(of.items()):
        family.add_metric([community], float(holds))
    return family


def _lag(now: Operations) -> GaugeMetricFamily:
    lag = GaugeMetricFamily(
        "tenfold_position_lag_records",
        "Records between the position in PostgreSQL and the end of the log.",
        labels=["topic", "partition"],
    )
    for (topic, partition), records in sorted(now.lag_records.items()):
        lag.add_metric([topic, str(partition)], records)
    return lag


def _stopped(now: Operations) -> GaugeMetricFamily:
    stopped = GaugeMetricFamily(
        "tenfold_log_stopped",
        "1 for each partition that is not read on, since its log is not the one that was read.",
        labels=["topic", "partition", "why"],
    )
    for (topic, partition), why in sorted(now.stopped.items()):
        stopped.add_metric([topic, str(partition), why], 1)
    return stopped


def _evaluation(now: Operations) -> Iterator[GaugeMetricFamily]:
    values = {
        "tenfold_evaluation_seconds": ("How long the last evaluation took.", now.evaluation_seconds),
        "tenfold_evaluation_last_success_timestamp_seconds": (
            "Up to when all that workers had applied is in the numbers, but of communities that failed.",
            now.evaluated_at,
        ),
    }
    for name, (words, value) in values.items():
        if value is not None:
            yield GaugeMetricFamily(name, words, value=value)


class _Finished(Collector):
    def __init__(self, families: Iterable[GaugeMetricFamily]) -> None:
        self._families = list(families)

    def collect(self) -> Iterable[GaugeMetricFamily]:
        return self._families


def _halves(text: bytes) -> tuple[bytes, bytes]:
    """A family's two lines of help and type, and all others."""
    about, kind, values = text.split(b"\n", 2)
    return b"%s\n%s\n" % (about, kind), values


def _label_text(families: Iterable[GaugeMetricFamily]) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Finished(families))
    return generate_latest(registry)
