"""What a repository comes to: its events without the log, and who is active by them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from events.catalog import AnyEvent
from events.sources.commits import Origin
from infra.ingest.git_history import whole
from infra.ingest.git_log import opened
from infra.ingest.pseudonymising import Edge
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import series
from tests.integration.git.conftest import START

DEFAULTS: Final = CommunityPolicy()


def read(location: Path, policy: CommunityPolicy = DEFAULTS) -> list[AnyEvent]:
    """What an importer tells of a repository, without the log."""
    with opened(str(location)) as repository:
        origin = Origin("garden", repository.name, datetime.now(UTC))
        return list(whole(repository, origin, Edge(policy, None)).events)


def active(
    events: list[Any], on: int, policy: CommunityPolicy = DEFAULTS, family: str = "active_contributors"
) -> float:
    """A number of the headline window."""
    day = (START + timedelta(days=on)).date()
    return fold(events, policy, day).value(series(family, window_days=90), day)
