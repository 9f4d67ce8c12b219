"""What is new of a community, as its state takes it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from events.catalog import AnyEvent
from projections.community.artefacts import Rows, no_rows
from projections.community.contributions import DailyContributions
from projections.community.firsts import FirstMoments
from projections.community.names import ContributionNames
from projections.timeline.ranges import Ints


@dataclass(frozen=True, slots=True)
class Change:
    """What is new.

    Attributes:
        names: all that are known by now; numbers that were given stay.
        cells: contributions.
        replaced: identities of which nothing holds but what is told here.
        facts: the events of all other types.
        moments: the newest of each source's contributions, retracted or not: (source, day number, seconds).
        responses: what these contributions, and all of the replaced identities', say of artefacts.
        firsts: when identities of these contributions made the first of them.
        refused: by type and reason, how many more events were stored of which none of today's can be made.
    """

    names: ContributionNames
    cells: DailyContributions
    replaced: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    facts: Sequence[AnyEvent] = ()
    moments: Sequence[tuple[str, int, float]] = ()
    responses: Rows = field(default_factory=no_rows)
    refused: Mapping[str, int] = field(default_factory=dict)
    firsts: FirstMoments = field(default_factory=FirstMoments.none)
