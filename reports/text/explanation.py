"""What is behind a number as plain text, for a terminal."""

from collections.abc import Iterator, Sequence

from projections.evaluation.catalog import FAMILIES, family_of
from projections.timeline.days import say_day
from reports.dated import own_days_words
from reports.explanation import Event, Explained, Person
from reports.format.labels import format_labels, say_verdict, without_state
from reports.format.values import fine_percent, format_value
from reports.format.words import counted
from reports.leadership.scopes import weakest_first
from reports.tables import SENTENCES
from reports.text.conditions import held_words
from reports.text.wrap import on_one_line, wrap

EVENTS_SHOWN = 5
"""Of each person; the JSON has all of them."""


def explanation_text(found: Explained, page: Sequence[Person], offset: int, about: str = "") -> str:
    """The number, its rule, what is behind it, and one page of the people.

    Args:
        found: The explanation; of leadership with all leaders, so that scopes can name them.
        page: The people to show.
        offset: How many people come before this page.
        about: The windows that it goes by, where they are not among its labels.
    """
    family = family_of(found.metric)
    title = ", ".join(filter(None, (family.title, format_labels(found.labels))))
    value = "not defined" if found.value is None else format_value(found.value, family.unit)
    if found.metric in SENTENCES and isinstance(found.value, float):
        title = ", ".join(filter(None, (family.title, format_labels(without_state(found.labels)))))
        value = say_verdict(found.labels, found.value)
    lines = [f"{title}: {value} on {say_day(found.as_of)}", *wrap(f"{found.rule} {about}".strip())]
    lines += [line for words in _about(found) for line in wrap(words)]
    lines += _scopes(found)
    if found.told:
        lines += ["", "What was told, oldest first:", *_told(found.told)]
    if found.total:
        first, last = offset + 1, offset + len(page)
        lines += ["", f"{found.total} behind it, {first} to {last} in alphabetical order:"]
    for person in page:
        lines += _person(person)
    return "\n".join(lines) + "\n"


def families_listed() -> str:
    """Every family by its title and its name, with what it means, in the order in which reports have them."""
    groups: dict[str, list[str]] = {}
    for family in FAMILIES.values():
        lines = groups.setdefault(family.group, [family.group])
        lines += [f"  {family.title}: {family.name}", *wrap(family.help, indent=4)]
    return "\n\n".join("\n".join(lines) for lines in groups.values())


def _about(found: Explained) -> Iterator[str]:
    if found.because:
        yield f"Because: {found.because}."
    if found.held:
        yield held_words(found.held, found.as_of)
    if found.rests_on:
        based = ", ".join(family_of(name).title for name in found.rests_on)
        yield f"Computed from: {based}."
    yield from own_days_words(found.dated or ())


def _scopes(found: Explained) -> Iterator[str]:
    if found.scopes:
        number = counted(len(found.scopes), "scope")
        yield f"\n{number}, the weakest first; in brackets each leader's share of all leadership:"
    called = {one.person: leader(one.called, one.share) for one in found.people}
    for scope in weakest_first(found.scopes or ()):
        within = f" (in {scope.parent})" if scope.parent else ""
        lacks = f", lacks {scope.lacks}" if scope.lacks else ""
        above = f" from {scope.led_from}" if scope.led_from else ""
        who = ", ".join(sorted(called.get(one, one) for one in scope.leaders))
        beside = counted(scope.deputies, "deputy", "deputies") if scope.deputies else ""
        who = " and ".join(filter(None, (who, beside)))
        yield from wrap(
            f"{scope.scope}{within}: {scope.strength}{lacks}{above}{f'; led by {who}' if who else ''}", hanging=4
        )


def leader(name: str, share: float | None) -> str:
    """Somebody with their share of all leadership."""
    return f"{name} ({fine_percent(share)})" if share else name


def _person(person: Person) -> Iterator[str]:
    known_as = "".join(f"  {on_one_line(one)}" for one in (person.name, person.account) if one)
    share = f"  {fine_percent(person.share)} of leadership" if person.share else ""
    yield f"\n  {person.person}{known_as}{share}"
    for seat in person.seats or ():
        until = f" until {seat.ended_on}" if seat.ended_on else ""
        yield f"    {granted(seat.already_held, f'{seat.granted_at:%Y-%m-%d}')}{until}  {seat.role} of {seat.scope}"
        yield f"      {seat.evidence or seat.event}"
    yield from _told(person.events[:EVENTS_SHOWN])
    if (more := len(person.events) - EVENTS_SHOWN) > 0:
        yield f"    and {more} more"


def _told(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        yield f"    {event.time:%Y-%m-%d %H:%M}  {event.kind}  {event.source}  {event.url or event.id}"


def granted(already_held: bool, day: str) -> str:
    """Since when a seat is held, as far as that is known."""
    return f"before {day}, when records began" if already_held else f"since {day}"
