"""Who is a machine: what the policy's patterns, and GitHub's own mark of bots, say of an identity.

Source: docs/definitions.md, "People", Bot.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final, Literal

from events.sources.addresses import APP
from projections.policy.patterns import Patterns
from projections.policy.policy import CommunityPolicy

LOOKS_SO: Final = re.compile(r"(?<![^\W_])(?:bots?|robots?|automation|automated|ci)(?![^\W_])", re.IGNORECASE)
"""A word that machines are called by; people are called `Abbot`, and have it in the middle of a word."""

Reason = Literal["bot", "agent"]


class Machines:
    """The patterns of one community.

    Args:
        policy: The community's.
    """

    def __init__(self, policy: CommunityPolicy) -> None:
        self._agents, self._bots = Named(policy.agent_patterns), Named(policy.bot_patterns)

    def reason(self, identity: str, names: Collection[str]) -> Reason | None:
        """Why an identity with these names is taken for a machine; `None` where it is not."""
        if self._agents.fit(identity, names):
            return "agent"
        return "bot" if is_app(identity) or self._bots.fit(identity, names) else None


class Named:
    """Patterns by what they are held against: whole identities (with `:`), addresses (with `@`), logins and names."""

    def __init__(self, globs: Iterable[str]) -> None:
        by_what: dict[str, list[str]] = {":": [], "@": [], "": []}
        for glob in globs:
            by_what[next((sign for sign in ":@" if sign in glob), "")].append(glob)
        self._identities, self._addresses, self._names = (Patterns(of) for of in by_what.values())

    def fit(self, identity: str, names: Collection[str]) -> bool:
        """Whether the handle fits, or every name of at least one."""
        provider, _, handle = identity.partition(":")
        if provider == "email" and self._addresses.fit(handle):
            return True
        if self._names.fit(called(identity)) or self._identities.fit(identity):
            return True
        return bool(names) and all(map(self._names.fit, names))


def called(identity: str) -> str:
    """What an identity is called by itself: a login, a name, or the part of an address before the `@`."""
    provider, _, handle = identity.partition(":")
    return (handle.rpartition("@")[0] if provider == "email" else "") or handle


def looks_so(identity: str, names: Collection[str]) -> bool:
    """Whether somebody is called as machines are; `…bot` alone says nothing of who gave a first and a last name."""
    handle = called(identity)
    if any(map(LOOKS_SO.search, (handle, *names))):
        return True
    return handle.endswith("bot") and not any(" " in name for name in names)


def is_app(identity: str) -> bool:
    """Whether an identity is the login of one of GitHub's apps."""
    return identity.startswith("github-login:") and identity.endswith(APP)
