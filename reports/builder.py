"""Makes a report: everything that it says is found here, and passes what the viewer may see, once."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import numpy as np

from projections.activity.cohorts import cohorts
from projections.activity.elephant import elephant_bounds
from projections.activity.flows import active_by_basis
from projections.activity.lookalikes import lookalikes
from projections.community.snapshot import CommunitySnapshot
from projections.policy.policy import DEFAULT_LEVELS
from projections.seats.roster import logins_of
from projections.stage.milestones import MILESTONES, STATES
from projections.timeline.days import YEAR, number_of
from projections.timeline.history import series
from reports.attention import attention
from reports.collaboration import Collaboration, collaboration
from reports.conditions.report import conditions_report
from reports.flows import Movements, SayHello, greetings, ledger, reasons
from reports.freshness import freshness, last_event
from reports.headline import goal, state_of
from reports.inputs import ReportInputs
from reports.leadership.active_seats import tells_of_active
from reports.leadership.leadership import is_withheld, leadership
from reports.leadership.scopes import Scope, weakest_first
from reports.mentoring import outcome_on
from reports.numbers import Terms, numbers_on
from reports.pathway import steps_on
from reports.published_collaboration import published_collaboration
from reports.published_roles import published_scopes
from reports.report import Report, YearAgo
from reports.since import Since, leading_in, since
from reports.stage.report import StageReport, stage_report
from reports.viewer import ACCOUNT


def report_for(of: ReportInputs) -> Report:
    """The report of a day for a viewer; to those who may see people it does not say yet what they are called."""
    found = unnamed(of)
    return found.named(accounts_called(of, found.people)) if of.seen.hides else found


def accounts_called(of: ReportInputs, people: Sequence[str]) -> Mapping[str, str]:
    """What the accounts of these people are called, which is published with their roles."""
    logins = logins_of(of.snapshot) if of.snapshot else {}
    return {one: logins[one] for one in people if one in logins and ACCOUNT.fullmatch(one)}


def unnamed(of: ReportInputs) -> Report:
    """The same, in which everybody is as they are recorded."""
    seen, day, policy = of.seen, of.day, of.policy
    stage, conditions = stage_of(of), conditions_report(of.viewer, of.conditions, policy, day)
    before = day - timedelta(days=YEAR)
    return Report(
        community=of.community,
        as_of=day,
        hides=seen.hides,
        terms=Terms.of(policy),
        headline=of.headline,
        verdict=state_of(of.history, day),
        reason=of.reason,
        last_event=last_event(seen, day),
        samples=numbers_on(of.community, seen, day),
        tells_of_active=tells_of_active(of.history, day),
        year_ago=YearAgo(before, numbers_on(of.community, seen, before), tells_of_active(of.history, before)),
        freshness=freshness(seen, day, of.known if of.led else None),
        attention=attention(conditions, stage, weak_scopes(of)),
        conditions=conditions,
        goal=goal(seen, day, of.goal),
        since=since_of(of),
        who_came_and_went=movements(of),
        pathway=steps_on(seen.history, day),
        mentoring_outcome=outcome_on(seen.history, day),
        **parts(stage),
        **parts(collaboration_of(of)),
        **led_of(of),
        **({} if seen.hides else of_people(of)),
    )


def parts(found: StageReport | Collaboration | None) -> Mapping[str, Any]:
    """What stands in the report by the names that it has there."""
    return {one.name: getattr(found, one.name) for one in fields(found)} if found else {}


def stage_of(of: ReportInputs) -> StageReport | None:
    """The stage; nothing where it was never worked out for the day."""
    states = (series("milestone", milestone=name, state=state) for name in MILESTONES for state in STATES)
    if all(of.seen.value(key, of.day) is None for key in states):
        return None
    return stage_report(of.viewer, of.stage, of.policy, of.day)


def since_of(of: ReportInputs) -> Since | None:
    """What happened since the last report; nothing before the facts were read."""
    return since(of.viewer, of.told, leading_in(of.roster, of.policy), of.day) if of.told else None


def collaboration_of(of: ReportInputs) -> Collaboration | None:
    """Work with others, communication and impact; nothing before the facts were read."""
    if of.snapshot is None:
        return None
    found = collaboration(of.snapshot, of.history, of.day, reads_work=of.reads_work)
    return published_collaboration(found, of.seen, of.day, of.policy) if of.seen.hides else found


def movements(of: ReportInputs) -> Movements:
    """Who came and who went."""
    seen, day, window = of.seen, of.day, of.policy.headline_window_days
    now, year_ago = (ledger(seen, one, window) for one in (day, day - timedelta(days=YEAR)))
    if of.flows is None or of.lapsing is None:
        return Movements(now, year_ago)
    active = seen.value(series("active_contributors", window_days=window), day)
    return Movements(now, year_ago, reasons(of.flows, seen, day, window), greetings(of.lapsing, seen, active))


def weak_scopes(of: ReportInputs) -> Sequence[Scope]:
    """The scopes that are not covered, the weakest first, as far as they may be told."""
    if not of.led or not of.roles_are_told or is_withheld(of.policy, of.known):
        return []
    return [one for one in weakest_first(of.scopes or ()) if one.is_weak]


def led_of(of: ReportInputs) -> Mapping[str, Any]:
    """What is told of leadership; nothing where no role was recorded."""
    if not of.led:
        return {}
    told = leadership(of.seen, of.day, of.led, of.policy, of.known, of.community)
    about = {"leadership_verdict": of.led.verdict, "leadership": told}
    if not of.roles_are_told:
        return about
    found = published_scopes(of.scopes) if of.seen.hides and of.scopes else of.scopes
    return about | {"leadership_because": of.led.because, "scopes": found}


def of_people(of: ReportInputs) -> Mapping[str, Any]:
    """What those alone read who may see people; nothing before the facts were read, nor where nobody read the work."""
    snapshot, at = of.snapshot, number_of(of.day)
    if snapshot is None or of.lapsing is None:
        return {}
    return {
        "looks_like_machines": lookalikes(snapshot, at),
        "unmapped_kinds": unmapped_kinds(snapshot, of.day),
        "cohorts": cohorts(snapshot.active_work(), of.day, snapshot.policy.min_contributions),
        "flows": of.flows,
        "say_hello": SayHello(of.lapsing.lapsed, of.lapsing.lapsing),
        "active_by_basis": active_by_basis(snapshot, at),
        "elephant_factor_bounds": elephant_bounds(snapshot, of.history, of.day),
    }


def unmapped_kinds(snapshot: CommunitySnapshot, as_of: date) -> Mapping[str, int]:
    """Kinds that count as light because nobody mapped them, with how many contributions of them there are."""
    cells = snapshot.cells.where(snapshot.cells.day <= number_of(as_of))
    counts = np.bincount(cells.kind, cells.count, len(snapshot.names.kinds))
    by_team = (kind for kinds in snapshot.policy.team_levels.values() for kind in kinds)
    mapped = {*DEFAULT_LEVELS, *snapshot.policy.levels, *by_team}
    named = zip(snapshot.names.kinds, counts, strict=True)
    return {kind: int(count) for kind, count in named if count and kind not in mapped}
