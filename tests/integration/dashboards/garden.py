"""A simulated community, and of everything else a little."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from events.community import ActionRecorded, EngagementHeld, ImpactNoted, RelationshipEstablished
from events.contributions import ContributionRecorded
from events.envelope import Event
from events.published import DayPublished, Publication, PublishedSample
from events.roles import RoleGranted
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook

DAY = date(2026, 8, 22)
MIDNIGHT = datetime.combine(DAY + timedelta(days=1), time(), UTC)
UNTIL = MIDNIGHT + timedelta(seconds=60)


def garden() -> Sequence[Event]:
    """A simulated community, and of everything else a little."""
    simulated = list(Simulation(SCENARIOS[Outlook.GROWING], 1, 4, "garden", DAY, 0.1).events())
    people = sorted({str(one.subject) for one in simulated if isinstance(one, ContributionRecorded)})[:9]
    return [*simulated, *(event for month in range(14) for event in monthly(month, people))]


def monthly(month: int, people: Sequence[str]) -> Iterator[Event]:
    first = MIDNIGHT - timedelta(days=30 * month + 9)

    def event(kind: type[Event], number: str, hours: float = 0, **more: object) -> Event:
        at = first + timedelta(hours=hours)
        known = {"id": f"{kind.__name__}/{month}/{number}", "source": "hand", "community": "garden", "time": at}
        return kind.model_validate(known | more)

    for kind in ("meeting", "report", "check_in") if month > 6 else ("check_in",):
        yield event(EngagementHeld, kind, data={"kind": kind, "url": "https://example.org/told"})
    for number, answers in enumerate(people):
        author = people[number - 1] if number % 2 else f"hand:{month}-{number}"
        about = {"kind": "patch", "about": f"patch/{month}/{number}"}
        opened = event(
            ContributionRecorded, f"{number}/opened", subject=author, team="docs", data=about | {"outcome": "opened"}
        )
        yield opened
        decided = about | {"kind": "review", "outcome": "accepted", "responds_to": {"source": "hand", "id": opened.id}}
        if number > 2:
            yield event(ContributionRecorded, f"{number}/answer", 5, subject=answers, team="tools", data=decided)
    yield event(ContributionRecorded, "release", subject=people[0], data={"kind": "release"})
    sample = PublishedSample(name="tenfold_active_contributors", labels={"window_days": "90"}, value=20)
    publication = Publication(day=first.date() - timedelta(days=1), samples=(sample,), read_model_version=1, policy="-")
    yield event(DayPublished, "published", source="tenfold", data=publication)
    if month == 13:
        yield event(RelationshipEstablished, "fern", data={"with": "fern", "nature": "shares a mailing list"})
        yield event(RoleGranted, "coordinator", subject=people[0], data={"role": "coordinator", "scope": "docs/api"})
        yield event(ImpactNoted, "story", data={"title": "It's been read", "url": "https://example.org/story"})
        action = {"about": "condition:report_overdue", "url": "https://example.org/do", "owner": people[1]}
        yield event(ActionRecorded, "action", data=action)
