"""docs/definitions.md, **Affiliation** and **Paid/volunteer balance**: whom the mass of leadership belongs to."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.leadership_day import Leadership
from tests.oracle.people import Organisation, affiliation, counted_under, organisation
from tests.oracle.values import Values


def basis(person: str, events: Iterable[Any], day: date, values: Values) -> str:
    """Paid or volunteer; "Independent" and the like are volunteers; the policy can name bases."""
    held = affiliation(events, day)
    if held is None:
        return "unknown"
    where = organisation(person, [held], day, values)
    if where[0] == "person":
        return "volunteer"
    by_policy = {counted_under(name, values): theirs for name, theirs in values.bases.items()}
    return by_policy.get(where[1], "unknown") if held.data.basis == "unknown" else str(held.data.basis)


def of_basis(asked: Leadership, people: set[str], bases: set[str]) -> set[str]:
    """Those of the people whose basis on the day is one of these."""
    said = asked.known.affiliations
    return {who for who in people if basis(who, said.get(who, []), asked.day, asked.values) in bases}


def share(mass: Mapping[str, Fraction], people: set[str]) -> Fraction:
    """The share of all mass that these people have."""
    return sum((theirs for person, theirs in mass.items() if person in people), Fraction(0)) / sum(mass.values())


def affiliations_known(asked: Leadership, mass: Mapping[str, Fraction]) -> bool:
    """**Affiliation known**: leaders by mass for leadership."""
    said = asked.known.affiliations
    known = {person for person in mass if affiliation(said.get(person, []), asked.day) is not None}
    return bool(mass) and share(mass, known) >= asked.values.known_share


def by_organisation(asked: Leadership, mass: Mapping[str, Fraction]) -> dict[Organisation, Fraction]:
    """The mass of each organisation; each unknown person is one."""
    masses: dict[Organisation, Fraction] = {}
    for person, theirs in mass.items():
        where = works_for(asked, person)
        masses[where] = masses.get(where, Fraction(0)) + theirs
    return masses


def works_for(asked: Leadership, person: str) -> Organisation:
    """Where a person works on the day."""
    return organisation(person, asked.known.affiliations.get(person, []), asked.day, asked.values)
