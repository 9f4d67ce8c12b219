"""docs/definitions.md, **Covered days**: what a number rests on, and what is left where nobody read that."""

from collections.abc import Iterable, Iterator

from tests.oracle.day import Day, Key, Sample
from tests.oracle.sources import unread
from tests.oracle.values import Values

SAID_BY_PEOPLE = [
    "condition",
    "condition_since_timestamp_seconds",
    "engagement_slots_filled",
    "goal_baseline_contributors",
    "goal_due_timestamp_seconds",
    "goal_target_contributors",
    "known_through_timestamp_seconds",
    "last_engagement_timestamp_seconds",
    "mentor_load_max",
    "mentors_active",
    "mentorships_active",
    "milestone",
    "practice_documented_timestamp_seconds",
    "risk",
    "scaling_success",
    "source_checked_timestamp_seconds",
    "source_last_event_timestamp_seconds",
]
"""Nobody has to read them; milestones, risks and success say by themselves what of them is unknown."""
ROLES_ALONE = [
    "core_by_role_recruited",
    "core_by_role_recruited_mentored",
    "core_contributors_by_role",
    "last_new_leader_timestamp_seconds",
    "leader_tenure_median_seconds",
    "leadership_observed_ratio",
    "left_leaders",
    "new_leaders",
    "new_leaders_mentored_ratio",
    "renewal_balance_leaders",
]
OF_SEATS = [
    "coordinator_mentorship_share_ratio",
    "coordinator_runway_seconds",
    "coordinators_active",
    "effective_leaders",
    "effective_leaders_entropy",
    "leaders",
    "leadership_absence_factor",
    "leadership_concentration_ratio",
    "leadership_elephant_factor",
    "leadership_gini_ratio",
    "leadership_hhi",
    "leadership_seats",
    "leadership_share_ratio",
    "leadership_strength_ratio",
    "leadership_strength_without_top_ratio",
    "leadership_top_share_ratio",
    "leadership_verdict",
    "scopes",
    "scopes_per_leader_max",
]
"""By the label `seats`, or the seats that `judge_by` names."""
ROLES_AND_WORK = [
    "contributors_per_effective_leader",
    "leaders_without_known_work",
    "leadership_spread_ratio",
    "new_leaders_contributed_ratio",
    "people_meeting_criteria",
    "volunteer_representation_ratio",
]
VERDICTS = ("growth_verdict", "leadership_verdict")


def rests_on(key: Key, values: Values) -> set[str]:
    """What somebody has to read for a number."""
    family, labels = key[0].removeprefix("tenfold_"), dict(key[1])
    if family in SAID_BY_PEOPLE:
        return set()
    if family in ROLES_ALONE:
        return {"roles"}
    if family in ROLES_AND_WORK:
        return {"roles", "contributions"}
    if family in OF_SEATS or labels.get("of") in ("leadership", "scopes"):
        active = labels.get("seats", values.judge_by) == "active"
        return {"roles", "contributions"} if active else {"roles"}
    return {"contributions"}


def as_known(day: Day, found: Iterable[Sample]) -> Iterator[Sample]:
    """Every number that rests on what is not known is absent, and verdicts are `unknown`."""
    hidden = unread(day.known, day.values, day.day)
    for key, value in found:
        if not (rests_on(key, day.values) & hidden):
            yield key, value
        elif key[0].removeprefix("tenfold_") in VERDICTS:
            yield key, float(dict(key[1])["verdict"] == "unknown")
