"""Holders whom nobody can tell: they are counted and named, and what only they hold is no vacant scope."""

import pytest

from events.sources.roles.document import Unreadable
from events.sources.roles.formats import FORMATS
from tests.role_histories.told import REPOSITORY, read
from tests.unit.events.sources.roles.test_small_formats import roster

MOTS = """
people: []
modules:
- {machine_name: council, owners: [{bmo_id: 0, name: Garden Council}], peers: [{bmo_id: 11, name: Ana}]}
- {machine_name: nick, owners: [{nick: nickonly}]}
- {machine_name: thin, owners: [{bmo_id: 1, name: Nobody}], peers: [{bmo_id: 11, name: Ana}]}
- {machine_name: vacant, owners: [{bmo_id: 1, name: Nobody}]}
"""


def test_mots_placeholders_are_no_people_and_councils_one_team() -> None:
    told = roster("mots", **{"mots.yaml": MOTS})
    assert told.seats == {
        ("council", "owner", "bugzilla-team:garden-council"),
        ("council", "peer", "bugzilla:11"),
        ("thin", "peer", "bugzilla:11"),
    }
    assert told.untold == {("nick", "owner 'nickonly' has no number")}
    assert set(told.told_scopes) == {"council", "thin", "vacant"}


def test_owners_of_keys_that_nobody_knows() -> None:
    text = "maintainers: [ana, bo, cyd]\ntriage: [dan]\nemeritus: [old1]\nlabels: [area/docs]\n"
    told = roster("owners", OWNERS=text, a__OWNERS="approvers: [ana]\nmaintainers: [bo]\n")
    assert told.untold == {
        (".", "'maintainers' names 3, and nobody knows as what"),
        (".", "'triage' names 1, and nobody knows as what"),
        ("a", "'maintainers' names 1, and nobody knows as what"),
    }
    assert told.told_scopes == {"a": "."}


@pytest.mark.parametrize("text", ["", "labels:\n- sig/docs\n", "options: {no_parent_owners: true}\n"])
def test_an_owners_that_names_nobody_is_vacant(text: str) -> None:
    told = roster("owners", OWNERS=text)
    assert (told.untold, set(told.told_scopes)) == (set(), {"."})


def test_groups_led_by_a_key_that_nobody_knows_or_by_people_without_accounts() -> None:
    text = """
sigs:
- {dir: one, leadership: {leads: [{github: ana}, {github: bo}]}}
- {dir: two, leadership: {chairs: [{name: Cyd}]}}
- {dir: three, leadership: {chairs: []}}
"""
    told = roster("sigs", **{"sigs.yaml": text})
    assert told.untold == {
        ("one", "leadership.leads names 2, and nobody knows as what"),
        ("two", "a chair without an account"),
    }
    assert set(told.told_scopes) == {"three"}


def test_a_code_owner_that_can_be_nobody() -> None:
    told = roster("codeowners", CODEOWNERS="* @ana\n/x/ @@maintainer\n")
    assert told.untold == {("/x/", "'@@maintainer' is no account, team or address")}
    assert set(told.told_scopes) == {"*"}


def test_maintainers_that_moved_away_go_on_as_they_were() -> None:
    moved = "Moved to <https://example.org/governance/>.\n"
    format_ = FORMATS["maintainers"](REPOSITORY)
    assert isinstance(read(format_, "MAINTAINERS.md", moved), Unreadable)
    assert roster("maintainers", **{"MAINTAINERS.md": "# Maintainers\n"}).told_scopes == {REPOSITORY: None}
