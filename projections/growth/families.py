"""The families about growth: the weekly verdict, the goal, and how far each source was read.

Source: docs/definitions.md, "Growth".
"""

from functools import partial

from projections.activity.drilldown import drill_activity
from projections.growth.verdict import VERDICTS
from projections.metrics.family import Family, derived
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import COUNT, PUBLIC, PUBLIC_DAY, Denominator, Precision, share
from projections.metrics.rests_on import words
from projections.metrics.unit import Unit

_goal = partial(Family, group=Group.GOAL)

_change = partial(
    Family,
    group=Group.GROWTH,
    unit=Unit.CHANGE,
    privacy=share(Denominator.ACTIVE, Precision.PER_CENT),
    derived_from=derived("monthly_contributors"),
)

GROWTH_FAMILIES: tuple[Family, ...] = (
    Family(
        "growth_verdict",
        "Verdict",
        "1 for the verdict that holds: growing, flat, shrinking, unclear (it cannot be told yet) or unknown.",
        group=Group.GROWTH,
        unit=Unit.STATE,
        labels=(Label("verdict", VERDICTS),),
        privacy=PUBLIC,
        derived_from=derived("growth_change_ratio", "growth_change_low_ratio", "growth_change_high_ratio"),
    ),
    Family(
        "weekly_contributors",
        "Contributors in the last week",
        "People with active work in the last closed ISO week.",
        group=Group.GROWTH,
        unit=Unit.PEOPLE,
        privacy=COUNT,
        drilldown=drill_activity,
    ),
    Family(
        "monthly_contributors",
        "Contributors in the last four weeks",
        "People with active work in the last four closed ISO weeks.",
        group=Group.GROWTH,
        unit=Unit.PEOPLE,
        privacy=COUNT,
        drilldown=drill_activity,
    ),
    _change(
        "growth_change_ratio",
        "Change on a year ago",
        "Change of the monthly contributors on a year ago, over up to 13 months; 0.18 is +18 %.",
    ),
    _change("growth_change_low_ratio", "Change, at least", "Lower end of the interval of the change."),
    _change("growth_change_high_ratio", "Change, at most", "Upper end of the interval of the change."),
    _goal(
        "goal_baseline_contributors",
        "Baseline",
        "The baseline that the goal set.",
        unit=Unit.PEOPLE,
        rests_on=words,
        privacy=PUBLIC,
    ),
    _goal(
        "goal_target_contributors",
        "Target line",
        "Where the target line is on the day.",
        unit=Unit.PEOPLE,
        rests_on=words,
        privacy=PUBLIC,
    ),
    _goal(
        "growth_ratio",
        "Growth ratio",
        "Active contributors of the headline window by the goal's baseline; over its own sources, or all.",
        unit=Unit.TIMES,
        labels=(
            Label(
                "coverage",
                ("same_sources", "all"),
                "`same_sources`: only what the goal's baseline counted; `all`",
            ),
        ),
        privacy=share(Denominator.GOAL),
        derived_from=derived("active_contributors", "goal_baseline_contributors"),
    ),
    _goal(
        "growth_path_ratio",
        "Active, by the target line",
        "Active contributors of the headline window by the target line.",
        unit=Unit.SHARE,
        privacy=share(Denominator.GOAL),
        derived_from=derived("active_contributors", "goal_target_contributors"),
    ),
    _goal(
        "goal_due_timestamp_seconds",
        "Due",
        "When the goal is due.",
        unit=Unit.MOMENT,
        rests_on=words,
        privacy=PUBLIC_DAY,
    ),
    _goal(
        "goal_eta_earliest_timestamp_seconds",
        "Reached, earliest",
        "When the goal is reached at the earliest, by the last 12 month-ends.",
        unit=Unit.MOMENT,
        privacy=PUBLIC_DAY,
        derived_from=derived("active_contributors", "goal_baseline_contributors"),
    ),
    _goal(
        "goal_eta_latest_timestamp_seconds",
        "Reached, latest",
        "When the goal is reached at the latest, by the last 12 month-ends.",
        unit=Unit.MOMENT,
        privacy=PUBLIC_DAY,
        derived_from=derived("active_contributors", "goal_baseline_contributors"),
    ),
)
