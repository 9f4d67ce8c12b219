"""Who counts as a person and looks like a machine: names for leads to look at, and no verdict.

Source: docs/definitions.md, "People", Bot.
"""

from collections.abc import Sequence

import numpy as np

from projections.community.snapshot import CommunitySnapshot


def lookalikes(snapshot: CommunitySnapshot, day: int) -> Sequence[str]:
    """The identities with contributions up to a day (a day number), alphabetically."""
    seen = np.unique(snapshot.cells.identity[snapshot.cells.day <= day])
    return sorted(snapshot.names.identities[one] for one in seen[snapshot.who.is_lookalike[seen]].tolist())
