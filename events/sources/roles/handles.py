"""Whom a role file means: accounts, teams of accounts, addresses."""

import re
from typing import Final

from events.sources.addresses import ADDRESS_CHARACTERS, identity_of_address

LOGIN: Final = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})(?:\[bot\])?"
"""An account on GitHub: people's have no underscore, an enterprise's do, a bot's end in `[bot]`."""

_PART = r"[^\s<>@|,;:()\[\]\"'`]"
ADDRESS: Final = f"{_PART}{{1,64}}@{_PART}{{1,253}}"
"""An e-mail address anywhere in a text; of RFC 5321's length, so that looking for one takes no time."""

_ACCOUNT = re.compile(f"@?({LOGIN})")
_TEAM = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9_.-]+)")
_ADDRESS = re.compile(ADDRESS)


def account(handle: str) -> str | None:
    """The identity of a login, with or without an `@` before it; `None` where it cannot be one."""
    found = _ACCOUNT.fullmatch(handle.strip())
    return f"github-login:{found[1].lower()}" if found else None


def team(handle: str) -> str | None:
    """The identity of `@organisation/team`; it is nobody in particular."""
    found = _TEAM.fullmatch(handle)
    return f"github-team:{found[1].lower()}" if found else None


def address(given: str) -> str | None:
    """The identity of an e-mail address; `None` where it cannot be one."""
    given = given.strip()
    fits = len(given) <= ADDRESS_CHARACTERS and _ADDRESS.fullmatch(given)
    return identity_of_address(given) if fits else None
