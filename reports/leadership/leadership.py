"""Leadership as a person reads it: the second answer, why, how it renews itself, what is withheld and why. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from projections.community.covered import Read
from projections.disclosure.view import Disclosure
from projections.evaluation.catalog import family_of
from projections.freshness.reach import unread
from projections.leadership.verdict import VERDICTS as STATES
from projections.metrics.group import Group
from projections.metrics.rests_on import seats
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR
from projections.timeline.history import History, series
from reports.format.labels import SEATS, step_words
from reports.format.values import format_value
from reports.format.words import begun
from reports.headline import TOO_FEW, Verdict
from reports.leadership.active_seats import ENOUGH, LeadersKnown, Note, note
from reports.leadership.in_force import InForce, in_force
from reports.leadership.reason import verdict_reason
from reports.numbers import SEATS_LABEL
from reports.reach import not_read

VERDICTS = {"spreading": "Spreading", "steady": "Steady", "concentrating": "Concentrating", "unknown": "Unknown"}

PARTLY = "; leaders are those of all scopes, contributors those of the observed ones alone"

TOLD_FIRST = {
    "tenfold_last_new_leader_timestamp_seconds": "last new leader",
    "tenfold_new_leaders": "new in {} days",
    "tenfold_left_leaders": "left in {} days",
    "tenfold_renewal_balance_leaders": "renewal balance",
}
"""Of renewal, what is told beside the charts, and how it is called there."""


Beside = tuple[str, str]
"""Effective leaders, and the contributors beside them, as they read."""


@dataclass(frozen=True, slots=True)
class Led:
    """The verdict that holds, why it is what it is, as half a sentence, and since when it does."""

    verdict: str
    because: str
    in_force: InForce | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A number told beside the charts."""

    family: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Leadership:
    """What is told of leadership beside the answer, the scopes and the numbers.

    Attributes:
        judged_by: The seats that the answer goes by, in words.
        owning: The roles that own a scope, in words.
        collective: What holds where the policy calls a scope collective, in words; empty where it calls none so.
        is_told: Whether anything is told of the seats that it goes by; not where too little is known of them.
        facts: How it renews itself, in a few numbers.
        because: Why the verdict is what it is, as half a sentence, where that may be told.
        in_force: Since when the verdict holds, what the day reads, and by which rule, where that may be told.
        note: About active seats; nothing where nobody leads.
    """

    judged_by: str
    owning: str
    is_told: bool
    facts: Sequence[Fact]
    because: str | None = None
    in_force: InForce | None = None
    collective: str = ""
    note: Note | None = None


def led(history: History, policy: CommunityPolicy, day: date) -> Led | None:
    """How leadership stands; nothing before the first role event."""
    states = {one: history.value(series("leadership_verdict", verdict=one), day) for one in STATES}
    if all(np.isnan(value) for value in states.values()):
        return None
    held = next((one for one, value in states.items() if value == 1), "unknown")
    return Led(held, verdict_reason(history, policy, day, held), in_force(history, policy, day, held))


def is_withheld(policy: CommunityPolicy, known: LeadersKnown | None) -> bool:
    """Whether too little is known of the seats that leadership is judged by to tell anything of them."""
    return policy.judge_by == "active" and not (known and known.is_enough)


def leadership(
    seen: Disclosure, day: date, found: Led, policy: CommunityPolicy, known: LeadersKnown | None, community: str
) -> Leadership:
    """What is told of leadership.

    Args:
        seen: The numbers, as the viewer may see them.
        day: The day asked about.
        found: How leadership stands.
        policy: Says by which seats leadership is judged.
        known: How much is known of leaders, whatever the viewer may see.
        community: Its name, for commands to type.
    """
    withheld = is_withheld(policy, known)
    hidden = withheld or (seen.hides and policy.judge_by == "active")
    return Leadership(
        judged_by=f"{SEATS[policy.judge_by]} seats",
        owning=", ".join(map(step_words, policy.owning_roles)),
        is_told=not withheld,
        facts=facts(seen, day, policy),
        because=None if hidden or found.verdict == "unknown" else found.because,
        in_force=None if hidden else found.in_force,
        collective="; any two in a collective scope" if policy.collective_scopes else "",
        note=note(seen, day, known, policy, community) if known else None,
    )


def verdict(
    seen: Disclosure, day: date, found: Led, policy: CommunityPolicy, known: LeadersKnown | None = None
) -> Verdict:
    """The second answer: how leadership stands, beside the community that it leads, and a year ago.

    Args:
        seen: The numbers, as the viewer may see them.
        day: The day asked about.
        found: How leadership stands.
        policy: Says by which seats leadership is judged.
        known: How much is known of leaders, whatever the viewer may see.
    """
    if not_read(seen.history, day, seats({}, policy)):
        return Verdict("unknown", VERDICTS["unknown"], found.because, f"unknown. {begun(found.because)}.")
    if is_withheld(policy, known):
        rest = "the policy judges by active seats, and too little is known of them"
        said = "leadership is judged by active seats, and too little is known of them"
        return Verdict("unknown", "Withheld", rest, f"withheld. {begun(said)}.")
    turning = found.in_force.turning if found.in_force and not (seen.hides and policy.judge_by == "active") else ""
    beside = [_beside(seen, one, policy) for one in (day, day - timedelta(days=YEAR))]
    partly = PARTLY if known and known.observed < ENOUGH else ""
    rest, said = (words + turning for words in _words(found, beside[0], beside[1], partly))
    return Verdict(found.verdict, VERDICTS[found.verdict], rest, f"{found.verdict}. {begun(said)}.")


def _words(found: Led, now: Beside | None, before: Beside | None, partly: str) -> tuple[str, str]:
    """How leadership stands, in numbers and for people who do not know effective leaders."""
    if found.verdict == "unknown":
        if not now:
            return (f"{found.because}, and nobody leads now",) * 2
        stands = f"now {now[0]} effective leaders{_for(now)}"
        return f"{found.because}; {stands}{partly}", f"{found.because}; now {_shared(now)}"
    if not now:
        return TOO_FEW, TOO_FEW
    if not before:
        return TOO_FEW, _shared(now)
    was = f" for {before[1]}" if before[1] else ""
    numbers = f"{now[0]} effective leaders{_for(now)}, was {before[0]}{was} a year ago"
    return numbers + partly, f"{_shared(now)} (a year ago {before[0]}{',' if was else ''}{was})"


def _shared(now: Beside) -> str:
    """How widely leadership is shared, beside the contributors."""
    return as_if(now[0]) + _for(now, ", ")


def as_if(leaders: str) -> str:
    """Effective leaders as people say it."""
    return "it rests on one person" if leaders == "1.0" else f"it is spread as if {leaders} people shared it equally"


def _for(now: Beside, after: str = " ") -> str:
    """The contributors beside leaders, after those; nothing where nobody read what people did."""
    people = now[1]
    return f"{after}for {people} contributor{'' if people == '1' else 's'}" if people else ""


def _beside(seen: Disclosure, day: date, policy: CommunityPolicy) -> Beside | None:
    leaders = seen.value(series("effective_leaders", seats=policy.judge_by), day)
    people = seen.value(series("active_contributors", window_days=policy.headline_window_days), day)
    if leaders is None:
        return None
    nobody = "" if Read.CONTRIBUTIONS in unread(seen.history, day) else "no"
    return format_value(leaders, Unit.TENTHS), nobody if people is None else format_value(people)


def terms(family: str, labels: Mapping[str, str], policy: CommunityPolicy) -> str:
    """The windows that a number about leadership goes by.

    Args:
        family: Its whole name.
        labels: Its labels.
        policy: Says the windows, and by which seats leadership is judged.
    """
    asked = labels.get(SEATS_LABEL, policy.judge_by)
    group = family_of(family).group
    said = [
        (group is Group.RENEWAL, f"The renewal period is {policy.renewal_days} days."),
        (group is Group.BESIDE, f"People are active within {policy.headline_window_days} days."),
        (asked == "active", f"A seat is active while its holder worked within {policy.active_seat_days} days."),
    ]
    return " ".join(words for holds, words in said if holds)


def facts(seen: Disclosure, day: date, policy: CommunityPolicy) -> list[Fact]:
    """How leadership renews itself, in a few numbers."""
    values = {name: seen.value(series(name.removeprefix("tenfold_")), day) for name in TOLD_FIRST}
    return [
        Fact(name, TOLD_FIRST[name].format(policy.renewal_days), format_value(value, family_of(name).unit))
        for name, value in values.items()
        if value is not None
    ]
