"""Who an author line of git means: identities from names and e-mail addresses.

Source: docs/definitions.md, "Identity from an e-mail address".
"""

import re
from dataclasses import dataclass
from typing import Self

_NOREPLY = re.compile(r"(?:(?P<number>\d+)\+)?(?P<login>[^@+]+)@users\.noreply\.github\.com")
_ANGLES = re.compile(r"(?P<name>[^<]*)<(?P<address>[^<>]*)>")
_CONTROL = re.compile(r"[\x00-\x1f]")

APP = "[bot]"
"""How GitHub ends the login of an app; no person's account can."""

ADDRESS_CHARACTERS = 254
"""What RFC 5321 leaves room for; anything longer is no address, and would not fit an event's id."""

NAME_CHARACTERS = 160
"""Enough to recognise anybody by; what follows is cut, so that address and name fit an id together."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A name and an address, as an author line or a trailer gives them; either may be empty."""

    name: str
    address: str

    @classmethod
    def of(cls, name: str, address: str) -> Self:
        """Tidies both: single spaces, no control characters, the address in lower case."""
        words = _CONTROL.sub(" ", name).split()
        return cls(" ".join(words)[:NAME_CHARACTERS].rstrip(), _CONTROL.sub("", address).strip().lower())

    @classmethod
    def parse(cls, value: str) -> Self:
        """Reads a trailer's value: `Name <address>`, else a name, unless it is one word with an `@`."""
        if found := _ANGLES.search(value):
            return cls.of(found["name"], found["address"])
        words = value.split()
        if len(words) == 1 and "@" in words[0]:
            return cls.of("", words[0])
        return cls.of(value, "")

    @property
    def identity(self) -> str | None:
        """The identity that the address, or else the name, stands for; `None` where neither can."""
        if len(self.address) > ADDRESS_CHARACTERS:
            return None
        if self.address:
            return identity_of_address(self.address)
        return self.named

    @property
    def named(self) -> str | None:
        """The identity that the name alone stands for; `None` where there is none."""
        return f"git-name:{self.name.lower()}" if self.name else None


def identity_of_address(address: str) -> str:
    """The identity of a non-empty e-mail address; GitHub's noreply addresses name an account."""
    address = address.lower()
    found = _NOREPLY.fullmatch(address)
    if found is None:
        return f"email:{address}"
    return f"github:{found['number']}" if found["number"] else f"github-login:{found['login']}"


def login_link(address: str) -> tuple[str, str] | None:
    """What `N+login@users.noreply.github.com` tells: (identity of the login, identity of account N)."""
    found = _NOREPLY.fullmatch(address.lower())
    if found is None or not found["number"]:
        return None
    return f"github-login:{found['login']}", f"github:{found['number']}"
