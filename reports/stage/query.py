"""The stage asked about on one day, by somebody who may see all numbers or only some."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from projections.community.covered import Read
from projections.leadership.verdict import VERDICTS
from projections.metrics.rests_on import seats
from projections.policy.policy import CommunityPolicy
from projections.stage.series import StageEvaluation
from projections.timeline.days import number_of
from projections.timeline.history import Values, series
from reports.format.values import Value
from reports.reach import not_read
from reports.viewer import Viewer

AGAIN = "Import the sources again."
OF_SEATS = ("coordinator_runway", "distribution", "strength")
READS: Mapping[str, Read] = {
    **dict.fromkeys(("synergy", "ownership_openness", "pathway_gaps", "growth", "distribution"), Read.CONTRIBUTIONS),
    **dict.fromkeys(("core_mentored", "leadership_chances", "momentum"), Read.ROLES),
}
"""What somebody has to read before it is known how a milestone, a criterion or a risk stands."""


@dataclass(frozen=True, slots=True)
class StageQuery:
    """A question about a day.

    Attributes:
        seen: what there is to say beside the series; None before the facts were read.
    """

    viewer: Viewer
    seen: StageEvaluation | None
    policy: CommunityPolicy
    day: date

    def number(self, name: str, back: int = 0, **labels: str | int) -> Value:
        """A number of the day, or of one so many days before."""
        return self.viewer.value(series(name, **labels), self.before(back))

    def at(self, values: Values) -> float:
        """A value of the day beside the series; NaN where there is none."""
        at = number_of(self.day) - (self.seen.first_day if self.seen else 0)
        return float(values[at]) if self.seen and 0 <= at < len(values) else np.nan

    def not_read(self, about: str) -> str:
        """What nobody read of what a milestone, a criterion or a risk rests on; nothing where all was."""
        judged = seats({}, self.policy)
        read = READS.get(about, Read.NOTHING) | (judged if about in OF_SEATS else Read.NOTHING)
        return not_read(self.viewer.seen.history, self.day, read)

    def before(self, days: int) -> date:
        """The day so many days before."""
        return self.day - timedelta(days=days)

    @property
    def knows_roles(self) -> bool:
        """Whether anything was recorded of roles by the day."""
        return any(self.number("leadership_verdict", verdict=one) is not None for one in VERDICTS)

    def state(self, family: str, states: tuple[str, ...], **labels: str) -> str:
        """The state that holds; the last of them, `unknown`, where none was worked out."""
        held = (one for one in states if self.number(family, 0, state=one, **labels) == 1)
        return next(held, states[-1])
