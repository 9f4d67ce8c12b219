"""The families about the contribution pathway: what each means, and its values on every day.

Source: docs/definitions.md, "Contribution pathway".
"""

from functools import partial

from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import PUBLIC_DAY, Denominator, share
from projections.metrics.unit import Unit
from projections.pathway.drilldown import drill_pathway
from projections.pathway.steps import STEPS

_of_a_step = partial(Family, group=Group.PATHWAY, labels=(Label("step", STEPS),))

PATHWAY_FAMILIES: tuple[Family, ...] = (
    _of_a_step(
        "pathway_contributors",
        "Active in a year, furthest step",
        "People active within 365 days, by the furthest step that they reached.",
        unit=Unit.PEOPLE,
        privacy=share(Denominator.STEPS),
        drilldown=drill_pathway,
    ),
    _of_a_step(
        "pathway_conversion_ratio",
        "Conversion",
        "Share of the people who reached the step in the quarter who reached the next one within its horizon: 30 days "
        "after arrived, 90 after second_day, 180 after sustained and core. Of the newest quarter that is over for as "
        "long and has enough people.",
        unit=Unit.SHARE,
        privacy=share(Denominator.COHORT_IN_PARTS),
        drilldown=drill_pathway,
    ),
    _of_a_step(
        "pathway_conversion_people",
        "People of the quarter",
        "People who reached the step in the quarter that its conversion is of.",
        unit=Unit.PEOPLE,
        privacy=share(Denominator.COHORT),
        drilldown=drill_pathway,
    ),
    _of_a_step(
        "pathway_quarter_start_timestamp_seconds",
        "Quarter began",
        "When the quarter began that the conversion of the step is of.",
        unit=Unit.MOMENT,
        privacy=PUBLIC_DAY,
        drilldown=drill_pathway,
    ),
    _of_a_step(
        "pathway_step_days_median",
        "Median days to the next step",
        "Median days that those people of the quarter took who reached the next step in time.",
        unit=Unit.DAYS,
        privacy=share(Denominator.WENT_ON),
        drilldown=drill_pathway,
    ),
    _of_a_step(
        "pathway_gap",
        "Gap",
        "1 while the conversion of the step is less than half of the four quarters before and not by chance, or below "
        "the policy's floor two quarters in a row; 0 where it can be judged and is neither.",
        unit=Unit.STATE,
        privacy=share(Denominator.COHORT),
        drilldown=drill_pathway,
    ),
)
