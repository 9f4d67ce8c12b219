"""A policy file is followed as it changes; what cannot be followed changes nothing."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from infra.policy.live_policy import LivePolicy, tell_followed
from projections.policy.policy import LONGEST_BYTES, Policy, PolicyError


def in_its_place(make: Callable[[Path], object]) -> Callable[[Path], object]:
    def instead(file: Path) -> None:
        file.unlink()
        make(file)

    return instead


UNFIT: dict[str, Callable[[Path], object]] = {
    "not TOML": lambda file: file.write_text("[communities."),
    "an unknown setting": lambda file: file.write_text("[communities.fern]\nno_such_threshold = 1\n"),
    "not UTF-8": lambda file: file.write_bytes(b"\xff"),
    "nested": lambda file: file.write_text("a=" + "[" * 100_000),
    "deep": lambda file: file.write_text("a" + ".a" * 100_000 + "=1"),
    "too long": lambda file: file.write_text("#" * (LONGEST_BYTES + 1)),
    "without an end": in_its_place(lambda file: file.symlink_to("/dev/zero")),
    "nobody writes to it": in_its_place(os.mkfifo),
    "a folder": in_its_place(Path.mkdir),
    "a circle": in_its_place(lambda file: file.symlink_to(file)),
    "away": Path.unlink,
}
"""What can befall a policy file."""


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


def test_while_it_cannot_be_followed_the_policy_of_before_holds_and_both_are_said(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    policy, before = LivePolicy(file), LivePolicy(file)()
    for make in UNFIT.values():
        make(file)
        with caplog.at_level(logging.WARNING):
            assert [policy(), policy()] == [before, before]
        assert not policy.is_followed
        assert [record.message.startswith("Policy stays as it was") for record in caplog.records] == [True]
        caplog.clear()
        mended(file)
        assert policy() == before
        assert policy.is_followed


def mended(file: Path) -> None:
    new = file.with_suffix(".new")
    new.write_text("[communities.moss]\n")
    if file.is_dir():
        file.rmdir()
    new.rename(file)


@pytest.mark.parametrize("make", UNFIT.values(), ids=UNFIT)
def test_no_process_starts_by_what_cannot_be_followed(file: Path, make: Callable[[Path], object]) -> None:
    make(file)
    with pytest.raises((PolicyError, OSError)):
        LivePolicy(file)


def test_what_is_away_for_a_moment_is_followed_when_it_is_back_as_it_was(file: Path) -> None:
    policy, elsewhere = LivePolicy(file), file.with_suffix(".old")
    file.rename(elsewhere)
    policy()
    assert not policy.is_followed
    elsewhere.rename(file)
    policy()
    assert policy.is_followed


def test_a_process_says_whether_it_follows(file: Path) -> None:
    policy, registry = LivePolicy(file), CollectorRegistry()
    tell_followed(policy, registry)
    said = [registry.get_sample_value("tenfold_policy_last_read_successful")]
    file.write_text("[communities.")
    policy()
    said.append(registry.get_sample_value("tenfold_policy_last_read_successful"))
    assert said == [1, 0]


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


def test_without_a_file_the_defaults_hold() -> None:
    assert LivePolicy(None)() == Policy()
