"""Corners of the formats that no history above turns."""

from typing import Any

import pytest

from events.sources.roles.document import Unreadable
from events.sources.roles.formats import FORMATS
from events.sources.roles.handles import account, address
from events.sources.roles.roster import Roster
from tests.role_histories.told import REPOSITORY, read


def roster(name: str, **files: str) -> Roster:
    """Of files whose paths have `__` for `/`."""
    format_ = FORMATS[name](REPOSITORY)
    parsed: dict[str, Any] = {
        path.replace("__", "/"): read(format_, path.replace("__", "/"), text) for path, text in files.items()
    }
    broken = [file for file in parsed.values() if isinstance(file, Unreadable)]
    assert not broken, broken
    return format_.roster(parsed)


def holders(told: Roster, role: str) -> list[str]:
    return sorted(identity for _, held, identity in told.seats if held == role)


@pytest.mark.parametrize(
    "scalar", ["on", "yes", "No", "1.10", "0x1F", "2020-01-01", "007", "1e3", "12345678901234567890"]
)
def test_scalars_in_yaml_stay_text(scalar: str) -> None:
    told = roster("owners", OWNERS=f"approvers: [{scalar}]\nreviewers:\n- null\n- ''\n- ~\n")
    assert holders(told, "approver") == [f"github-login:{scalar.lower()}"] * (account(scalar) is not None)
    assert holders(told, "reviewer") == []
    chair = f"{{github: dev, name: {scalar}, company: {scalar}}}"
    sigs = f"sigs:\n- dir: {scalar}\n  leadership:\n    chairs: [{chair}]\n"
    groups = roster("sigs", **{"sigs.yaml": sigs})
    assert (groups.seats, groups.names) == ({(scalar, "chair", "github-login:dev")}, {("github-login:dev", scalar)})
    assert groups.affiliations == {("github-login:dev", scalar)}


@pytest.mark.parametrize(
    ("value", "parent"), [("true", None), ("yes", None), ("on", None), ("false", "."), ("''", ".")]
)
def test_no_parent_owners(value: str, parent: str | None) -> None:
    told = roster("owners", OWNERS="", a__b__OWNERS=f"options:\n  no_parent_owners: {value}\n")
    assert told.scopes == {".": None, "a/b": parent}


def test_the_nearest_owners_above_is_the_parent() -> None:
    told = roster("owners", OWNERS="", a__OWNERS="", a__b__c__OWNERS="", ab__OWNERS="")
    assert told.scopes == {".": None, "a": ".", "a/b/c": "a", "ab": "."}


def test_aliases_that_mean_each_other_mean_nobody() -> None:
    told = roster("owners", OWNERS="approvers: [a]\n", OWNERS_ALIASES="aliases:\n  a: [b]\n  b: [A, dev]\n")
    assert holders(told, "approver") == ["github-login:dev"]


@pytest.mark.parametrize(
    ("name", "path", "text"),
    [
        ("owners", "OWNERS", "- a\n- b\n"),
        ("owners", "OWNERS", "approvers: dev\n"),
        ("owners", "OWNERS_ALIASES", "aliases: [a]\n"),
        ("sigs", "sigs.yaml", "sigs:\n- dir: a\n  leadership: [dev]\n"),
        ("sigs", "sigs.yaml", "just text"),
        ("mots", "mots.yaml", "modules: {a: b}\n"),
        ("rust-team", "teams/a.toml", "people.leads = []\n"),
        ("rust-team", "teams/a.toml", "name = 'a'\npeople = 'b'\n"),
        ("rust-team", "people/a.toml", "name = 'a'\n"),
    ],
)
def test_another_shape_does_not_parse(name: str, path: str, text: str) -> None:
    assert isinstance(read(FORMATS[name](REPOSITORY), path, text), Unreadable)


def test_of_codeowners_lines_with_one_pattern_the_last_holds() -> None:
    text = "# all\n* @a\n/docs/ @b # the docs\n* @c x@example.org @org/team\nsp\\ ace @d\n"
    text += "^[Section] @e\n/none\n\t\n/bad e\n"
    told = roster("codeowners", CODEOWNERS=text)
    assert set(told.scopes) == {"*", "/docs/", "sp ace", "/none", "/bad"}
    assert told.seats == {
        ("*", "codeowner", "github-login:c"),
        ("*", "codeowner", "email:x@example.org"),
        ("*", "codeowner", "github-team:org/team"),
        ("/docs/", "codeowner", "github-login:b"),
        ("sp ace", "codeowner", "github-login:d"),
    }


def test_of_several_codeowners_one_holds() -> None:
    told = roster("codeowners", CODEOWNERS="* @a\n", docs__CODEOWNERS="* @b\n", **{".github/CODEOWNERS": "* @c\n"})
    assert holders(told, "codeowner") == ["github-login:c"]


@pytest.mark.parametrize("number", ["true", "-1", "0", "'5'", "1.5"])
def test_a_number_that_is_none_leaves_the_login(number: str) -> None:
    person = f"name = 'Ada'\ngithub = 'Ada'\ngithub-id = {number}\nemail = 'Ada@Example.org'\n"
    told = roster("rust-team", **{"people/ada.toml": person})
    assert told.names == {("github-login:ada", "Ada")}
    assert told.links == {("email:ada@example.org", "github-login:ada")}


@pytest.mark.parametrize(
    ("given", "identity"),
    [
        ("Ada@Example.org", "email:ada@example.org"),
        ("7+ada@users.noreply.github.com", "github:7"),
        ("ada@users.noreply.github.com", "github-login:ada"),
        ("no address", None),
        ("a@b@c", None),
        (f"{'a' * 60}@{'b' * 250}", None),
        ("", None),
    ],
)
def test_addresses(given: str, identity: str | None) -> None:
    assert address(given) == identity


@pytest.mark.parametrize("handle", ["a b", "", "@", "-a", "a/b", "a.b", "a@b.org", "ä", "x" * 120])
def test_what_can_be_no_login(handle: str) -> None:
    assert account(handle) is None
