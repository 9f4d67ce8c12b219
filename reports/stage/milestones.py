"""Why each milestone is where it is, with the numbers that it rests on, and what to do next.

A next step is asked of roles, never of a person; where numbers are hidden it is the general one, so that it tells none.
"""

from collections.abc import Callable, Mapping

from projections.stage.milestones import REMEMBERED_DAYS, SLOTS_NEEDED, STATES
from projections.stage.synergy import ENGAGED_DAYS, ENGAGEMENTS_NEEDED
from projections.timeline.days import say_day
from reports.format.values import Value, format_value, say_date
from reports.format.words import counted, people, some
from reports.stage.query import StageQuery

NEVER: Mapping[str, str] = {
    "core_mentored": "no role was ever recorded",
    "leadership_chances": "neither opportunities nor roles were ever recorded",
    "synergy": "no relationship with another team or community was ever recorded",
    "communication": "no report was ever recorded",
}
NEVER_MENTORED = "no mentoring was ever recorded"
RECORD: Mapping[str, str] = {
    "core_mentored": "Record who holds which role, and who mentors whom.",
    "leadership_chances": "Record who holds which role, and the opportunities to lead that are offered.",
    "synergy": "Record with which teams and communities there is a relationship.",
    "communication": "Publish a report about impact, and record its link.",
}
"""The next step where something was never recorded."""
HIDDEN = "whether it is met is not shown, since it would tell of single people whether they were mentored"


def core_mentored(query: StageQuery) -> list[str]:
    """New core members are actively recruited and mentored."""
    recruited, mentored = (query.number(f"core_by_role_recruited{which}") for which in ("", "_mentored"))
    days = query.policy.mentoring.recruited_days
    came = people(recruited, f"took their first seat in the last {days} days")
    if recruited is None:
        came = f"how many people took their first seat in the last {days} days is not shown"
    elif recruited != 0:
        came += f", {of_them(mentored)}; half are needed"
    running = query.number("mentorships_active")
    return [came, "" if running is None else f"{some(running, 'mentorship is', 'mentorships are')} active"]


def of_them(mentored: Value) -> str:
    """How many of those who came were mentored."""
    if mentored is None:
        return "how many of them were mentored is not shown"
    if isinstance(mentored, str):
        return "fewer than 5 of them were mentored"
    if not mentored:
        return "none was mentored"
    return f"{counted(mentored, 'of them was', 'of them were')} mentored"


def leadership_chances(query: StageQuery) -> list[str]:
    """Contributors get the chance to develop and demonstrate leadership."""
    days, new = query.policy.renewal_days, query.number("new_leaders")
    taken = query.viewer.people(query.at(query.seen.chances)) if query.seen else None
    was = "was" if taken == 1 else "were"
    offers = f"{some(taken, 'opportunity', 'opportunities')} to lead {was} taken up in the last {days} days"
    seats = people(new, f"took a first leadership seat in the last {days} days")
    if new:
        return [seats, offers if taken else ""]
    if taken:
        return [offers]
    last = query.number("last_new_leader_timestamp_seconds")
    since = f"the last new leader came on {say_date(last)}" if isinstance(last, float) else ""
    needed = "no opportunity to lead was taken up; one of either is needed"
    return [f"{seats}, and {needed}" if new == 0 else f"in the last {days} days {needed}", since]


def synergy(query: StageQuery) -> list[str]:
    """Synergistic relationship with other teams."""
    active = query.number("relationships_active")
    said = [f"{some(active, 'relationship is', 'relationships are')} active"]
    if query.seen and active:
        most = query.at(query.seen.synergy.engagements)
        with_it = "with it" if active == 1 else "with the one most engaged with"
        held = counted(most or 0, "engagement was", "engagements were")
        said.append(f"{with_it} {held} held in the last {ENGAGED_DAYS} days; {ENGAGEMENTS_NEEDED} are needed")
        exchanged = query.at(query.seen.synergy.exchanged.astype(float))
        said.append(f"{'some' if exchanged else 'no'} two teams have 2 people or more who work in the other, both ways")
    return said


def communication(query: StageQuery) -> list[str]:
    """Regular communication about impact."""
    cadence = query.policy.communication.cadence_days.get("report")
    filled = query.number("engagement_slots_filled", kind="report")
    last = query.number("last_engagement_timestamp_seconds", kind="report")
    slots = f"reports were published in {'some' if filled is None else format_value(filled)}"
    of = f" of the last 4 slots of {cadence} days; {SLOTS_NEEDED} are needed"
    return [slots + of, f"the last one is of {say_date(last)}" if isinstance(last, float) else ""]


MILESTONE_SENTENCES: Mapping[str, Callable[[StageQuery], list[str]]] = {
    "core_mentored": core_mentored,
    "leadership_chances": leadership_chances,
    "synergy": synergy,
    "communication": communication,
}


def milestone_reason(query: StageQuery, milestone: str, state: str) -> list[str]:
    """Why a milestone is where it is, as sentences."""
    if is_hidden(query, milestone):
        return [HIDDEN]
    if state == "unknown":
        return [NEVER_MENTORED if milestone == "core_mentored" and query.knows_roles else NEVER[milestone]]
    return [*MILESTONE_SENTENCES[milestone](query), last_met(query, milestone) if state == "at_risk" else ""]


def is_hidden(query: StageQuery, milestone: str) -> bool:
    """Whether where a milestone is may not be told to who asks."""
    return query.viewer.hides and all(
        query.number("milestone", 0, milestone=milestone, state=one) is None for one in STATES
    )


def last_met(query: StageQuery, milestone: str) -> str:
    """When a milestone that no longer is was last met."""
    for back in range(1, REMEMBERED_DAYS):
        if query.number("milestone", back, milestone=milestone, state="met") == 1:
            return f"it was last met {counted(back, 'day')} ago, on {say_day(query.before(back))}"
    return ""


def milestone_step(query: StageQuery, milestone: str, state: str) -> str | None:
    """What to do next; nothing where a milestone is met."""
    if state == "met":
        return None
    if state == "unknown" and not is_hidden(query, milestone):
        return RECORD[milestone]
    return STEPS[milestone](query)


def mentor_core(query: StageQuery) -> str:
    """What brings mentored people into core."""
    recruited, mentored = (query.number(f"core_by_role_recruited{which}") for which in ("", "_mentored"))
    if query.viewer.hides or not (isinstance(recruited, float) and isinstance(mentored, float)):
        return "Recruit people into first seats, each with a mentor beside them."
    if not recruited:
        return "Recruit somebody into a first seat, with a mentor beside them."
    if 2 * mentored < recruited:
        return "Give everybody who is about to take a seat a mentor first."
    return "Begin a mentorship with somebody who could take a seat next."


def meet_others(query: StageQuery) -> str:
    """What makes a relationship live."""
    if not query.number("relationships_active"):
        return "Agree with another team or community on working together, and record it."
    return f"Meet with a partner {ENGAGEMENTS_NEEDED} times within half a year, and record it."


STEPS: Mapping[str, Callable[[StageQuery], str]] = {
    "core_mentored": mentor_core,
    "leadership_chances": lambda _: "Offer something to lead, and record the offer and its taking.",
    "synergy": meet_others,
    "communication": lambda query: (
        "Publish a report about impact, with a link, "
        f"every {query.policy.communication.cadence_days.get('report', 45)} days."
    ),
}
