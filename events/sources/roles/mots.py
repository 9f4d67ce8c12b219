"""`mots.yaml`: Mozilla's modules, their owners and peers.

Source: https://mots.readthedocs.io; docs/definitions.md, table of formats.
"""

from collections.abc import Mapping
from typing import Final

from events.sources.roles.document import Document, Syntax, mapping, sequence, text
from events.sources.roles.roster import OneFile, Roster, places

MOTS_ROLES: Final = {"owners": "owner", "peers": "peer"}
NO_ACCOUNTS: Final = range(2)
"""Numbers that files give whoever has none at Bugzilla: a council, or a placeholder."""
NOBODY: Final = "nobody"


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
                _holder(roster, scope, role, mapping(person, "a person"))
    for submodule in sequence(module.get("submodules"), "submodules"):
        _module(roster, mapping(submodule, "a submodule"), scope or parent)


def _holder(roster: Roster, scope: str, role: str, entry: Mapping[str, Document]) -> None:
    identity, name = _person(roster, entry), text(entry.get("name"))
    roster.seat(scope, role, identity)
    if identity is None and name.lower() != NOBODY:
        roster.leave_out(scope, f"{role} {text(entry.get('nick')) or name or 'without a name'!r} has no number")


def _person(roster: Roster, person: Document) -> str | None:
    """The identity of an account; a number that is no account's stands for nobody, or for a council as one."""
    entry = mapping(person, "a person")
    number, name = text(entry.get("bmo_id")), text(entry.get("name"))
    if not (number.isascii() and number.isdigit()):
        return None
    if int(number) in NO_ACCOUNTS:
        return None if name.lower() in ("", NOBODY) else f"bugzilla-team:{'-'.join(name.lower().split())}"
    identity = f"bugzilla:{number}"
    roster.person(identity, name=name)
    return identity


MOTS: Final = OneFile("mots", Syntax.YAML, places("mots.yaml"), read_mots)
