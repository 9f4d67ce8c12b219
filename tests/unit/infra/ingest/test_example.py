import gzip
import re
import runpy
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from events.catalog import TYPES, AnyEvent
from events.checks import SourceChecked
from events.contributions import ContributionRecorded
from events.errors import TenfoldError
from events.people import PersonClassified, PersonLinked, PersonNamed
from events.personal import named_in
from events.roles import RoleGranted
from infra.ingest import event_files, example
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy, Policy, SourcePolicy
from projections.timeline.history import series

HANDLE = re.compile(r"~[a-z2-7]{20}")
PSEUDONYM = re.compile(r"(0[0-9]{7}/)?~[a-z2-7]{20}")
PROVIDERS = {"email", "github", "github-login", "git-name"}
ROLES = "roles:github.com/rust-lang/team:rust-team"


@pytest.fixture(scope="module")
def events() -> list[AnyEvent]:
    return list(event_files.read(example.events_file()))


@pytest.fixture(scope="module")
def build() -> dict[str, Any]:
    return runpy.run_path(str(example.FOLDER / "build.py"))


def test_nobody_is_named_but_accounts_of_those_who_held_seats(events: list[AnyEvent], build: dict[str, Any]) -> None:
    public = build["public_accounts"](events)
    assert len(public) == 1216
    for event in events:
        for identity in set(named_in(event)) - public:
            provider, _, handle = identity.partition(":")
            assert provider in PROVIDERS
            assert HANDLE.fullmatch(handle)
        assert PSEUDONYM.fullmatch(event.id) or (event.source == ROLES and build["is_public"](event, public))
    assert not any(isinstance(event, PersonNamed) for event in events)
    assert b"@" not in gzip.decompress(example.EVENTS.read_bytes())


def test_the_example_is_a_whole_history(events: list[AnyEvent]) -> None:
    work = [event for event in events if isinstance(event, ContributionRecorded)]
    assert Counter(event.data.kind for event in work)["commit"] > 15_595
    assert {event.time.year for event in work} == set(range(2014, 2027))
    assert {event.community for event in events} == {example.COMMUNITY}
    bots = {event.subject for event in events if isinstance(event, PersonClassified)}
    assert bots & {event.subject for event in work}
    checked = [event for event in events if isinstance(event, SourceChecked)]
    assert {event.source for event in checked} == {"git:cargo-log", ROLES}
    assert example.EVENTS.stat().st_size < 1_500_000


def test_those_who_hold_seats_meet_those_who_commit(events: list[AnyEvent]) -> None:
    grants = [event for event in events if isinstance(event, RoleGranted)]
    assert {event.time.year for event in grants} == set(range(2018, 2027))
    assert all((event.data.evidence or "").startswith("https://github.com/rust-lang/team/commit/") for event in grants)
    links = {event.subject: event.data.person for event in events if isinstance(event, PersonLinked)}
    work = {event.subject for event in events if isinstance(event, ContributionRecorded)}
    met = {event.subject for event in grants} & {links.get(identity, identity) for identity in work}
    assert len(met) > 100
    assert any(identity.startswith("email:~") and links.get(identity) in met for identity in work)


def test_only_accounts_of_holders_are_public(build: dict[str, Any]) -> None:
    def told(kind: str, subject: str, data: dict[str, Any]) -> Any:
        envelope = {"id": kind, "source": ROLES, "community": "rust", "time": datetime(2024, 1, 1, tzinfo=UTC)}
        return TYPES[f"tenfold.{kind}.v1"].model_validate(envelope | {"subject": subject, "data": data})

    seat = told("role.granted", "github:5", {"role": "lead", "scope": "cargo"})
    login = told("person.linked", "github-login:ada", {"person": "github:5"})
    address = told("person.linked", "email:ada@example.org", {"person": "github:5"})
    other = told("person.linked", "github-login:grace", {"person": "github:6"})
    public = build["public_accounts"]([seat, login, address, other])
    assert public == {"github:5", "github-login:ada"}
    assert [build["is_public"](event, public) for event in (seat, login, address, other)] == [True, True, False, False]
    assert not build["is_public"](told("person.named", "github:5", {"name": "Ada"}), public)


def test_the_example_s_policy_observes_cargo_wants_its_sources_read_and_else_holds_the_defaults(
    events: list[AnyEvent],
) -> None:
    policy = Policy.load(example.policy_file().read_text())
    ours = policy.community(example.COMMUNITY)
    weekly = {event.source: SourcePolicy(cadence_days=7, title=ours.source_titles[event.source]) for event in events}
    assert ours == CommunityPolicy(observed_scopes=("cargo",), sources=weekly)
    assert policy.accepts("another")
    assert policy.community("another") == CommunityPolicy()


def test_long_after_its_end_it_is_unknown_whether_it_grows_and_not_that_everybody_left(events: list[AnyEvent]) -> None:
    policy = Policy.load(example.policy_file().read_text()).community(example.COMMUNITY)
    history = fold(events, policy, date(2026, 11, 22))
    unknown = series("growth_verdict", verdict="unknown")
    assert [history.value(unknown, date(2026, month, 22)) for month in (8, 11)] == [0, 1]
    assert history.value(series("condition", condition="source_unchecked"), date(2026, 11, 21)) == 1


def test_no_leader_is_idle_whom_the_example_cannot_see(events: list[AnyEvent]) -> None:
    policy = Policy.load(example.policy_file().read_text()).community(example.COMMUNITY)
    day = date(2026, 8, 22)
    history = fold(events, policy, day)
    told = {seats: history.value(series("leaders", seats=seats), day) for seats in ("nominal", "active")}
    assert told == {"nominal": 70, "active": 1}
    assert history.value(series("effective_leaders", seats="nominal"), day) == pytest.approx(35.14, abs=0.01)
    scopes = {one.labels["strength"]: one.value for one in history.on(day) if dict(one.labels).get("seats") == "nominal"
              and one.name == "tenfold_scopes"}  # fmt: skip
    assert sum(scopes.values()) == 121
    assert history.value(series("scopes", seats="active", strength="vacant"), day) == 0
    assert history.value(series("leaders_without_known_work"), day) == 36


def test_the_same_events_are_the_same_bytes(events: list[AnyEvent], tmp_path: Path) -> None:
    some = events[:100]
    for name in ("one", "another"):
        assert event_files.write(tmp_path / name, some) == 100
    assert (tmp_path / "one").read_bytes() == (tmp_path / "another").read_bytes()
    assert list(event_files.read(tmp_path / "one")) == some


def test_a_line_that_is_no_event_is_named(tmp_path: Path) -> None:
    event_files.write_lines(tmp_path / "events.gz", [b"{}"])
    with pytest.raises(TenfoldError, match=r"events\.gz, line 1: not_cloudevent"):
        list(event_files.read(tmp_path / "events.gz"))
