"""Tables and lists, as people write them."""

import pytest

from events.sources.roles.maintainers import read_maintainers

PEOPLE = ["github-login:ada", "github-login:bo"]


def identities(text: str) -> list[str]:
    return sorted(identity for _, _, identity in read_maintainers("garden", text).seats)


@pytest.mark.parametrize(
    "text",
    [
        "- @ada\n- @bo\n",
        "1. @Ada\n2) @BO\n",
        "* [Ada Lovelace](https://github.com/ada)\n* Bo ([@bo](https://github.com/bo/))\n",
        "- Ada Lovelace <ada@example.org> (@ada), Bo Diddley <bo@example.org> (@bo)\n",
        "| Name | GitHub |\n| --- | --- |\n| Ada | ada |\n| Bo | @bo |\n",
        "Name | GitHub ID\n--- | ---\nAda | [ada](https://github.com/ada)\nBo | bo\n",
        "| Area | Who |\n|:--|--:|\n| core | @ada, @bo |\n",
        "| Slack ID | GitHub |\r\n|---|---|\r\n| U123 | ada |\r\n| U456 | `@bo` |\r\n",
        "# Maintainers\n\n## Core\n\n- @ada\n\n## Emeritus\n\n- @old\n\n### In 2020\n\n- @older\n\n## Docs\n\n- @bo\n",
        "- @ada\n- @bo\n\n**Alumni**\n\n- @old\n",
        "- @ada\n- @bo\n<!--\n- @hidden\n-->\n```\n- @example\n```\n",
        "- @ada\n- @bo\n- See [who](https://github.com/garden/roles), mail ask@example.org, or @garden/team\n",
        "Ask @somebody first.\n\n- @ada\n- @bo\n\n@nobody | is | a row\n",
    ],
)
def test_maintainers_are_found(text: str) -> None:
    assert identities(text) == PEOPLE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("- Ada Lovelace (@ada)", "Ada Lovelace"),
        ("- **Ada Lovelace** - @ada", "Ada Lovelace"),
        ("- [Ada Lovelace](https://github.com/ada), Example", "Ada Lovelace"),
        ("- Ada Lovelace <ada@example.org> @ada", "Ada Lovelace"),
        ("- `storage`: Ada Lovelace (<ada@example.org> / @ada)", "Ada Lovelace"),
        ("- storage: @ada", None),
        ("- storage @ada", None),
        ("- @ada", None),
        ("- [@ada](https://github.com/ada)", None),
        ("| Maintainer | GitHub |\n|---|---|\n| Ada Ünal | ada |", "Ada Ünal"),
        ("| Maintainer | Area |\n|---|---|\n| @ada | docs |", None),
    ],
)
def test_names_are_names(text: str, name: str | None) -> None:
    assert read_maintainers("garden", text).names == ({("github-login:ada", name)} if name else set())


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("- Ada (ada@example.org / @ada)", {("email:ada@example.org", "github-login:ada")}),
        ("- @ada <Ada@Example.org>.", {("email:ada@example.org", "github-login:ada")}),
        ("- @ada [mail](mailto:ada@example.org)", {("email:ada@example.org", "github-login:ada")}),
        (
            "- Ada <a@x.org> (@ada), Bo <b@x.org> (@bo)",
            {("email:a@x.org", "github-login:ada"), ("email:b@x.org", "github-login:bo")},
        ),
        ("- @ada <a@x.org>, @bo <b@x.org>", set()),
        ("- @ada, @bo <both@x.org>", set()),
        ("- @ada <7+ada@users.noreply.github.com>", {("github:7", "github-login:ada")}),
        ("- @ada <ada@users.noreply.github.com>", set()),
    ],
)
def test_an_address_is_linked_where_it_is_plain_whose_it_is(text: str, links: set[tuple[str, str]]) -> None:
    assert read_maintainers("garden", text).links == links


@pytest.mark.parametrize(
    ("cell", "organisation"),
    [
        ("Example, Inc.", "Example, Inc."),
        ("[Example](https://example.org)", "Example"),
        ("-", None),
        ("N/A", None),
        ("", None),
    ],
)
def test_affiliations_are_in_their_column(cell: str, organisation: str | None) -> None:
    told = read_maintainers("garden", f"| GitHub | Company |\n|---|---|\n| ada | {cell} |\n")
    assert told.affiliations == ({("github-login:ada", organisation)} if organisation else set())


@pytest.mark.parametrize(
    "text",
    [
        "- " + "a" * 1_000_000,
        "- " + "@" * 200_000,
        "- " + "[" * 200_000,
        "|-" * 200_000,
        "- " + "a@" * 200_000,
        "<" * 200_000,
    ],
)
def test_nothing_takes_for_ever(text: str) -> None:
    assert identities(f"{text}\n\n- @ada\n") == ["github-login:ada"]
