"""What the accounts of those are called who ever held a seat."""

from collections.abc import Sequence
from datetime import date

from events.envelope import Event
from projections.community.snapshot import CommunitySnapshot
from projections.evaluation.community import Community
from projections.evaluation.fold import change_of
from projections.policy.policy import CommunityPolicy
from projections.seats.roster import logins_of
from tests.oracle.writing import contribution, event, granted, linked, unlinked

LAST_DAY = date(2021, 1, 1)


def snapshot(log: Sequence[Event]) -> CommunitySnapshot:
    community = Community("valley", CommunityPolicy())
    community.apply(change_of(list(log)))
    community.history(LAST_DAY)
    return community.snapshot


def test_an_account_is_called_by_the_login_that_was_linked_last() -> None:
    log = [
        granted("github:1", "docs", "2020-03-01"),
        linked("github-login:ada", "github:1", "2020-01-01"),
        linked("github-login:countess", "github:1", "2020-02-01"),
        linked("email:ada@example.org", "github:1", "2020-03-01"),
    ]
    assert logins_of(snapshot(log)) == {"github:1": "countess"}
    assert logins_of(snapshot([*log, unlinked("github-login:countess", "2020-04-01")])) == {"github:1": "ada"}


def test_a_seat_held_by_a_login_is_called_by_it() -> None:
    assert logins_of(snapshot([granted("github-login:ada", "docs", "2020-03-01")])) == {"github-login:ada": "ada"}


def test_who_never_held_a_seat_or_is_behind_a_pseudonym_is_called_nothing() -> None:
    hidden = "github-login:~wqfxfv3yuybqfchwhptk"
    log = [
        contribution("github:2", "2020-01-01"),
        linked("github-login:grace", "github:2", "2020-01-01"),
        granted("github:1", "docs", "2020-03-01"),
        linked(hidden, "github:1", "2020-01-01"),
    ]
    assert logins_of(snapshot(log)) == {}


def test_who_was_erased_is_called_nothing() -> None:
    log = [granted("github:1", "docs", "2020-03-01"), linked("github-login:ada", "github:1", "2020-01-01")]
    for identity in ("github:1", "github-login:ada"):
        erased = event("person.erased", "2020-05-01", {}, f"erase {identity}", subject=identity)
        assert logins_of(snapshot([*log, erased])) == {}
