import gzip
import re
import runpy
from collections import Counter
from pathlib import Path

import pytest

from events.contributions import ContributionRecorded
from events.errors import TenfoldError
from events.people import PersonClassified, PersonLinked
from infra import event_files, example
from projections.policy import CommunityPolicy, Policy

PSEUDONYM = re.compile(r"~[a-z2-7]{20}")
PROVIDERS = {"email", "github", "github-login", "git-name"}


def test_the_example_names_nobody() -> None:
    for event in event_files.read(example.events_file()):
        identities = [event.subject, getattr(event.data, "person", None)]
        for identity in filter(None, identities):
            provider, _, handle = identity.partition(":")
            assert provider in PROVIDERS
            assert PSEUDONYM.fullmatch(handle)
        assert PSEUDONYM.fullmatch(event.id)
    assert b"@" not in gzip.decompress(example.EVENTS.read_bytes())


def test_the_example_is_a_whole_history() -> None:
    events = list(event_files.read(example.events_file()))
    work = [event for event in events if isinstance(event, ContributionRecorded)]
    assert Counter(event.data.kind for event in work)["commit"] > 15_595
    assert {event.time.year for event in work} == set(range(2014, 2027))
    assert {event.community for event in events} == {example.COMMUNITY}
    assert any(isinstance(event, PersonLinked) for event in events)
    bots = {event.subject for event in events if isinstance(event, PersonClassified)}
    assert bots & {event.subject for event in work}
    assert events[-1].type == "tenfold.source.checked.v1"


def test_the_example_s_policy_holds_the_defaults_for_it_alone() -> None:
    policy = Policy.load((example.FOLDER / "policy.toml").read_text())
    assert policy.accepts(example.COMMUNITY)
    assert not policy.accepts("another")
    assert policy.community(example.COMMUNITY) == CommunityPolicy()


def test_the_script_beside_it_can_be_imported() -> None:
    assert runpy.run_path(str(example.FOLDER / "build.py"))["NAME"] == "cargo-log"


def test_the_same_events_are_the_same_bytes(tmp_path: Path) -> None:
    events = list(event_files.read(example.events_file()))[:100]
    for name in ("one", "another"):
        assert event_files.write(tmp_path / name, events) == 100
    assert (tmp_path / "one").read_bytes() == (tmp_path / "another").read_bytes()
    assert list(event_files.read(tmp_path / "one")) == events


def test_a_line_that_is_no_event_is_named(tmp_path: Path) -> None:
    event_files.write_lines(tmp_path / "events.gz", [b"{}"])
    with pytest.raises(TenfoldError, match=r"events\.gz, line 1: not_cloudevent"):
        list(event_files.read(tmp_path / "events.gz"))
