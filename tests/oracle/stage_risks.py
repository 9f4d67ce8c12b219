"""docs/definitions.md, *Milestones, success, risks*: Risks, and the coordinators that the first is about."""

from collections.abc import Callable, Iterator
from datetime import datetime
from fractions import Fraction

from tests.oracle import activity, leadership_renewal, pathway, responses, teams
from tests.oracle.days import before, day_of, end_of
from tests.oracle.leadership_seats import Seat, roles
from tests.oracle.stage_day import Stage

Number = tuple[str, Fraction | float, dict[str, str]]
YEAR = 365


def coordinators(stage: Stage) -> Iterator[Number]:
    """Nothing before the first coordinator."""
    if not has_coordinated(stage):
        return
    people = {seat.person for seat in coordinating(stage)}
    yield "coordinators_active", len(people), {}
    carried = carried_by_one(stage)
    if carried is not None:
        yield "coordinator_mentorship_share_ratio", carried, {}
    last = runs_out(stage)
    if last is not None:
        yield "coordinator_runway_seconds", (last - end_of(stage.day)).total_seconds(), {}


def has_coordinated(stage: Stage) -> bool:
    """Whether anybody held a coordinator seat at the end of any day."""
    return any(term.seat.role == "coordinator" and day_of(term.start) <= stage.day for term in stage.known.roles.terms)


def coordinating(stage: Stage) -> set[Seat]:
    """The coordinator seats that count, by `judge_by`."""
    return {seat for seat in stage.leadership.judged.seats if seat.role == "coordinator"}


def runs_out(stage: Stage) -> datetime | None:
    """The latest `until` of an active coordinator seat, as told by the end of the day; none where one has none."""
    told = [until for seat in coordinating(stage) for until in told_until(stage, seat)]
    ends = [until for until in told if until is not None]
    return max(ends) if ends and len(ends) == len(told) else None


def told_until(stage: Stage, seat: Seat) -> list[datetime | None]:
    """Until when each source and identity that holds a seat had said by the end of the day that it lasts."""
    end = end_of(stage.day)
    heard = [one for one in stage.known.said if one.time < end or one.type.startswith("tenfold.person.")]
    terms = roles(heard, stage.known.person, stage.values).terms
    return [term.end for term in terms if term.seat == seat and term.held(stage.day)]


def carried_by_one(stage: Stage) -> Fraction | None:
    """The largest share of active mentorships that one coordinator carries."""
    active, people = stage.mentorships_now, {seat.person for seat in coordinating(stage)}
    if not (active and people):
        return None
    return Fraction(max(sum(one.mentor == person for one in active) for person in people), len(active))


def coordinator_runway(stage: Stage) -> bool | None:
    """Runway < 180 days and no second; or one carries > 50 % of mentorships; or at most one and no renewal.

    Nobody who coordinates is no runway.
    """
    if not has_coordinated(stage) or stage.judged_unread:
        return None
    seats = coordinating(stage)
    scopes, people = {seat.scope for seat in seats}, {seat.person for seat in seats}
    deputies = {
        seat.person
        for seat in stage.leadership.judged.seats
        if seat.role in stage.values.deputy_roles and seat.scope in scopes
    }
    last = runs_out(stage)
    short = not people or (last is not None and (last - end_of(stage.day)).total_seconds() < 180 * 86400)
    carried = carried_by_one(stage)
    new = leadership_renewal.new_leaders(stage.leaders_terms, stage.day, stage.values)
    left = leadership_renewal.left_leaders(stage.leaders_terms, stage.day, stage.values)
    return (
        (short and len(people | deputies) < 2)
        or (carried is not None and carried > Fraction(1, 2))
        or (len(people) <= 1 and len(new) - len(left) <= 0)
    )


def ownership_openness(stage: Stage) -> bool | None:
    """The newcomer share fell, newcomers' acceptance is below half, or strength ratio < 0.5; of those to be judged."""
    ratio = stage.strength_ratio
    told = [newcomers_fell(stage), acceptance_halved(stage), None if ratio is None else ratio < Fraction(1, 2)]
    return None if told == [None] * 3 else any(told)


def newcomers_fell(stage: Stage) -> bool | None:
    """≥ 15 points against D−365 (n ≥ 20 on both days, first contribution at least 730 days before D)."""
    then = stage.on(before(stage.day, YEAR))
    if "contributions" in stage.unread | then.unread:
        return None
    if min(len(stage.active), len(then.active)) < 20 or min(one.day for one in stage.work) > before(stage.day, 730):
        return None
    now, was = (activity.newcomer_share(activity.active_days(one.work), one.day, stage.values) for one in (stage, then))
    return None if now is None or was is None else was - now >= Fraction(15, 100)


def acceptance_halved(stage: Stage) -> bool | None:
    """Newcomers' acceptance is below half of the year before (n ≥ 20)."""
    shares = [acceptance(stage.on(day)) for day in (stage.day, before(stage.day, YEAR))]
    return None if shares[0] is None or shares[1] is None else shares[0] < shares[1] / 2


def acceptance(stage: Stage) -> Fraction | None:
    """Newcomers' accepted / (accepted + declined), of at least 20."""
    if "contributions" in stage.unread:
        return None
    told = responses.Told(stage.known, stage.values, stage.day)
    found = [event for event, about in told.decisions if told.in_window(event) and told.is_newcomer(about)]
    accepted = sum(event.data.outcome == "accepted" for event in found)
    return Fraction(accepted, len(found)) if len(found) >= 20 else None


def pathway_gaps(stage: Stage) -> bool | None:
    """`high` while a gap is open and not acknowledged; `unknown` only when no step can be judged."""
    gaps = gaps_on(stage)
    return any(gaps[step] and not acknowledged(stage, step) for step in gaps) if gaps else None


def gaps_on(stage: Stage) -> dict[str, bool]:
    """The steps that can be judged, and whether each shows a gap."""
    people = {one.person for one in stage.work} | {term.seat.person for term in stage.known.roles.terms}
    if len(people) < stage.values.pathway_people or "contributions" in stage.unread:
        return {}
    found = pathway.families(stage.known, stage.values, stage.day)
    return {labels["step"]: bool(value) for family, value, labels in found if family == "pathway_gap"}


def acknowledged(stage: Stage, step: str) -> bool:
    """An action was recorded since the gap opened: it shows on every day since."""
    actions = [day_of(one.time) for one in stage.events("action.recorded") if one.data.about == f"pathway:{step}"]
    if not actions:
        return False
    days = teams.days_between(max(actions), stage.day)
    return all(gaps_on(stage.on(day)).get(step, False) for day in days)


RISKS: dict[str, Callable[[Stage], bool | None]] = {
    "coordinator_runway": coordinator_runway,
    "ownership_openness": ownership_openness,
    "pathway_gaps": pathway_gaps,
}
