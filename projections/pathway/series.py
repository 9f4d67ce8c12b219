"""The series about pathway: their values on every day, from counts and facts.

Source: docs/definitions.md, "Contribution pathway".
"""

from collections.abc import Iterator, Mapping

import numpy as np

from projections.community.context import EvaluationContext
from projections.pathway.conversion import CONVERTING, Cohorts, Conversion
from projections.pathway.counts import PathwayCounts
from projections.pathway.gaps import gaps
from projections.pathway.seated import Holders
from projections.pathway.steps import CORE, LEADER, STEPS
from projections.seats.roster import ROLES, Roster
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import Ints


def pathway_series(context: EvaluationContext) -> Iterator[tuple[Series, Values]]:
    """All families about the pathway."""
    recorded = context.since(*ROLES)
    people, cohorts = counted(context)
    for step in STEPS:
        defined = context.present & (recorded if step == STEPS[LEADER] else True)
        yield series("pathway_contributors", step=step), np.where(defined, people[step], np.nan)
    for step in CONVERTING:
        published = _of_quarters(cohorts.step(step), context, context.policy.pathway.floors.get(step))
        for family, values in published.items():
            yield series(family, step=step), values if step != STEPS[CORE] else np.where(recorded, values, np.nan)


def counted(context: EvaluationContext) -> tuple[Mapping[str, Ints], Cohorts]:
    """The people active within a year by furthest step and day, and the people of every quarter."""
    counts = context.counts.of(PathwayCounts)
    seats = PathwayCounts(context.policy, context.counts.coverage)
    if (roster := context.find(Roster)) is not None:
        holders = Holders.of(roster.seats, context.snapshot)
        seats.count(holders.worked, holders.active_work, -1)
        seats.count(holders.reached, holders.active_work)
    people = {step: counts.people(step) + seats.people(step) for step in STEPS}
    return people, counts.cohorts.plus(seats.cohorts)


def _of_quarters(conversion: Conversion, context: EvaluationContext, floor: float | None) -> Mapping[str, Values]:
    """What is published of a step on each day: that of its newest mature quarter."""
    fewest = context.policy.pathway.fewest_people
    place = conversion.newest(context.first_day, len(context.days), fewest)
    by_quarter = {
        "pathway_conversion_ratio": conversion.ratio(),
        "pathway_conversion_people": conversion.people.astype(np.float64),
        "pathway_quarter_start_timestamp_seconds": conversion.begins() * SECONDS_A_DAY,
        "pathway_step_days_median": conversion.median_days(),
        "pathway_gap": gaps(conversion, fewest, floor),
    }
    return {family: np.where(place >= 0, values[place], np.nan) for family, values in by_quarter.items()}
