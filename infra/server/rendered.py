"""One community as requests and scrapes see it, made anew only when it was evaluated: others' numbers cost nothing."""

from dataclasses import dataclass, replace
from datetime import datetime

from infra.server import scrape
from infra.server.scrape import Lines
from infra.server.served import known
from infra.server.state import ServedCommunity
from projections.conditions.families import unsettled
from projections.evaluation.catalog import HELP
from projections.evaluation.evaluator import LastEvaluation
from projections.policy.policy import CommunityPolicy


@dataclass(frozen=True, slots=True)
class Condition:
    """How a community's numbers are: whether newer events wait, and since when it cannot be worked out anew."""

    catching_up: bool = False
    failed_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown, and the snapshot that it was made of."""

    last: LastEvaluation
    known: ServedCommunity
    lines: Lines

    def is_of(self, last: LastEvaluation, how: Condition) -> bool:
        """Whether the same would be made again; another policy comes with another snapshot."""
        return self.last is last and how == Condition(self.known.catching_up, self.known.failed_since)

    def failed_since(self, moment: datetime) -> "Shown":
        """The same, told to be of before."""
        return replace(self, known=replace(self.known, failed_since=moment))


def shown(name: str, last: LastEvaluation, policy: CommunityPolicy, how: Condition) -> Shown:
    """A community as last evaluated; while it catches up, /metrics says that its history is unsettled."""
    samples = unsettled(last.samples) if how.catching_up else last.samples
    lines = scrape.metric_lines(name, samples, HELP)
    seen = known(name, last, policy, catching_up=how.catching_up)
    return Shown(last, replace(seen, failed_since=how.failed_since), lines)
