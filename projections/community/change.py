"""What is new of a community, as its state takes it in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from projections.activity.ranges import Ints
from projections.community.cells import Cells
from projections.community.counts import Names
from projections.facts.fact import Fact
from projections.responses.rows import Rows, no_rows


@dataclass(frozen=True, slots=True)
class Change:
    """What is new.

    Attributes:
        names: all that are known by now; numbers that were given stay.
        cells: contributions.
        replaced: identities of which nothing holds but what is told here.
        moments: the newest of each source's contributions, retracted or not: (source, day number, seconds).
        responses: what these contributions, and all of the replaced identities', say of artefacts.
    """

    names: Names
    cells: Cells
    replaced: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    facts: Sequence[Fact] = ()
    moments: Sequence[tuple[str, int, float]] = ()
    responses: Rows = field(default_factory=no_rows)
