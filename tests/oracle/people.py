"""docs/definitions.md, *People*: identities, persons, bots, affiliations, from people events of the whole log."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from events.envelope import Event
from tests.oracle.values import Values, matches

FINAL_WORDS = {"inc", "llc", "ltd", "gmbh", "corp", "co"}
INDEPENDENT = {"independent", "individual", "self", "none"}
Organisation = tuple[str, str]


def order(event: Event) -> tuple[datetime, str, str]:
    """The newest by `(time, id)`; the source settles what those two leave open."""
    return event.time, event.id, event.source


def by_hand_first(event: Event) -> tuple[bool, tuple[datetime, str, str]]:
    """An event with an `actor` outranks one without, then the newest by `(time, id)` wins."""
    return event.actor is not None, order(event)


def of_type(events: Iterable[Event], *names: str) -> list[Any]:
    """The events of these types; names as in the catalog, without prefix and version."""
    wanted = {f"tenfold.{name}.v1" for name in names}
    return [event for event in events if event.type in wanted]


def winners(events: Iterable[Any]) -> dict[str, Any]:
    """The one event per identity that holds."""
    holds: dict[str, Any] = {}
    for event in sorted(events, key=by_hand_first):
        holds[event.subject] = event
    return holds


def persons(events: Iterable[Event]) -> dict[str, str]:
    """Identity → person, for every identity whose newest word is a link.

    Links are followed to an identity that nobody linked (a cycle is broken at its newest link).
    """
    held = winners(of_type(events, "person.linked", "person.unlinked"))
    links = {identity: event for identity, event in held.items() if event.type == "tenfold.person.linked.v1"}
    for identity in sorted(links):
        cycle = cycle_through(identity, links)
        if cycle:
            del links[max(cycle, key=lambda member: order(links[member]))]
    return {identity: follow(identity, links) for identity in links}


def cycle_through(identity: str, links: Mapping[str, Any]) -> list[str]:
    """The identities of the cycle that this one lies on; none if it lies on no cycle."""
    path = [identity]
    while path[-1] in links:
        following = links[path[-1]].data.person
        if following == identity:
            return path
        if following in path:
            return []
        path.append(following)
    return []


def follow(identity: str, links: Mapping[str, Any]) -> str:
    """Links are followed to an identity that nobody linked."""
    while identity in links:
        identity = links[identity].data.person
    return identity


def of_a_team(identity: str, person: Mapping[str, str]) -> bool:
    """A `…-team:` is in no number of people, nor is what points at one."""
    providers = (identity.partition(":")[0], person.get(identity, identity).partition(":")[0])
    return any(provider.endswith("-team") for provider in providers)


def handle_matches(identity: str, patterns: Iterable[str]) -> bool:
    """Whether a handle matches.

    A pattern without `@` is held against a login, a name, or the part of an address before the `@`, never against a
    domain; one with `@` against whole addresses; one with `:` against whole identities.
    """
    provider, _, handle = identity.partition(":")
    for pattern in patterns:
        if ":" in pattern:
            held_against = [identity]
        elif "@" in pattern:
            held_against = [handle] if provider == "email" else []
        else:
            held_against = [("@".join(handle.split("@")[:-1]) if provider == "email" else "") or handle]
        if any(matches(pattern, text) for text in held_against):
            return True
    return False


def names_match(names: Sequence[str], patterns: Iterable[str]) -> bool:
    """Every name (at least one) ever given to it by `person.named` matches one of the patterns."""
    for_names = [pattern for pattern in patterns if "@" not in pattern and ":" not in pattern]
    return bool(names) and all(any(matches(pattern, name) for pattern in for_names) for name in names)


def bots(events: Iterable[Event], identities: Iterable[str], values: Values) -> dict[str, str]:
    """The identities that are bots, each with its reason: `agent` where an agent pattern matches, else `bot`."""
    every = list(events)
    verdicts = winners(of_type(every, "person.classified"))
    names: dict[str, list[str]] = {}
    for event in of_type(every, "person.named"):
        names.setdefault(event.subject, []).append(event.data.name)
    reasons = {}
    for identity in set(identities):
        reason = bot_reason(identity, names.get(identity, []), verdicts.get(identity), values)
        if reason:
            reasons[identity] = reason
    return reasons


def bot_reason(identity: str, names: Sequence[str], verdict: Any, values: Values) -> str | None:
    """`person.classified` decides, a human verdict over a pattern; without one the patterns decide."""
    patterns = values.bot_patterns + values.agent_patterns
    agent = handle_matches(identity, values.agent_patterns) or names_match(names, values.agent_patterns)
    app = identity.startswith("github-login:") and identity.endswith("[bot]")
    matched = app or handle_matches(identity, patterns) or names_match(names, patterns)
    if verdict is not None and not verdict.data.bot:
        return None
    if verdict is None and not matched:
        return None
    return "agent" if agent or (verdict is not None and verdict.data.reason == "agent") else "bot"


def organisation_key(name: str) -> str:
    """Lower case, letters and digits alone, without a final word inc, llc, ltd, gmbh, corp or co."""
    words = ["".join(letter for letter in word if letter.isalnum()) for word in name.lower().split()]
    words = [word for word in words if word]
    if len(words) > 1 and words[-1] in FINAL_WORDS:
        words = words[:-1]
    return "".join(words)


def affiliation(events: Iterable[Any], day: date) -> Any:
    """On a day, the newest `since` on or before it (then the newest event by `(time, id)`)."""
    so_far = [event for event in events if event.data.since <= day]
    return max(so_far, key=lambda event: (event.data.since, order(event)), default=None)


def organisation(person: str, events: Iterable[Any], day: date, values: Values) -> Organisation:
    """Where a person worked on a day.

    "Independent", "Individual", "Self", "None" are each an organisation of one; so is each unknown person.
    """
    alone = ("person", person)
    held = affiliation(events, day)
    if held is None:
        return alone
    key = counted_under(held.data.organisation, values)
    return alone if key in INDEPENDENT else ("organisation", key)


def counted_under(name: str, values: Values) -> str:
    """The key of an organisation; the policy can name aliases."""
    aliases = {organisation_key(alias): organisation_key(other) for alias, other in values.aliases.items()}
    key = organisation_key(name)
    return aliases.get(key, key)
