"""Why a number is what it is, as half a sentence: for who may see all, and asks what is behind it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from projections.community.snapshot import CommunitySnapshot
from projections.conditions.series import ConditionsEvaluation
from projections.evaluation.catalog import FAMILIES
from projections.explain.explain import Explanation
from projections.leadership.series import LeadershipEvaluation
from projections.leadership.verdict import UNKNOWN, VERDICTS
from projections.metrics.drilldown import NumberQuery
from projections.metrics.family import names_of
from projections.policy.policy import CommunityPolicy
from projections.stage.drilldown import subject
from projections.stage.families import STAGE_FAMILIES as STAGE
from projections.stage.series import StageEvaluation
from projections.timeline.days import number_of
from projections.timeline.history import History
from reports import pathway
from reports.conditions.report import sentence
from reports.leadership import reason
from reports.reach import not_read
from reports.stage.report import stage_report
from reports.viewer import whole


def with_reason(found: Explanation, snapshot: CommunitySnapshot, history: History) -> Explanation:
    """An explanation with the half sentence that says why its number is what it is."""
    family = found.metric.removeprefix("tenfold_")
    query = NumberQuery(snapshot, found.labels, number_of(found.as_of), family, history)
    read = FAMILIES[family].rests_on(found.labels, snapshot.policy)
    because = found.because or not_read(history, found.as_of, read) or reason_of(query)
    return replace(found, because=because)


def reason_of(query: NumberQuery) -> str:
    """Why a number is what it is; empty where nothing is to say."""
    history, labels = query.history, query.labels
    if history is None:
        return ""
    match query.family:
        case "condition" | "condition_since_timestamp_seconds":
            return of_condition(query.snapshot, history, labels.get("condition", ""), query.as_of)
        case "leadership_verdict" if query.snapshot.find(LeadershipEvaluation):
            held = next((one for one in VERDICTS if query.holds("leadership_verdict", verdict=one)), UNKNOWN)
            return reason.verdict_reason(history, query.snapshot.policy, query.as_of, held)
        case "people_meeting_criteria":
            return asked_of(query.snapshot.policy, labels.get("role", ""))
        case family if family in names_of(STAGE):
            return of_stage(query.snapshot, history, subject(family, labels), query.as_of)
        case family:
            return pathway.conversion_reason(history, family, labels, query.as_of)


def of_condition(snapshot: CommunitySnapshot, history: History, condition: str, as_of: date) -> str:
    """Why a condition holds and of what, or since when it does not."""
    raised = snapshot.find(ConditionsEvaluation)
    return sentence(whole(history), raised, snapshot.policy, condition, as_of)


def of_stage(snapshot: CommunitySnapshot, history: History, about: str, as_of: date) -> str:
    """The sentence about a milestone, a criterion or a risk; empty for a number that has none."""
    found = stage_report(whole(history), snapshot.find(StageEvaluation), snapshot.policy, as_of)
    parts: tuple[Mapping[str, object], ...] = (found.milestones, found.success, found.risks)
    reasons = {name: str(getattr(one, "because", "")) for part in parts for name, one in part.items()}
    return reasons.get(about, "").removesuffix(".")


def asked_of(policy: CommunityPolicy, role: str) -> str:
    """What the policy asks of a role, as half a sentence; nothing where it asks nothing."""
    ladder = policy.criteria.get(role)
    if ladder is None:
        return ""
    kinds = [(least, f"contributions of kind {kind}") for kind, least in sorted(ladder.contributions.items())]
    beside = [(ladder.mentees, "people mentored"), (ladder.sponsors, "people who mentored them")]
    told = [(ladder.days, "days with active work"), *kinds, *beside]
    asked = ", ".join(f"{least} or more {words}" for least, words in told if least)
    return f"the policy asks of whoever could be {role}, over all time: {asked}"
