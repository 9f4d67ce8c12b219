"""Each format's own history: what every episode of it tells, to the event."""

import pytest

from events.people import PersonAffiliated
from tests.role_histories.commit import ordinals
from tests.role_histories.episodes import EPISODES
from tests.role_histories.told import history_of, told_of


@pytest.mark.parametrize(
    ("name", "episode", "asserted"),
    [(name, episode, asserted) for name, episodes in EPISODES.items() for episode, asserted in episodes.items()],
)
def test_an_episode_tells_this_and_nothing_else(name: str, episode: str, asserted: list[str]) -> None:
    [ordinal] = ordinals(history_of(name), episode)
    assert told_of(name).at(ordinal) == sorted(asserted)


@pytest.mark.parametrize(
    ("name", "seat", "other"),
    [
        ("mots", "module_5/peer/bugzilla:1020", "module_5/peer/bugzilla:1021"),
        ("rust-team", "team10/lead/github:5060", "team10/lead/github:5061"),
        ("owners", "area11/reviewer/github-login:dev93", "area11/reviewer/github-login:dev94"),
        ("sigs", "sig-8/chair/github-login:dev43", "sig-8/chair/github-login:dev44"),
        ("codeowners", "/src/part5//codeowner/github-login:dev43", "/src/part5//codeowner/github-login:dev44"),
        (
            "maintainers",
            "github.com/garden/roles/maintainer/github-login:dev31",
            "github.com/garden/roles/maintainer/github-login:dev32",
        ),
    ],
)
def test_within_one_second_the_order_of_commits_holds(name: str, seat: str, other: str) -> None:
    first, second, third = ordinals(history_of(name), "one second")
    events = told_of(name)
    assert len({event.time for event in events.events if first <= int(event.id[:8]) <= third}) == 1
    assert all(assertion.startswith("revoked/") for assertion in events.at(first))
    assert [text for text in events.at(second) if text.startswith(("granted", "revoked"))] == [f"granted/{seat}"]
    assert [text for text in events.at(third) if text.startswith(("granted", "revoked"))] == [f"granted/{other}"]


@pytest.mark.parametrize("name", ["mots", "rust-team", "owners", "sigs", "codeowners", "maintainers"])
def test_a_scope_outlives_its_last_holder(name: str) -> None:
    commits, events = history_of(name), told_of(name)
    [lost], [again] = ordinals(commits, "last holder lost"), ordinals(commits, "held again")
    assert any(text.startswith("revoked/") for text in events.at(lost))
    assert not any(text.startswith(("retired/", "declared/")) for text in events.at(lost, again))
    empty = {scope for scope, _, _ in events.until(lost - 1).seats() - events.until(lost).seats()}
    assert empty <= events.until(lost).scopes().keys()
    assert not {scope for scope, _, _ in events.until(lost).seats()} & empty
    assert {scope for scope, _, _ in events.until(again).seats()} >= empty


def test_an_affiliation_holds_from_the_day_it_entered() -> None:
    for event in told_of("sigs").events:
        if isinstance(event, PersonAffiliated):
            assert (event.data.since, event.data.basis) == (event.time.date(), "unknown")


def test_a_renamed_team_is_held_by_the_same_people_from_the_same_moment() -> None:
    [ordinal] = ordinals(history_of("rust-team"), "scope renamed")
    said = told_of("rust-team").at(ordinal)
    assert {"declared/newteam14/core", "retired/team14"} <= set(said)
    granted = {text.removeprefix("granted/newteam14/") for text in said if text.startswith("granted/")}
    revoked = {text.removeprefix("revoked/team14/") for text in said if text.startswith("revoked/")}
    assert granted == revoked
    assert len(granted) == 6


def test_a_marker_is_no_scope() -> None:
    [ordinal] = ordinals(history_of("rust-team"), "scope becomes a marker")
    assert "team15" in told_of("rust-team").until(ordinal - 1).scopes()
    assert "team15" not in told_of("rust-team").until(ordinal).scopes()


def test_a_name_that_was_ever_an_alias_names_nobody() -> None:
    holders = {identity for _, _, identity in told_of("owners").seats()}
    assert not any(identity.startswith("github-login:sig-") for identity in holders)


def test_what_lies_in_vendored_folders_is_nobodys() -> None:
    for name in ("owners", "codeowners"):
        assert "github-login:nobody-here" not in {identity for _, _, identity in told_of(name).seats()}
        assert not {"vendor/x", "area1/third_party", "_output", "/vendor/"} & told_of(name).scopes().keys()


def test_those_who_were_never_holders_hold_nothing() -> None:
    nobody = {"dev1999", "dev1998", "dev59", "dev58", "login79", "login78", "old1", "hidden", "nobody-here"}
    for name in ("owners", "sigs", "rust-team", "maintainers"):
        ever = {event.id.rpartition(":")[2] for event in told_of(name).events if "/granted/" in event.id}
        assert not ever & nobody
    assert not any(text.endswith("bugzilla:1059") for text in told_of("mots").at(2) if "owner" in text)
