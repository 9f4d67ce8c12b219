"""The families about the contribution pathway: what each means, and its values on every day.

Source: DEFINITIONS, "Contribution pathway".
"""

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np

from projections.community.context import EvaluationContext
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import PUBLIC_DAY, Denominator, share
from projections.metrics.unit import Unit
from projections.pathway.conversion import CONVERTING, Cohorts, Conversion
from projections.pathway.counts import PathwayCounts
from projections.pathway.gaps import gaps
from projections.pathway.seated import Holders
from projections.pathway.steps import CORE, LEADER, STEPS
from projections.seats.roster import ROLES, Roster
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.history import Series, Values, series
from projections.timeline.ranges import Ints

_of_a_step = partial(Family, group=Group.PATHWAY, labels=(Label("step", STEPS),))

FAMILIES: tuple[Family, ...] = (
    _of_a_step(
        "pathway_contributors",
        "Active in a year, furthest step",
        "People active within 365 days, by the furthest step that they reached.",
        unit=Unit.PEOPLE,
        privacy=share(Denominator.STEPS),
    ),
    _of_a_step(
        "pathway_conversion_ratio",
        "Conversion",
        "Share of the people who reached the step in the quarter who reached the next one within its horizon: 30 days "
        "after arrived, 90 after second_day, 180 after sustained and core. Of the newest quarter that is over for as "
        "long and has enough people.",
        unit=Unit.SHARE,
        privacy=share(Denominator.COHORT_IN_PARTS),
    ),
    _of_a_step(
        "pathway_conversion_people",
        "People of the quarter",
        "People who reached the step in the quarter that its conversion is of.",
        unit=Unit.PEOPLE,
        privacy=share(Denominator.COHORT),
    ),
    _of_a_step(
        "pathway_quarter_start_timestamp_seconds",
        "Quarter began",
        "When the quarter began that the conversion of the step is of.",
        unit=Unit.MOMENT,
        privacy=PUBLIC_DAY,
    ),
    _of_a_step(
        "pathway_step_days_median",
        "Median days to the next step",
        "Median days that those people of the quarter took who reached the next step in time.",
        unit=Unit.DAYS,
        privacy=share(Denominator.WENT_ON),
    ),
    _of_a_step(
        "pathway_gap",
        "Gap",
        "1 while the conversion of the step is less than half of the four quarters before and not by chance, or below "
        "the policy's floor two quarters in a row; 0 where it can be judged and is neither.",
        unit=Unit.STATE,
        privacy=share(Denominator.COHORT),
    ),
)


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
