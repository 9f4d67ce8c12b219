"""What holds for every format, over the history that it has in its tests."""

from datetime import timedelta

import pytest

from events.codec import decode, encode
from events.people import PersonAffiliated, PersonLinked, PersonNamed
from events.roles import RoleGranted
from events.sources.roles.formats import FORMATS, present
from events.sources.roles.replay import ORDINAL_DIGITS
from tests.role_histories.commit import START, Commit, ordinals
from tests.role_histories.told import READ_AT, REPOSITORY, Told, hash_of, history_of, rosters, told, told_of

every_format = pytest.mark.parametrize("name", list(FORMATS))


@every_format
def test_after_each_commit_the_events_say_what_the_files_say(name: str) -> None:
    commits = history_of(name)
    events = told_of(name)
    for ordinal, roster in enumerate(rosters(name, commits), 1):
        so_far = events.until(ordinal)
        assert so_far.seats() == roster.seats
        assert so_far.scopes() == {
            scope: parent if parent in roster.scopes else None for scope, parent in roster.scopes.items()
        }
        assert {(e.subject, e.data.person) for e in so_far.events if isinstance(e, PersonLinked)} >= roster.links
        newest = {e.subject: e.data.name for e in so_far.events if isinstance(e, PersonNamed)}
        assert newest.items() >= roster.names
        works_at = {(e.subject, e.data.organisation) for e in so_far.events if isinstance(e, PersonAffiliated)}
        assert works_at >= roster.affiliations


@every_format
def test_a_history_is_realistic_in_size(name: str) -> None:
    events = told_of(name)
    assert len(events.seats()) >= (1 if name == "maintainers" else 50)
    assert len(events.events) > 30


@every_format
def test_a_longer_history_begins_as_a_shorter_one_did(name: str) -> None:
    commits = history_of(name)
    whole = told_of(name)
    for length in (2, 5, 11):
        begun = told(name, commits[:length])
        assert list(whole.items[: len(begun.items)]) == list(begun.items)


@every_format
def test_ids_and_times_are_the_order_of_history(name: str) -> None:
    events = told_of(name).events
    assert len({event.id for event in events}) == len(events)
    assert {(len(event.id.split("/")[0]), event.id[0]) for event in events} == {(ORDINAL_DIGITS, "0")}
    in_order = sorted(events, key=lambda event: (event.time, event.id))
    assert [event.id[:ORDINAL_DIGITS] for event in in_order] == [event.id[:ORDINAL_DIGITS] for event in events]
    assert Told(in_order).seats() == Told(events).seats()


@every_format
def test_every_event_passes_the_codec_and_stays_what_it_is(name: str) -> None:
    for event in told_of(name).events:
        record = encode(event)
        assert decode(record.value, record.headers, READ_AT) == event
        assert event.source == f"roles:{REPOSITORY}:{name}"


@every_format
def test_records_begin_with_the_first_roster_that_is_not_empty(name: str) -> None:
    grants = [event for event in told_of(name).events if isinstance(event, RoleGranted)]
    first = grants[0].id[:ORDINAL_DIGITS]
    assert {event.id for event in grants if event.data.already_held} == {
        event.id for event in grants if event.id.startswith(first)
    }
    assert len(grants) > len([event for event in grants if event.data.already_held])


@every_format
def test_broken_files_change_nothing_and_are_said(name: str) -> None:
    commits = history_of(name)
    events = told_of(name)
    for ordinal in ordinals(commits, "broken still"):
        [problem, *_] = events.problems(ordinal)
        assert "does not parse" in problem
        assert problem.endswith(": its last good content holds")
        assert "\n" not in problem
        assert events.until(ordinal).seats() == events.until(ordinal - 2).seats()
    broken_first = 1
    assert any(problem.endswith(": it is not there yet") for problem in events.problems(broken_first))
    assert events.at(*ordinals(commits, "mended"))


@every_format
def test_evidence_is_the_commit(name: str) -> None:
    for event in told_of(name).events:
        if isinstance(event, RoleGranted):
            ordinal = int(event.id[:ORDINAL_DIGITS])
            assert event.data.evidence == f"https://{REPOSITORY}/commit/{hash_of(ordinal)}"
            assert event.id.split("/")[1] == hash_of(ordinal)


@every_format
def test_its_files_are_known_by_their_names(name: str) -> None:
    paths = {path for commit in history_of(name) for path in commit.files}
    assert present(paths)[0] == name


def test_a_folder_called_people_is_no_rust_team() -> None:
    assert present({"people/ada.toml", "CODEOWNERS"}) == ["codeowners"]


def line(*owners: str) -> dict[str, str | None]:
    return {"CODEOWNERS": f"* {' '.join(owners)}\n"}


def test_time_never_runs_backwards() -> None:
    commits = [Commit("", 100, line("@a")), Commit("", 40, line("@b")), Commit("", 120, line("@c"))]
    events = told("codeowners", commits).events
    times = {event.id[:8]: (event.time - START).seconds for event in events}
    assert times == {"00000001": 100, "00000002": 100, "00000003": 120}


def test_a_date_that_cannot_be_true_is_the_one_before() -> None:
    future = int(timedelta(days=100_000).total_seconds())
    commits = [Commit("", 100, line("@a")), Commit("", future, line("@b")), Commit("", 120, line("@c"))]
    times = {event.id[:8]: (event.time - START).seconds for event in told("codeowners", commits).events}
    assert times == {"00000001": 100, "00000002": 100, "00000003": 120}


def test_what_comes_before_the_first_date_waits_for_it() -> None:
    past = -int(timedelta(days=30_000).total_seconds())
    events = told("codeowners", [Commit("", past, line("@a")), Commit("", 50, line("@a", "@b"))])
    assert {event.time for event in events.events} == {START + timedelta(seconds=50)}
    assert events.at(2) == [
        "declared/*", "granted/*/codeowner/github-login:a", "granted/*/codeowner/github-login:b",
    ]  # fmt: skip
    assert told("codeowners", [Commit("", past, line("@a"))]).events == []


def test_what_was_removed_does_not_rise_again_broken() -> None:
    broken = "<<<<<<< a\n>>>>>>> b\n"
    history: list[dict[str, str | None]] = [line("@a"), {"CODEOWNERS": None}, {"CODEOWNERS": broken}, line("@b")]
    events = told("codeowners", [Commit("", number, files) for number, files in enumerate(history)])
    assert events.at(2) == ["retired/*", "revoked/*/codeowner/github-login:a"]
    assert events.problems(3) == ["CODEOWNERS does not parse (a merge conflict in it): it is not there yet"]
    assert events.at(4) == ["declared/*", "granted/*/codeowner/github-login:b"]


def test_what_no_event_can_hold_is_said_and_the_rest_goes_on() -> None:
    long = "/" + "x" * 600
    commits = [Commit("", 1, {"CODEOWNERS": f"{long} @a\n* @a\n"}), Commit("", 2, line("@a"))]
    events = told("codeowners", commits)
    assert events.at(1) == ["declared/*", "granted/*/codeowner/github-login:a"]
    assert events.at(2) == []
    [problem] = events.problems(1)
    assert problem.startswith("no event can hold the scope '/xxx")


def test_an_id_that_would_be_too_long_holds_a_digest() -> None:
    scopes = [f"/{'x' * 470}{number}" for number in range(2)]
    events = told("codeowners", [Commit("", 1, {"CODEOWNERS": "".join(f"{scope} @someone\n" for scope in scopes)})])
    assert len({event.id for event in events.events}) == 4
    assert max(len(event.id) for event in events.events) <= 512
    assert events.at(1)[-1].startswith("granted/")
