"""The communities whose surfaces are goldens: the example, a garden of everything, and two in trouble."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from events.envelope import Event
from infra.ingest import event_files, example
from infra.simulate.scenario import Outlook
from infra.simulate.world import TEAMS
from tests.integration.dashboards.garden import DAY, garden
from tests.support.simulated import SMALL

NOW: Final = datetime(2026, 9, 20, 12, tzinfo=UTC)
"""Four weeks after the last event of each: where a source is to be read every week, it is unknown how they stand."""
TODAY: Final = NOW.date()

GARDEN, STALLING, CONCENTRATING = "garden", "stalling", "concentrating"
NAMES: Final = (example.COMMUNITY, GARDEN, STALLING, CONCENTRATING)


def events_of(community: str) -> Sequence[Event]:
    """Everything that happened in one of them; the same in every run."""
    match community:
        case example.COMMUNITY:
            return list(event_files.read(example.events_file()))
        case "garden":
            return garden()
        case _:
            outlook = Outlook(community)
            return SMALL[outlook].events(outlook, community, DAY)


def policy_of(events: Mapping[str, Sequence[Event]]) -> str:
    """The policy of some of them, as its file says it: the example's, teams, and a source to be read every week."""
    parts = [example.policy_file().read_text("utf-8")]
    parts += [f"[communities.{name}]\nteams = {list(TEAMS)}" for name in sorted(events.keys() - {example.COMMUNITY})]
    if STALLING in events:
        source = events[STALLING][-1].source
        parts.append(f'[communities.{STALLING}.sources."{source}"]\ncadence_days = 7\ntitle = "The forge"')
    return "\n".join(parts)
