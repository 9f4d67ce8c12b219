"""One community as requests and scrapes see it, made anew only when it was evaluated: others' numbers cost nothing."""

from dataclasses import dataclass

from infra.server import scrape
from infra.server.known import known
from infra.server.scrape import Lines
from infra.server.state import Known
from projections.conditions.metrics import unsettled
from projections.evaluator import Snapshot
from projections.policy import CommunityPolicy
from projections.report import FAMILIES


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown, and the snapshot that it was made of."""

    snapshot: Snapshot
    known: Known
    lines: Lines

    def is_of(self, snapshot: Snapshot, catching_up: bool) -> bool:
        """Whether the same would be made again; another policy comes with another snapshot."""
        return self.snapshot is snapshot and self.known.catching_up == catching_up


def shown(name: str, snapshot: Snapshot, policy: CommunityPolicy, catching_up: bool) -> Shown:
    """A community as last evaluated; while it catches up, /metrics says that its history is unsettled."""
    samples = unsettled(snapshot.samples) if catching_up else snapshot.samples
    lines = scrape.lines(name, samples, FAMILIES)
    return Shown(snapshot, known(name, snapshot, policy, catching_up=catching_up), lines)
