"""Two people who lead two scopes, and what a report says of such communities."""

from datetime import date, timedelta

from events.envelope import Event
from projections.evaluation.community import Community
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from reports.leadership.leadership import Leadership
from reports.report import Report
from reports.text import report as report_text
from tests.oracle.writing import COMMUNITY, contribution, granted
from tests.support.reporting import report

BEGIN, DAY = date(2024, 1, 1), date(2026, 8, 22)
RECENT = DAY - timedelta(days=20)
OWNERS = ("github:1", "github:2")
NARROW = CommunityPolicy(observed_scopes=("a",))


def two_scopes(*more: Event) -> list[Event]:
    """Two people lead two scopes each since 2024; eight people work."""
    roles = [granted(who, scope, BEGIN) for who in OWNERS for scope in ("a", "b")]
    work = [
        contribution(f"github:{who}", day) for who in range(1, 9) for day in (BEGIN, DAY - timedelta(days=370), RECENT)
    ]
    return [*roles, *work, *more]


def counted(events: list[Event], policy: CommunityPolicy) -> Community:
    return community_of(events, policy, COMMUNITY)


def reported(
    events: list[Event], policy: CommunityPolicy | None = None, day: date = DAY, *, by_public: bool = False
) -> Report:
    community = counted(events, policy or CommunityPolicy())
    return report(community.history(DAY), day, community.snapshot, by_public=by_public)


def text(events: list[Event], policy: CommunityPolicy) -> str:
    return report_text.text(reported(events, policy), numbers=True)


def sentence(found: Report) -> str:
    assert found.headline.leadership is not None
    return found.headline.leadership.sentence


def leadership(found: Report) -> Leadership:
    assert found.leadership is not None
    return found.leadership
