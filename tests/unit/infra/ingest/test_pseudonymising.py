from datetime import UTC, datetime

import pytest

from events.contributions import Contribution, ContributionRecorded
from events.people import PersonClassified
from infra.commands.demo import community_of
from infra.ingest.pseudonymising import Edge
from projections.policy.policy import CommunityPolicy

KEY = b"a key for tests alone"


@pytest.mark.parametrize(
    ("identity", "names", "reason"),
    [
        ("github-login:dependabot[bot]", [], "bot"),
        ("email:noreply@anthropic.com", ["Claude"], "agent"),
        ("github:5", ["robot[bot]"], "bot"),
        ("github:5", ["robot[bot]", "Ada"], None),
        ("github:5", ["Copilot"], "agent"),
        ("email:ada@example.org", ["Ada"], None),
        ("git-name:claude", ["Claude"], None),
    ],
)
def test_bots_are_told_by_handle_or_by_all_of_their_names(identity: str, names: list[str], reason: str | None) -> None:
    assert Edge(CommunityPolicy(), None).bot_reason(identity, names) == reason


def work(identity: str) -> ContributionRecorded:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    data = Contribution(kind="commit")
    return ContributionRecorded(id="abc", source="git:garden", community="garden", time=at, subject=identity, data=data)


def test_without_a_key_events_pass_as_they_are() -> None:
    edge = Edge(CommunityPolicy(), None)
    assert edge.admit([work("github:5")]).events == (work("github:5"),)
    assert (edge.hides, edge.identity("github:5"), edge.id("abc")) == (False, "github:5", "abc")


def test_who_is_public_bears_no_pseudonym() -> None:
    edge = Edge(CommunityPolicy(), KEY, ["github:5"])
    told = edge.admit([work("github:5"), work("github:6")])
    assert [event.subject for event in told.events] == ["github:5", edge.identity("github:6")]
    assert [person.handle for person in told.people] == ["6"]


def test_names_from_elsewhere_tell_bots_too() -> None:
    edge = Edge(CommunityPolicy(), KEY)
    assert not any(isinstance(event, PersonClassified) for event in edge.admit([work("github:5")]).events)
    told = edge.admit([work("github:5")], {"github:5": ["robot[bot]"]})
    [classified] = [event for event in told.events if isinstance(event, PersonClassified)]
    assert classified.subject == edge.identity("github:5")


@pytest.mark.parametrize(
    ("name", "community"),
    [("github.com/rust-lang/cargo", "cargo"), ("my garden!", "my-garden"), ("___", "community"), ("a" * 99, "a" * 63)],
)
def test_a_community_is_called_after_its_repository(name: str, community: str) -> None:
    assert community_of(name) == community
