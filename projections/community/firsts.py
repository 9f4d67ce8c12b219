"""When identities first contributed anything, to the moment: a day does not say what came before a grant on it."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from projections.timeline.history import Values
from projections.timeline.ranges import Ints


@dataclass(frozen=True, slots=True)
class FirstMoments:
    """The moment of each identity's first contribution, in seconds since the epoch.

    Attributes:
        moment: by number of the identity; infinite, as beyond its end, where there is none.
    """

    moment: Values

    @classmethod
    def of(cls, identity: Ints, moment: Values) -> Self:
        """From moments of contributions, of each identity as many as there are."""
        found = np.full(identity.max(initial=-1) + 1, np.inf)
        np.minimum.at(found, identity, moment)
        return cls(found)

    @classmethod
    def none(cls) -> Self:
        """Nobody contributed yet."""
        return cls(np.empty(0))

    def changed(self, replaced: Ints, more: "FirstMoments") -> "FirstMoments":
        """The same once nothing holds of some identities but what is told here."""
        found = np.full(max(len(self.moment), len(more.moment), replaced.max(initial=-1) + 1), np.inf)
        found[: len(self.moment)] = self.moment
        found[replaced] = np.inf
        found[: len(more.moment)] = np.minimum(found[: len(more.moment)], more.moment)
        return FirstMoments(found)

    def of_identities(self, identities: Ints) -> Values:
        """The moments of some identities."""
        known = np.append(self.moment, np.inf)
        return known[np.minimum(identities, len(self.moment))]
