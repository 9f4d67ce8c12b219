"""`mots.yaml`: Mozilla's modules, their owners and peers.

Source: https://mots.readthedocs.io; docs/definitions.md, table of formats.
"""

from collections.abc import Mapping
from typing import Final

from events.sources.roles.document import Document, Syntax, mapping, sequence, text
from events.sources.roles.roster import OneFile, Roster, places

MOTS_ROLES: Final = {"owners": "owner", "peers": "peer"}


def read_mots(document: Document) -> Roster:
    """Every module with its submodules; those under *emeritus* hold nothing."""
    roster, file = Roster(), mapping(document)
    for person in sequence(file.get("people"), "people"):
        _person(roster, person)
    for module in sequence(file.get("modules"), "modules"):
        _module(roster, mapping(module, "a module"), None)
    return roster


def _module(roster: Roster, module: Mapping[str, Document], parent: str | None) -> None:
    scope = text(module.get("machine_name"))
    if scope:
        roster.scopes[scope] = parent
        for key, role in MOTS_ROLES.items():
            for person in sequence(module.get(key), key):
                roster.seat(scope, role, _person(roster, person))
    for submodule in sequence(module.get("submodules"), "submodules"):
        _module(roster, mapping(submodule, "a submodule"), scope or parent)


def _person(roster: Roster, person: Document) -> str | None:
    entry = mapping(person, "a person")
    number = text(entry.get("bmo_id"))
    identity = f"bugzilla:{number}" if number.isascii() and number.isdigit() else None
    roster.person(identity, name=text(entry.get("name")))
    return identity


MOTS: Final = OneFile("mots", Syntax.YAML, places("mots.yaml"), read_mots)
