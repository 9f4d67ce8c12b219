"""A policy file is followed as it changes; what cannot be followed changes nothing."""

import logging
from pathlib import Path

import pytest

from infra.live_policy import LivePolicy
from projections.policy import Policy, PolicyError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "policy.toml"
    file.write_text("[communities.moss]\n")
    return file


def test_a_change_is_followed(file: Path) -> None:
    policy = LivePolicy(file)
    assert policy().accepts("moss")
    assert policy() is policy()
    file.write_text("[communities.moss]\n[communities.fern]\nmin_people = 7\n")
    assert not policy.accepts("fern")
    assert policy().community("fern").min_people == 7
    assert policy.accepts("fern")


def test_a_new_file_in_its_place_is_followed(file: Path) -> None:
    policy = LivePolicy(file)
    new = file.with_suffix(".new")
    new.write_text("[communities.fern]\n")
    new.rename(file)
    assert policy().accepts("fern")


@pytest.mark.parametrize("text", ["[communities.", "[communities.fern]\nno_such_threshold = 1\n", "\udcff"])
def test_what_cannot_be_followed_changes_nothing_and_is_said_once(
    file: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    policy = LivePolicy(file)
    before = policy()
    file.write_bytes(text.encode(errors="surrogateescape"))
    with caplog.at_level(logging.WARNING):
        assert [policy(), policy()] == [before, before]
    assert len(caplog.records) == 1


def test_while_the_file_is_away_nothing_changes(file: Path) -> None:
    policy = LivePolicy(file)
    before = policy()
    file.unlink()
    assert policy() is before
    file.write_text("[communities.fern]\n")
    assert policy().accepts("fern")


def test_a_change_that_says_the_same_is_none(file: Path) -> None:
    policy = LivePolicy(file)
    before = policy()
    file.write_text("# moss alone\n[communities.moss]\n")
    assert policy() is before


def test_no_process_starts_by_a_policy_that_cannot_be_followed(file: Path) -> None:
    file.write_text("[communities.")
    with pytest.raises(PolicyError):
        LivePolicy(file)


def test_without_a_file_the_defaults_hold() -> None:
    assert LivePolicy(None)() == Policy()
