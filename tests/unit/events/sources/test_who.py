"""Whom signatures mean where an address does not say it, and which agents commits declare."""

from collections.abc import Collection

import pytest

from events.contributions import AgentDeclared, ContributionRecorded
from events.people import PersonClassified
from events.sources.who import Who
from tests.unit.events.sources.commits import commit, told


def is_agent(identity: str, _: Collection[str]) -> bool:
    return identity == "email:claude@x.org"


WHO = Who(["root@host"], lambda address: address.startswith("you@"), is_agent)


def subjects(*commits: str, trailers: Collection[str] = ()) -> list[str]:
    made = [commit(str(at), author=author, trailers=trailers) for at, author in enumerate(commits)]
    return [event.subject for event in told(*made, who=WHO) if isinstance(event, ContributionRecorded)]


def test_at_a_shared_address_commits_are_of_names() -> None:
    assert subjects("Ana <root@host>", "ANA <ROOT@host>", "Bo <root@host>", "Bo <bo@host>") == [
        "git-name:ana", "git-name:ana", "git-name:bo", "email:bo@host"
    ]  # fmt: skip


def test_an_address_that_is_nobodys_is_the_name() -> None:
    assert subjects("Ana <you@laptop>", "Bo <me@laptop>") == ["git-name:ana", "email:me@laptop"]


def test_without_a_name_an_address_is_all_there_is() -> None:
    assert subjects("<you@laptop>", "<root@host>") == ["email:you@laptop", "email:root@host"]


def test_trailers_go_by_the_same() -> None:
    said = subjects("Ana <root@host>", trailers=["Co-authored-by: Bo <root@host>", "Reviewed-by: Ana <root@host>"])
    assert said == ["git-name:ana", "git-name:bo"]


def declared(*trailers: str) -> list[tuple[str, str, str]]:
    return [
        (event.id, event.subject, event.data.agent)
        for event in told(commit("h", trailers=trailers), who=WHO)
        if isinstance(event, AgentDeclared)
    ]


@pytest.mark.parametrize(
    ("trailer", "agent"),
    [
        ("Co-authored-by: Claude <claude@x.org>", "email:claude@x.org"),
        ("CO-AUTHORED-BY: <CLAUDE@x.org>", "email:claude@x.org"),
        ("Assisted-by: Claude <claude@x.org>", "email:claude@x.org"),
        ("Generated-by: Claude <claude@x.org>", "email:claude@x.org"),
        ("Assisted-by: OpenAI:gpt-5.5", "git-name:openai:gpt-5.5"),
        ("Generated-by: Some Model", "git-name:some model"),
    ],
)
def test_a_trailer_that_names_an_agent_declares_it(trailer: str, agent: str) -> None:
    assert declared(trailer) == [(f"h/agent/{agent}", "email:ada@x.org", agent)]


@pytest.mark.parametrize(
    "trailer",
    [
        "Co-authored-by: Bo <bo@x.org>",
        "Co-authored-by: Some Model",
        "Assisted-by: Bo <bo@x.org>",
        "Reviewed-by: Claude <claude@x.org>",
        "Assisted-by: ",
    ],
)
def test_other_trailers_declare_none(trailer: str) -> None:
    assert declared(trailer) == []


def test_an_agent_is_declared_once_by_a_commit() -> None:
    assert len(declared("Co-authored-by: <claude@x.org>", "Assisted-by: Claude <claude@x.org>")) == 1


def test_a_declaration_says_in_which_contribution() -> None:
    [event] = [one for one in told(commit("h", trailers=["Assisted-by: A:B"])) if isinstance(one, AgentDeclared)]
    assert (event.data.contribution.source, event.data.contribution.id) == (event.source, "h")


def verdicts(author: str) -> list[tuple[str, str]]:
    made = told(commit("1", author=author), commit("2", author=author))
    return [(event.subject, event.data.reason) for event in made if isinstance(event, PersonClassified)]


def test_the_account_of_an_app_is_a_bot_whatever_its_name() -> None:
    assert verdicts("Carson <41+github-actions[bot]@users.noreply.github.com>") == [("github:41", "bot")]
    assert verdicts("Carson <41+carson-bot@users.noreply.github.com>") == []
