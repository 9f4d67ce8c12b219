"""Mentoring as plain text: whether those stay who were mentored when they came, beside the others. Pure."""

from projections.mentoring.counts import STAYED
from projections.mentoring.measures import LANDMARK_DAYS
from projections.metrics.unit import Unit
from projections.timeline.days import say_day
from reports.format.values import format_value, percent
from reports.format.words import counted
from reports.mentoring import Group, Outcome
from reports.text.wrap import wrap


def mentoring_sections(outcome: Outcome | None) -> list[list[str]]:
    """One part for the text report; none where nobody came who could be judged."""
    words = mentoring_sentences(outcome)
    return [["Whether newcomers stay", *wrap(words)]] if words else []


def mentoring_sentences(outcome: Outcome | None) -> str:
    """Who came, and how many of them stayed; nothing where nobody came who could be judged."""
    if outcome is None or not outcome.mentored.people + outcome.others.people:
        return ""
    return f"{came(outcome)} {stayed(outcome)}"


def came(outcome: Outcome) -> str:
    """Whom it is about."""
    both = outcome.mentored.people + outcome.others.people
    return (
        f"{counted(both, 'person', 'people')} came between {say_day(outcome.first_day)} and "
        f"{say_day(outcome.last_day)}; {format_value(outcome.mentored.people)} had a mentor within "
        f"{LANDMARK_DAYS} days."
    )


def stayed(outcome: Outcome) -> str:
    """How many stayed, and how sure the difference is."""
    if outcome.difference is None or outcome.low is None or outcome.high is None:
        return "Those with or those without a mentor are too few to compare who stayed."
    difference, low, high = (percent(one, sign=True) for one in (outcome.difference, outcome.low, outcome.high))
    begin, end = STAYED
    return (
        f"Active work {begin} to {end} days after they came: {share(outcome.mentored)} of these, "
        f"{share(outcome.others)} of the others ({difference} points, 95 % interval {low} to {high}). "
        f"{outcome.caption}"
    )


def share(group: Group) -> str:
    """The share of a group who stayed."""
    return format_value(group.stayed or 0.0, Unit.SHARE)
