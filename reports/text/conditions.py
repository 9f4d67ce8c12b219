"""Conditions as plain text: what to look at now, what was left lately, and what was told and taken back. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from projections.conditions.catalog import CONDITIONS
from projections.timeline.days import say_day
from reports.conditions.report import Action, ConditionsReport, Held, InForce, Left, TakenBack
from reports.format.words import counted
from reports.text.wrap import itemised

SPELLS_SHOWN = 5


def held_words(spells: Sequence[Held], as_of: date) -> str:
    """When a condition held, the last few times; nothing where it never did, or for other numbers."""
    if not spells:
        return ""
    said = [spell(one, as_of) for one in spells[-SPELLS_SHOWN:]]
    before = len(spells) - len(said)
    earlier = f", and {counted(before, 'time')} before" if before else ""
    return f"Held {'; '.join(said)}{earlier}."


def spell(one: Held, as_of: date) -> str:
    """One time that a condition held; up to the day asked about is since then."""
    if one.last_day >= as_of:
        return f"since {say_day(one.first_day)}"
    if one.first_day == one.last_day:
        return f"on {say_day(one.first_day)}"
    return f"from {say_day(one.first_day)} to {say_day(one.last_day)}"


def conditions_sections(told: ConditionsReport, called: Callable[[str], str] = str) -> list[list[str]]:
    """One part for the report; none where there is nothing to say.

    Args:
        told: What there is to say.
        called: What people are called.
    """
    lines = itemised(sentences(told, called))
    return [["What to look at", *lines]] if lines else []


def sentences(told: ConditionsReport, called: Callable[[str], str] = str) -> Iterator[str]:
    """A paragraph for each condition in force, and one each for those left and those taken back."""
    yield from (in_force(one, called) for one in told.in_force)
    yield from ended(told)


def ended(told: ConditionsReport) -> Iterator[str]:
    """A paragraph for those left, and one for each that was taken back."""
    if told.left:
        yield f"No longer: {listed(told.left)}."
    yield from (taken_back(one) for one in told.taken_back)


def in_force(one: InForce, called: Callable[[str], str] = str) -> str:
    """Since when, why, what is done about it and what to do."""
    done = " ".join(acknowledged(action, called) for action in one.actions)
    words = f"{one.title}, since {say_day(one.since)}: {one.because}."
    return f"{words} {done or one.next_step}"


def acknowledged(action: Action, called: Callable[[str], str] = str) -> str:
    """Who does something about it, where that can be read."""
    by = f" by {called(action.owner)}" if action.owner else ""
    return f"Acknowledged{by} on {say_day(action.on)}: {action.url}"


def listed(left: Sequence[Left]) -> str:
    """What was left, and when."""
    return "; ".join(f"{CONDITIONS[one.condition].title.lower()}, since {say_day(one.left_on)}" for one in left)


def taken_back(one: TakenBack) -> str:
    """That something was told which did not hold, as known now."""
    when = say_day(one.first_day)
    when += f" to {say_day(one.last_day)}" if one.days > 1 else ""
    return f"Taken back: {CONDITIONS[one.condition].title.lower()}, told of {when}, does not hold as known today."
