"""What is behind a number as plain text, for a terminal."""

from collections.abc import Iterator
from textwrap import fill

from infra.wording import label_words, say, say_day, wording
from projections.explain import Explanation, Person

WIDTH = 79
EVENTS_SHOWN = 5
"""Of each person; the JSON has all of them."""


def text(found: Explanation, offset: int) -> str:
    """The number, its rule, and one page of the people behind it.

    Args:
        found: The explanation.
        offset: How many people come before this page.
    """
    words = wording(found.metric)
    title = f"{words.title} {label_words(found.labels)}".strip()
    value = "not defined" if found.value is None else say(found.value, words.unit)
    lines = [f"{title}: {value} on {say_day(found.as_of)}", _indented(found.rule)]
    if found.rests_on:
        based = ", ".join(wording(f"tenfold_{name}").title for name in found.rests_on)
        lines.append(_indented(f"Computed from: {based}."))
    if found.total:
        first, last = offset + 1, offset + len(found.people)
        lines += ["", f"{found.total} behind it, {first} to {last} in alphabetical order:"]
    for person in found.people:
        lines += _person(person)
    return "\n".join(lines) + "\n"


def _person(person: Person) -> Iterator[str]:
    name = f"  {person.name}" if person.name else ""
    yield f"\n  {person.person}{name}"
    for event in person.events[:EVENTS_SHOWN]:
        moment = f"{event.time:%Y-%m-%d %H:%M}"
        yield f"    {moment}  {event.kind}  {event.source}  {event.url or event.id}"
    if (more := len(person.events) - EVENTS_SHOWN) > 0:
        yield f"    and {more} more"


def _indented(words: str) -> str:
    return fill(words, WIDTH, initial_indent="  ", subsequent_indent="  ")
