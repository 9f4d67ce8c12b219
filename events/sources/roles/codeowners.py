"""`CODEOWNERS`: who is asked to review what.

Source: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/
customizing-your-repository/about-code-owners; docs/definitions.md, table of formats.
"""

import re
from typing import Final

from events.sources.roles.document import Document, Syntax
from events.sources.roles.handles import account, address, team
from events.sources.roles.roster import OneFile, Roster, is_ignored

_COMMENT = re.compile(r"(?:^|\s)#.*")
_SPACE = re.compile(r"(?<!\\)\s+")
_SECTION = re.compile(r"\^?\[")


def read_codeowners(document: Document) -> Roster:
    """Every pattern with its owners: of lines with the same pattern the last, as in the original."""
    roster = Roster()
    owners: dict[str, list[str]] = {}
    for line in str(document).split("\n"):
        bare = _COMMENT.sub("", line).strip()
        if bare and not _SECTION.match(bare):
            pattern, *named = _SPACE.split(bare)
            owners[pattern.replace("\\ ", " ")] = named
    for pattern, named in owners.items():
        if not is_ignored(pattern):
            roster.scopes[pattern] = None
            for handle in named:
                roster.seat(pattern, "codeowner", identity := _identity(handle))
                if identity is None:
                    roster.leave_out(pattern, f"{handle!r} is no account, team or address")
    return roster


def _identity(handle: str) -> str | None:
    if handle.startswith("@"):
        return team(handle) or account(handle)
    return address(handle)


PLACES: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
CODEOWNERS: Final = OneFile("codeowners", Syntax.TEXT, PLACES, read_codeowners)
