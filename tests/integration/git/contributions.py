"""What a repository's commits tell, and when each landed."""

from datetime import UTC, datetime
from pathlib import Path

from events.contributions import ContributionRecorded
from events.sources.commits import Origin
from events.sources.git import translate
from infra.ingest.git_history import history
from infra.ingest.git_log import opened

START = datetime(2024, 1, 1, tzinfo=UTC)


def told(location: Path | str, branch: str | None = None) -> list[ContributionRecorded]:
    with opened(str(location), branch) as read:
        origin = Origin("c", read.name, datetime.now(UTC))
        events = translate(history(read, origin), origin)
        return [event for event in events if isinstance(event, ContributionRecorded)]


def days(events: list[ContributionRecorded]) -> dict[str, int]:
    return {event.id: (event.time - START).days for event in events}
