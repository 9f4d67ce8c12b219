"""A login that was given up and taken by somebody else: whose seats are whose."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from events.catalog import AnyEvent
from events.roles import RoleGranted
from events.sources.roles.formats import FORMATS
from events.sources.roles.replay import Problem, Replay, RolesOrigin
from infra.ingest.git_log import opened
from infra.ingest.role_history import RoleHistory
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import series
from tests.integration.git.conftest import START, GitRepository
from tests.integration.git.numbers import read

SAM: Final = "Sam Alder <11+sam@users.noreply.github.com>"
RENAMED: Final = "Sam Alder <11+salder@users.noreply.github.com>"
ANOTHER: Final = "Sam Birch <99+sam@users.noreply.github.com>"
BO: Final = "Bo <bo@l.test>"


def days_to(day: date) -> int:
    return (day - START.date()).days


def roles(location: Path) -> list[AnyEvent]:
    """What an importer tells of a repository's OWNERS."""
    with opened(str(location)) as repository:
        format_ = FORMATS["owners"](repository.name)
        history = RoleHistory(repository, format_)
        origin = RolesOrigin("garden", repository.name, datetime.now(UTC), format="owners")
        told = Replay[Any](format_, origin, history.accounts())(history.changes())
        return [one for one in told if not isinstance(one, Problem)]


def number(events: list[AnyEvent], family: str, day: date, **labels: str) -> float:
    return fold(events, CommunityPolicy(), day).value(series(family, **labels), day)


def recycled(repository: GitRepository) -> None:
    """Account 11 is called sam, holds a seat, is renamed, and account 99 takes the login."""
    repository.commit(on=days_to(date(2024, 1, 10)), author=BO, OWNERS="approvers:\n- sam\n- bo\n")
    for day in range(1, 5):
        repository.commit(on=days_to(date(2024, 2, day)), author=SAM)
    repository.commit(on=days_to(date(2025, 1, 10)), author=BO, OWNERS="approvers:\n- salder\n- bo\n")
    for day in range(1, 5):
        repository.commit(on=days_to(date(2025, 2, day)), author=RENAMED)
    for day in range(1, 5):
        repository.commit(on=days_to(date(2026, 4, day)), author=ANOTHER)


def test_who_takes_over_a_login_takes_over_no_seat(repository: GitRepository) -> None:
    recycled(repository)
    told = roles(repository.folder)
    granted = {event.subject for event in told if isinstance(event, RoleGranted)}
    assert granted == {"github:11", "github-login:bo"}
    events = [*read(repository.folder), *told]
    history = fold(events, CommunityPolicy(), date(2026, 5, 1))
    seats = {
        day: history.value(series("leaders", seats="nominal"), day) for day in (date(2024, 6, 1), date(2026, 5, 1))
    }
    assert set(seats.values()) == {2}
    assert history.value(series("leaders", seats="active"), date(2024, 3, 1)) == 1


def test_who_takes_over_a_login_and_is_named_then_holds_the_seat(repository: GitRepository) -> None:
    recycled(repository)
    repository.commit(on=days_to(date(2026, 5, 1)), author=BO, OWNERS="approvers:\n- sam\n- salder\n- bo\n")
    told = roles(repository.folder)
    granted = [event.subject for event in told if isinstance(event, RoleGranted)]
    assert granted[-1] == "github:99"
    assert (
        fold(told, CommunityPolicy(), date(2026, 5, 2)).value(series("leaders", seats="nominal"), date(2026, 5, 2)) == 3
    )
