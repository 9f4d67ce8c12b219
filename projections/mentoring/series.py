"""The series about mentoring: their values on every day, from counts and facts.

Source: docs/definitions.md, "Mentoring".
"""

from collections.abc import Iterator

import numpy as np

from projections.activity.first_contributions import FirstContributions
from projections.community.context import EvaluationContext
from projections.mentoring.counts import LandmarkCounts, judged_on
from projections.mentoring.loads import highest
from projections.mentoring.measures import LANDMARK_DAYS, counted, mentored_recruits, recruits
from projections.mentoring.mentorships import MENTORING, Mentorships
from projections.people.index import FOREVER
from projections.policy.policy import CommunityPolicy
from projections.seats.roster import ROLES, Roster
from projections.timeline.history import Series, Values, series, share_of
from projections.timeline.ranges import DayCounts, Flags, Ints

Mentees = tuple[Ints, Ints, Ints]


def mentoring_series(context: EvaluationContext, mentorships: Mentorships) -> Iterator[tuple[Series, Values]]:
    """All families about mentoring; nothing where none was ever recorded."""
    recorded = context.since(*MENTORING)
    if recorded.any():
        theirs = mentees(context, mentorships)
        for key, values in (
            *of_mentorships(context, mentorships),
            *of_newcomers(context, theirs),
            *of_outcome(context, theirs),
        ):
            yield key, np.where(recorded, values, np.nan)
    yield from of_recruits(context, mentorships, recorded)


def of_mentorships(context: EvaluationContext, mentorships: Mentorships) -> Iterator[tuple[Series, Values]]:
    """How many there are, and how they are spread over mentors."""
    ranges, covered = mentorships.ranges, (context.first_day, len(context.days))
    spread, mentors = mentorships.loads, DayCounts(*covered)
    mentors.add("mentors", spread.start, spread.end)
    yield series("mentorships_active"), counted(((one.start, one.end) for one in ranges), *covered).astype(float)
    yield series("mentors_active"), mentors.counts("mentors").astype(float)
    yield series("mentor_load_max"), highest(spread, *covered).astype(float)


def of_newcomers(context: EvaluationContext, theirs: Mentees) -> Iterator[tuple[Series, Values]]:
    """Whether mentoring reaches newcomers; absent without any."""
    _, came, mentored = theirs
    until = came + context.policy.mentoring.newcomer_days
    since = np.maximum(came, mentored)
    reached = counted(zip(since, np.maximum(since, until), strict=True), context.first_day, len(context.days))
    yield (
        series("mentoring_coverage_ratio"),
        share_of(reached, context.counts.of(LandmarkCounts).days.counts("newcomers")),
    )


def of_outcome(context: EvaluationContext, theirs: Mentees) -> Iterator[tuple[Series, Values]]:
    """Whether those stay who were mentored when they came, and the others; a group with few people has no share."""
    landmarks, covered = context.counts.of(LandmarkCounts), (context.first_day, len(context.days))
    who, came, mentored = theirs
    soon = mentored <= came + LANDMARK_DAYS
    judged, stayed = judged_on(who[soon], came[soon]), landmarks.stayed[who[soon]]
    tally = DayCounts(*covered)
    tally.add("came", judged.start, judged.end)
    tally.add("stayed", judged.start[stayed], judged.end[stayed])
    yield from of_group("yes", tally.counts("came"), tally.counts("stayed"), context.policy)
    others = [landmarks.days.counts(key) - tally.counts(key) for key in ("came", "stayed")]
    yield from of_group("no", others[0], others[1], context.policy)


def of_group(mentored: str, people: Ints, stayed: Ints, policy: CommunityPolicy) -> Iterator[tuple[Series, Values]]:
    """How many they are, and the share of those who stayed."""
    enough = people >= policy.mentoring.fewest_in_group
    yield series("newcomer_retention_people", mentored=mentored), people.astype(float)
    yield series("newcomer_retention_ratio", mentored=mentored), np.where(enough, share_of(stayed, people), np.nan)


def mentees(context: EvaluationContext, mentorships: Mentorships) -> Mentees:
    """Those who were ever mentored and ever contributed: their number, the day they came and when they first were."""
    first = {person: theirs[0].start for person, theirs in mentorships.by_mentee.items()}
    numbers = {name: at for at, name in enumerate(context.snapshot.who.persons) if name in first}
    who = np.array(list(numbers.values()), np.int64)
    came = context.counts.of(FirstContributions).of(who)
    contributed = came < FOREVER
    mentored = np.array([first[name] for name in numbers], np.int64)
    return who[contributed], came[contributed], mentored[contributed]


def of_recruits(
    context: EvaluationContext, mentorships: Mentorships, mentoring: Flags
) -> Iterator[tuple[Series, Values]]:
    """Who came into core by role, and who of them was mentored; each from the first event that could say so on."""
    if (roster := context.find(Roster)) is None:
        return
    within, begun, seats = context.policy.mentoring.recruited_days, context.since(*ROLES), roster.seats
    for name, found, told in (
        ("core_by_role_recruited", recruits(seats), begun),
        (
            "core_by_role_recruited_mentored",
            mentored_recruits(seats, mentorships.by_mentee),
            begun & mentoring,
        ),
    ):
        people = counted(((one.start, one.start + within) for one in found), context.first_day, len(context.days))
        yield series(name), np.where(told, people, np.nan)
