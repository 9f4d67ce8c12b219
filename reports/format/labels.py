"""How labels read, after the title of a family or for what they say by themselves."""

from collections.abc import Callable, Mapping

MENTORED = {"yes": "mentored", "no": "not mentored"}
"""How the label that tells who was mentored when they came reads."""

NEWCOMER = {"yes": "newcomers", "no": "others"}
"""How the label that tells newcomers from others reads."""

SEATS = {"nominal": "all", "active": "active"}
"""How the two kinds of seats are called: all that are documented, and those whose holder worked lately."""

EXPOSED = {"volume": "the work", "scopes": "the scopes"}
"""What can go with whoever departs; leadership is called by its own name."""

STATE_LABELS = ("verdict", "state")
"""Labels of families of which one series is 1, the state that holds, and the others 0."""


def format_labels(labels: Mapping[str, str]) -> str:
    """Labels beside the window as they read after a family's title: `of the work to one person`."""
    labels = exposed(labels) if {"of", "unit"} <= labels.keys() else labels
    named = {"of": "of {}", "window_days": "{} days", "seats": "{} seats"}
    places = sorted(labels, key=lambda name: (name in named, name))
    spoken: Mapping[str, Callable[[str], str]] = {
        "seats": lambda seats: SEATS.get(seats, seats),
        "step": step_words,
        "kind": step_words,
        "practice": step_words,
        "milestone": step_words,
        "criterion": step_words,
        "risk": step_words,
        "mentored": lambda mentored: MENTORED.get(mentored, mentored),
        "newcomer": lambda newcomer: NEWCOMER.get(newcomer, newcomer),
        "role": "for {}".format,
    }
    words = {name: spoken.get(name, str)(labels[name]) for name in places}
    return ", ".join(named.get(name, "{}").format(words[name]) for name in places)


def exposed(labels: Mapping[str, str]) -> dict[str, str]:
    """What is exposed to whom as one label: `the work to one person`."""
    others = {name: value for name, value in labels.items() if name != "unit"}
    return others | {"of": f"{EXPOSED.get(labels['of'], labels['of'])} to one {labels['unit']}"}


def step_words(step: str) -> str:
    """A step of the contribution pathway, a kind or a practice as it reads: `second day`, `check in`."""
    return step.replace("_", " ")


def say_verdict(labels: Mapping[str, str], value: float) -> str:
    """A verdict's series as it reads: the verdict where it holds, or that it does not."""
    state = next((labels[name] for name in STATE_LABELS if name in labels), "")
    if not state:
        return "holds" if value else "does not hold"
    return f"{'' if value else 'not '}{step_words(state)}"


def without_state(labels: Mapping[str, str]) -> Mapping[str, str]:
    """Labels beside the state that holds or does not."""
    return {name: of for name, of in labels.items() if name not in STATE_LABELS}
