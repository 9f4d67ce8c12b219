"""Between sources and the log: identities become pseudonyms here where the settings want them, or never."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from events.catalog import AnyEvent
from events.pseudonyms import Pseudonymised, Pseudonymiser
from events.sources.who import Who
from projections.people.machines import Machines
from projections.policy.patterns import Patterns
from projections.policy.policy import CommunityPolicy

Names = Mapping[str, Collection[str]]
"""Every name that each identity was ever given."""


class Edge:
    """Lets events through: as they are, or under a key.

    Args:
        policy: its patterns tell bots and placeholders apart while handles can still be seen.
        key: of the pseudonyms; without one events pass as they are.
        public: identities that bear no pseudonym.
    """

    def __init__(self, policy: CommunityPolicy, key: bytes | None, public: Collection[str] = ()) -> None:
        self._machines, self._placeholders = Machines(policy), Patterns(policy.placeholder_addresses)
        self._pseudonymiser = Pseudonymiser(key, public) if key else None

    @property
    def hides(self) -> bool:
        """Whether identities become pseudonyms."""
        return self._pseudonymiser is not None

    def identity(self, identity: str) -> str:
        """What stands in the log for an identity."""
        return self._pseudonymiser.identity(identity) if self._pseudonymiser else identity

    def id(self, text: str) -> str:
        """What stands in the log for an event's id."""
        return self._pseudonymiser.text(text) if self._pseudonymiser else text

    def admit(self, events: Sequence[AnyEvent], all_names: Names | None = None) -> Pseudonymised:
        """What may be written of some events, and whom it hides.

        Args:
            events: of one community.
            all_names: where the events do not hold all names of their people themselves.
        """
        if not self._pseudonymiser:
            return Pseudonymised(tuple(events), ())
        return self._pseudonymiser.pseudonymise(
            events, lambda identity, names: self.bot_reason(identity, (all_names or {}).get(identity, names))
        )

    def who(self, shared: Collection[str]) -> Who:
        """Whom signatures mean in a repository that shares these addresses."""
        return Who(shared, self._placeholders.fit, lambda identity, names: self.bot_reason(identity, names) == "agent")

    def bot_reason(self, identity: str, names: Iterable[str]) -> str | None:
        """Why the policy takes an identity for a bot; `None` where it does not."""
        return self._machines.reason(identity, list(names))
