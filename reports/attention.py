"""The few things that need attention, each with who answers for it and what to do next. Pure.

What is told first is what is worst for the community, in an order that is fixed: there is no score, and what two
sources say of one matter is told once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from projections.conditions.catalog import CONDITIONS
from projections.timeline.days import say_day
from reports.conditions.reasons import ENDS
from reports.conditions.report import ConditionsReport as Conditions
from reports.conditions.report import InForce
from reports.format.words import begun, counted, within
from reports.leadership.scopes import Scope
from reports.stage.report import Milestone
from reports.stage.report import StageReport as Stage
from reports.stage.titles import MILESTONES, RISKS

MOST = 3
NOBODY = "nobody yet"
NAMED_SCOPES = 3

ORDER: Sequence[Sequence[str]] = (
    ("condition:shrinking",),
    ("condition:leadership_concentrated",),
    ("condition:coordinator_runway", "risk:coordinator_runway"),
    ("condition:scope_vacant", "condition:strength_falling", "scopes"),
    ("condition:no_new_leader", "milestone:leadership_chances"),
    ("condition:retention_dropped",),
    ("condition:many_lapsing",),
    ("risk:ownership_openness",),
    ("condition:behind_path", "condition:growth_stalled"),
    ("condition:newcomers_unanswered",),
    ("condition:newcomers_unmentored", "milestone:core_mentored", "condition:mentor_overloaded"),
    ("condition:pathway_gap", "risk:pathway_gaps"),
    ("condition:report_overdue", "milestone:communication"),
    ("condition:no_cross_team", "milestone:synergy"),
    ("condition:meeting_overdue",),
    ("condition:source_unchecked",),
    ("condition:unusual_arrivals",),
    ("condition:history_unsettled",),
)
"""The matters, the worst first; of each, what says it, of which the first that holds is told."""

VACANT = CONDITIONS["scope_vacant"]
"""Whoever answers for vacant scopes that matter answers for all, and does the same about them."""

NOT_REACHED: Mapping[str, str] = {"at_risk": "At risk", "not_met": "Not met"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that needs attention.

    Attributes:
        what: what it is, in a few words.
        why: the numbers that say so, as sentences.
        owner: who answers for it, as they are recorded.
        condition: the condition that it is, where it is one.
    """

    what: str
    why: str
    owner: str
    next_step: str
    since: date | None = None
    condition: str = ""

    @property
    def title(self) -> str:
        """What it is, and since when."""
        return f"{self.what}, since {say_day(self.since)}" if self.since else self.what


@dataclass(frozen=True, slots=True)
class Attention:
    """The things told, and how many more there are."""

    things: Sequence[Finding]
    more: int


def attention(conditions: Conditions | None, stage: Stage | None, weak: Sequence[Scope]) -> Attention:
    """What needs attention, the worst first, three things at most.

    Args:
        conditions: Those that there is something to say of.
        stage: Milestones, success and risks.
        weak: The scopes that are not covered, the weakest first.
    """
    found = dict(candidates(conditions, stage, weak))
    told = [next((found[one] for one in matter if one in found), None) for matter in ORDER]
    things = [one for one in told if one]
    return Attention(things[:MOST], len(things[MOST:]))


def candidates(
    conditions: Conditions | None, stage: Stage | None, weak: Sequence[Scope]
) -> Iterator[tuple[str, Finding]]:
    """Everything that anything says, by what says it."""
    milestones = stage.milestones if stage else {}
    for one in conditions.in_force if conditions else ():
        yield f"condition:{one.condition}", of_condition(one, owner(milestones, CONDITIONS[one.condition].owner))
    for risk, told in (stage.risks if stage else {}).items():
        if told.state == "high":
            yield f"risk:{risk}", Finding(RISKS[risk], told.because, NOBODY, told.next_step or "")
    for name, held in milestones.items():
        if held.state in NOT_REACHED:
            what = f"{NOT_REACHED[held.state]}: {within(MILESTONES[name])}"
            yield f"milestone:{name}", Finding(what, held.because, held.responsible or NOBODY, held.next_step or "")
    if vacant := [one.scope for one in weak if one.strength == "vacant"]:
        thin = len(weak) - len(vacant)
        yield "scopes", of_scopes(vacant, thin, owner(milestones, VACANT.owner))


def of_condition(one: InForce, answering: str) -> Finding:
    """A condition in force: who took it on answers for it."""
    why = one.because.partition(ENDS)[0]
    taken_on = one.actions[-1] if one.actions else None
    step = f"Under way: {taken_on.url}" if taken_on else one.next_step
    by = (taken_on.owner if taken_on else None) or answering
    return Finding(one.title, f"{begun(why)}.", by, step, one.since, one.condition)


def of_scopes(vacant: Sequence[str], thin: int, answering: str) -> Finding:
    """Scopes that nobody leads, and what else is thin."""
    named = ", ".join(vacant[:NAMED_SCOPES]) + (" and others" if len(vacant) > NAMED_SCOPES else "")
    nobody = counted(len(vacant), "scope (an area to lead) has no leader", "scopes (areas to lead) have no leader")
    lack = counted(thin, "more lacks an owner or a second person", "more lack an owner or a second person")
    rest = f" {lack}." if thin else ""
    why = f"They are {named}.{rest}" if len(vacant) > 1 else f"It is {named}.{rest}"
    return Finding(nobody, why, answering, VACANT.next_step)


def owner(milestones: Mapping[str, Milestone], name: str | None) -> str:
    """Who answers for a milestone."""
    return (milestones[name].responsible if name and name in milestones else None) or NOBODY
