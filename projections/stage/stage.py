"""The scaling stage of a community: what its series say, and what the last sweep saw beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from projections.activity.ranges import Flags
from projections.community.known import Known
from projections.history import Series, Values, series, share_of
from projections.mentoring.measures import counted
from projections.pathway.conversion import CONVERTING
from projections.pathway.gaps import acknowledged
from projections.stage import milestones, risks
from projections.stage.assigned import Assigned, assigned
from projections.stage.chances import Taken, taken
from projections.stage.coordinators import Coordinators, coordinators
from projections.stage.success import Success, success
from projections.stage.synergy import Synergy, synergy


@dataclass(frozen=True, slots=True)
class Seen:
    """What sentences and explanations rest on beside the series, as of the last sweep; never changes.

    Attributes:
        first_day: day number of each array's first value.
        chances: how many opportunities were taken up within the renewal period.
        carried: the largest share of the mentorships that one coordinator carries.
        decided: how many of newcomers' contributions were accepted or declined.
        acknowledged: pathway step → the days on which its gap is taken on.
    """

    first_day: int
    coordinators: Coordinators
    carried: Values
    taken: Sequence[Taken]
    chances: Values
    synergy: Synergy
    success: Success
    openness: risks.Openness
    decided: Values
    acknowledged: Mapping[str, Flags]
    assigned: Mapping[str, Sequence[Assigned]]


class Stage:
    """The questions of the stage; keeps what it saw last, for those who ask why."""

    def __init__(self) -> None:
        self.last: Seen | None = None

    def series(self, known: Known) -> Iterator[tuple[Series, Values]]:
        """All families about the stage, on every day."""
        seen = self.last = see(known)
        yield from of_coordinators(seen)
        for milestone, judged in milestones.milestones(known, seen.chances, seen.synergy).items():
            for state, days in judged.states():
                yield series("milestone", milestone=milestone, state=state), days.astype(np.float64)
        for criterion, holds in seen.success.holds.items():
            yield series("scaling_success", criterion=criterion), holds
        for risk, found in judged_risks(known, seen).items():
            for state, days in found.states():
                yield series("risk", risk=risk, state=state), days.astype(np.float64)


def see(known: Known) -> Seen:
    """Everything that the stage rests on."""
    coordinating, chances = coordinators(known), list(taken(known))
    return Seen(
        known.first_day,
        coordinating,
        carried_by_one(known, coordinating),
        chances,
        milestones.taken_up(known, chances),
        synergy(known),
        success(known),
        risks.openness(known),
        risks.decided(known),
        acknowledged(known),
        assigned(known),
    )


def judged_risks(known: Known, seen: Seen) -> Mapping[str, risks.Judged]:
    """All risks."""
    gaps = {step: known.values("pathway_gap", step=step) for step in CONVERTING}
    return {
        "coordinator_runway": risks.coordinator_runway(known, seen.coordinators, seen.carried),
        "ownership_openness": seen.openness.judged,
        "pathway_gaps": risks.pathway_gaps(gaps, seen.acknowledged),
    }


def of_coordinators(seen: Seen) -> Iterator[tuple[Series, Values]]:
    """All families about coordinators; absent before the first one."""
    found = seen.coordinators
    if found.recorded.any():
        yield series("coordinators_active"), np.where(found.recorded, found.count, np.nan)
        yield series("coordinator_mentorship_share_ratio"), seen.carried
        yield series("coordinator_runway_seconds"), found.runway


def carried_by_one(known: Known, found: Coordinators) -> Values:
    """The largest share of all active mentorships of which one coordinator is the mentor; NaN where there is none."""
    by_mentor: dict[str, list[tuple[int, int]]] = {one: [] for one in found.people}
    for one in known.mentorships.ranges:
        if one.mentor in by_mentor:
            by_mentor[one.mentor].append((one.start, one.end))
    most = np.full(len(known.days), np.nan)
    for person, coordinates in found.people.items():
        theirs = counted(by_mentor[person], known.first_day, len(known.days))
        most = np.fmax(most, np.where(coordinates, theirs, np.nan))
    total = known.values("mentorships_active")
    return share_of(most, total)
