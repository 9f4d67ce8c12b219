"""Two people who lead two scopes, and what a report says of such communities."""

from datetime import date, timedelta

from events.envelope import Event
from projections.disclosure.view import everything, public
from projections.evaluation.community import Community
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from reports.leadership.active_seats import known_of
from reports.leadership.leadership import Leadership, leadership
from reports.report import led
from reports.text import report as report_text
from reports.text.report import Report
from tests.oracle.writing import COMMUNITY, contribution, granted

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


def told(
    events: list[Event], policy: CommunityPolicy | None = None, day: date = DAY, *, by_public: bool = False
) -> Leadership | None:
    policy = policy or CommunityPolicy()
    community = counted(events, policy)
    history = community.history(DAY)
    leads = led(history, policy, day, community.snapshot)
    seen = public(history, policy) if by_public else everything(history)
    return leadership(seen, day, leads, policy, known_of(history, day), COMMUNITY)


def text(events: list[Event], policy: CommunityPolicy) -> str:
    community = counted(events, policy)
    history = community.history(DAY)
    leads = led(history, policy, DAY, community.snapshot)
    return report_text.text(Report(COMMUNITY, history, DAY, policy, led=leads), numbers=True)


def sentence(found: Leadership | None) -> str:
    assert found is not None
    return found.verdict.sentence
