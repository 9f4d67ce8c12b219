"""What some people contributed, as counts take it in: joined to who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections.activity.ranges import Work
from projections.community.cells import Cells
from projections.people.who import Who

if TYPE_CHECKING:
    from projections.community.counts import Names


@dataclass(frozen=True, slots=True)
class Contributed:
    """All that some humans did, whole people at a time.

    Attributes:
        human: their contributions of any level.
        active: those that are active work.
        work: of any level, by person.
        active_work: by person.
    """

    human: Cells
    active: Cells
    work: Work
    active_work: Work
    who: Who
    names: Names
