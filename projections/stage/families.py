"""The families about the scaling stage: what each means.

Source: docs/definitions.md, "Milestones, success, risks".
"""

from collections.abc import Mapping

from projections.community.covered import Read
from projections.metrics.family import Family, derived
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import PUBLIC, WITHHELD, Denominator, Precision, share
from projections.metrics.rests_on import roles, seats, words
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.stage import milestones, risks
from projections.stage.drilldown import drill_stage
from projections.stage.milestones import MILESTONES
from projections.stage.risks import RISKS
from projections.stage.success import CRITERIA


def succeeding(labels: Mapping[str, str], policy: CommunityPolicy) -> Read:
    """What success rests on beside numbers that are known or not: momentum, on who came into roles."""
    return (roles if labels.get("criterion") == "momentum" else words)(labels, policy)


def risky(labels: Mapping[str, str], policy: CommunityPolicy) -> Read:
    """What a risk rests on beside numbers that are known or not: that of the coordinator, on seats."""
    return (seats if labels.get("risk") == "coordinator_runway" else words)(labels, policy)


STAGE_FAMILIES: tuple[Family, ...] = (
    Family(
        "milestone",
        "Milestone",
        "1 for the state that holds: met; at_risk, not met but on one of the 89 days before; not_met; or unknown, "
        "where what it needs was never recorded.",
        group=Group.STAGE,
        unit=Unit.STATE,
        labels=(Label("milestone", MILESTONES), Label("state", milestones.STATES)),
        rests_on=words,
        privacy=share(Denominator.MILESTONE),
        derived_from=(
            *derived(
                "core_by_role_recruited",
                "core_by_role_recruited_mentored",
                "mentorships_active",
                where={"milestone": "core_mentored"},
            ),
            *derived("new_leaders", where={"milestone": "leadership_chances"}),
            *derived("relationships_active", where={"milestone": "synergy"}),
            *derived(
                "engagement_slots_filled",
                "last_engagement_timestamp_seconds",
                where={"milestone": "communication"},
                kind="report",
            ),
        ),
        drilldown=drill_stage,
    ),
    Family(
        "scaling_success",
        "Success of the stage",
        "1 while a criterion of the stage's success holds, else 0; absent where it cannot be judged.",
        group=Group.STAGE,
        unit=Unit.STATE,
        labels=(Label("criterion", CRITERIA),),
        rests_on=succeeding,
        privacy=share(Denominator.SUCCESS),
        derived_from=(
            *derived("growth_ratio", where={"criterion": "growth"}, coverage="same_sources"),
            *derived("recurring_contributors", where={"criterion": "growth"}),
            *derived("effective_leaders", "active_contributors", where={"criterion": "distribution"}),
            *derived("leadership_strength_ratio", where={"criterion": "strength"}),
            *derived("new_leaders", "core_by_role_recruited_mentored", where={"criterion": "momentum"}),
            *derived("engagement_slots_filled", where={"criterion": "momentum"}, kind="check_in"),
        ),
        drilldown=drill_stage,
    ),
    Family(
        "risk",
        "Risk",
        "1 for the state that holds: low, high or unknown.",
        group=Group.STAGE,
        unit=Unit.STATE,
        labels=(Label("risk", RISKS), Label("state", risks.STATES)),
        rests_on=risky,
        privacy=PUBLIC,
        derived_from=(
            *derived(
                "coordinators_active",
                "coordinator_runway_seconds",
                "coordinator_mentorship_share_ratio",
                "renewal_balance_leaders",
                where={"risk": "coordinator_runway"},
            ),
            *derived("newcomer_share_ratio", where={"risk": "ownership_openness"}),
            *derived("acceptance_ratio", where={"risk": "ownership_openness"}, newcomer="yes"),
            *derived("leadership_strength_ratio", where={"risk": "ownership_openness"}),
            *derived("pathway_gap", where={"risk": "pathway_gaps"}),
        ),
        drilldown=drill_stage,
    ),
    Family(
        "coordinators_active",
        "Coordinators",
        "People who hold a coordinator seat, of the seats that leadership is judged by.",
        group=Group.STAGE,
        unit=Unit.PEOPLE,
        rests_on=seats,
        privacy=share(Denominator.COORDINATORS),
        drilldown=drill_stage,
    ),
    Family(
        "coordinator_runway_seconds",
        "Coordinator runway",
        "Time to the latest end of a coordinator's term, as told by then; absent where one has no end, and where "
        "nobody coordinates.",
        group=Group.STAGE,
        unit=Unit.SPAN,
        rests_on=seats,
        privacy=share(Denominator.COORDINATORS, Precision.DAY),
        drilldown=drill_stage,
    ),
    Family(
        "coordinator_mentorship_share_ratio",
        "Mentorships resting on one coordinator",
        "The largest share of the active mentorships of which one coordinator is the mentor.",
        group=Group.STAGE,
        unit=Unit.SHARE,
        rests_on=seats,
        privacy=WITHHELD,
        derived_from=derived("mentorships_active"),
        drilldown=drill_stage,
    ),
)
