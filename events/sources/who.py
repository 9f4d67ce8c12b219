"""Whom the signatures of one repository mean, where an address alone does not say it.

Source: docs/definitions.md, "How sources become facts", git history.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Final

from events.sources.addresses import Signature

IsAgent = Callable[[str, Collection[str]], bool]
"""Given an identity and its names, whether it is an AI agent's."""


class Who:
    """Whom names and addresses mean.

    Args:
        shared: Addresses of several people, whom their names tell apart.
        names_nobody: Whether an address is nobody's, such as `root@localhost`.
        is_agent: Whether somebody named in a trailer is an AI agent.
    """

    def __init__(
        self,
        shared: Collection[str] = (),
        names_nobody: Callable[[str], bool] = lambda _: False,
        is_agent: IsAgent = lambda _, __: False,
    ) -> None:
        self._shared, self._names_nobody, self.is_agent = frozenset(shared), names_nobody, is_agent
        self._met: defaultdict[str, dict[str, Signature]] = defaultdict(dict)

    def goes_by_name(self, address: str) -> bool:
        """Whether an address says nothing of who somebody is."""
        return bool(address) and (address in self._shared or self._names_nobody(address))

    def identity(self, signature: Signature) -> str | None:
        """The identity that somebody's address, or else their name, stands for; `None` where neither can."""
        named = signature.named
        return named if named and self.goes_by_name(signature.address) else signature.identity

    def meet(self, signature: Signature) -> None:
        """Remember who goes by name at an address."""
        if self.goes_by_name(signature.address):
            self._met[signature.address].setdefault(signature.name.lower(), signature)

    def met(self, address: str) -> Collection[Signature]:
        """Who went by name at an address."""
        return self._met[address].values() if address in self._met else ()


EVERYBODY_BY_ADDRESS: Final = Who()
"""A repository whose addresses all say who somebody is."""
