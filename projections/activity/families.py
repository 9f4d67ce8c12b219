"""The families about activity: what each means, and its values on every day, from the counts.

Source: docs/definitions.md, "People" and "Activity".
"""

from collections.abc import Mapping
from functools import partial

from projections.activity.drilldown import drill_activity, excluded
from projections.community.covered import Read
from projections.metrics.family import Family, derived
from projections.metrics.group import Group
from projections.metrics.labels import WINDOW_DAYS, Label
from projections.metrics.privacy import COUNT, PUBLIC, Denominator, Precision, Sum, count_in, share
from projections.metrics.rests_on import contributions, seats
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy

_windowed = partial(Family, group=Group.ACTIVITY, unit=Unit.PEOPLE, labels=(WINDOW_DAYS,), privacy=COUNT)

_spread = partial(Family, group=Group.ONION, unit=Unit.PEOPLE, privacy=COUNT)


def exposed(labels: Mapping[str, str], policy: CommunityPolicy) -> Read:
    """What exposure rests on: of volume on contributions, else on the seats that the policy judges by."""
    return contributions(labels, policy) if labels.get("of") == "volume" else seats(labels, policy)


EXPOSURE = _spread(
    "departure_exposure_ratio",
    "Exposure",
    "What would go with the one person or organisation that holds most: the share of the person-days, of "
    "leadership, or of the covered scopes, which would be covered no more.",
    unit=Unit.SHARE,
    labels=(
        Label("of", ("volume", "leadership", "scopes"), "`volume` of work, `leadership`, `scopes`"),
        Label("unit", ("person", "organisation")),
    ),
    privacy=share(Denominator.EXPOSURE, Precision.PER_CENT),
    rests_on=exposed,
    drilldown=drill_activity,
)

"""Of leadership and scopes by `leadership`."""

ACTIVITY_FAMILIES: tuple[Family, ...] = (
    _windowed(
        "active_contributors",
        "Active contributors",
        "People with active work (substantial or stewardship) within the window of days.",
        drilldown=drill_activity,
    ),
    _windowed(
        "recurring_contributors",
        "Recurring contributors",
        "Active contributors with active work on two days that lie at least 7 days apart.",
        privacy=count_in(Sum.REST),
        drilldown=drill_activity,
    ),
    _windowed(
        "new_contributors",
        "New",
        "Active at the end of the window, for the first time in their life within it.",
        privacy=count_in(Sum.FLOWS),
        drilldown=drill_activity,
    ),
    _windowed(
        "returned_contributors",
        "Returned",
        "Active at the end of the window and not at its start, but once before.",
        privacy=count_in(Sum.FLOWS),
        drilldown=drill_activity,
    ),
    _windowed(
        "lapsed_contributors",
        "Lapsed",
        "Active when the window began, not at its end.",
        privacy=count_in(Sum.FLOWS),
        drilldown=drill_activity,
    ),
    _windowed(
        "lapsing_contributors",
        "Lapsing",
        "Active contributors who are active no more in 14 days unless they do something again.",
        privacy=count_in(Sum.REST),
        drilldown=drill_activity,
    ),
    _windowed(
        "growth_corrections",
        "Corrections",
        "Active when the window began as known today, less what was published when that day closed.",
        derived_from=derived("active_contributors"),
    ),
    _windowed(
        "newcomers",
        "Newcomers",
        "People whose first contribution of any kind falls in the window.",
        drilldown=drill_activity,
    ),
    _windowed(
        "retention_ratio",
        "Retention",
        "Share of the people active when the window began who are active at its end.",
        unit=Unit.SHARE,
        privacy=share(Denominator.ACTIVE_BEFORE),
        drilldown=drill_activity,
    ),
    _windowed(
        "contributions",
        "Contributions",
        "Contributions of all kinds within the window.",
        unit=Unit.COUNT,
        privacy=share(Denominator.WORK),
        drilldown=drill_activity,
    ),
    Family(
        "team_active_contributors",
        "Active",
        "Active contributors of a team within the window of days; teams that are not called by name are `other`.",
        group=Group.TEAMS,
        unit=Unit.PEOPLE,
        labels=(
            Label(
                "team",
                words="teams that the policy lists, or the first 50 where it lists none, and `other`",
            ),
            WINDOW_DAYS,
        ),
        privacy=count_in(Sum.TEAMS),
        drilldown=drill_activity,
    ),
    _spread(
        "core_contributors_by_volume",
        "Core by volume",
        "The fewest people who did 80 % of the person-days of the headline window.",
        privacy=count_in(Sum.CLASSES),
        drilldown=drill_activity,
    ),
    _spread(
        "regular_contributors_by_volume",
        "Regular by volume",
        "The next people, up to 95 % of the person-days.",
        privacy=count_in(Sum.CLASSES),
        drilldown=drill_activity,
    ),
    _spread(
        "casual_contributors_by_volume",
        "Casual by volume",
        "The remaining active people.",
        privacy=count_in(Sum.CLASSES),
        drilldown=drill_activity,
    ),
    _spread(
        "contributor_absence_factor",
        "Contributor absence factor",
        "The fewest people who hold half of the person-days of the headline window.",
        drilldown=drill_activity,
    ),
    _spread(
        "elephant_factor",
        "Elephant factor",
        "The fewest organisations that hold half of the person-days of the headline window.",
        unit=Unit.COUNT,
        privacy=PUBLIC,
        derived_from=derived("affiliation_known_ratio"),
    ),
    EXPOSURE,
    _spread(
        "work_volume",
        "Person-days",
        "Days of active work of the active people in the headline window: a day of one person counts once.",
        unit=Unit.COUNT,
        privacy=share(Denominator.HEADLINE_WORK),
        derived_from=derived("active_contributors"),
    ),
    _spread(
        "newcomer_share_ratio",
        "Newcomer share",
        "Share of active people whose first active work lies in the last 365 days.",
        unit=Unit.SHARE,
        privacy=share(Denominator.ACTIVE_IN_PARTS),
        drilldown=drill_activity,
    ),
    _spread(
        "affiliation_known_ratio",
        "Affiliation known",
        "Share of active people whose affiliation is known on that day.",
        unit=Unit.SHARE,
        privacy=share(Denominator.ACTIVE_IN_PARTS),
        drilldown=drill_activity,
    ),
    Family(
        "agent_assisted_ratio",
        "Share of person-days with an agent declared",
        "Share of the person-days of the headline window on which a commit of the person declares an AI agent in a "
        "trailer; what nobody declares is not known.",
        group=Group.DECLARED,
        unit=Unit.SHARE,
        privacy=share(Denominator.DECLARED, Precision.PER_CENT),
        derived_from=derived("work_volume"),
    ),
    Family(
        "agent_assisted_contributors",
        "People who declared one",
        "Active contributors with such a person-day in the headline window; who they are is nowhere told.",
        group=Group.DECLARED,
        unit=Unit.PEOPLE,
        labels=(WINDOW_DAYS,),
        privacy=count_in(Sum.REST),
        derived_from=derived("work_volume"),
    ),
    Family(
        "excluded_contributions",
        "Contributions by",
        "Contributions of bots and AI agents in the headline window, in no other number.",
        group=Group.EXCLUDED,
        labels=(Label("reason", ("bot", "agent"), "`bot`, `agent` (an AI agent); of records set aside: why"),),
        privacy=share(Denominator.HEADLINE_WORK),
        drilldown=excluded,
    ),
)
