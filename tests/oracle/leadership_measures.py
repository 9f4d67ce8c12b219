"""docs/definitions.md, *Leadership*: **Weight** and **Strength**, of the seats of one moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import exp, log

from tests.oracle.leadership_seats import Seat, above
from tests.oracle.values import Values, matches

Mass = dict[str, Fraction]  # of each leader who has any
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Picture:
    """Who holds what at one moment.

    The seats in question among all that are held, where strength is asked for, and where authority adds up.
    """

    seats: frozenset[Seat]
    nominal: frozenset[Seat]
    scopes: frozenset[str]
    adds_up: frozenset[str]
    parent: Mapping[str, str] = field(hash=False)
    values: Values = field(hash=False)

    @cached_property
    def leaders(self) -> dict[str, set[str]]:
        """Scope → people with a leadership seat in it, of those in question."""
        return holders(self.seats, self.values.leadership_roles)

    @cached_property
    def mass(self) -> Mass:
        """Each scope has mass 1 (policy may differ), shared equally among its leaders."""
        mass: Mass = {}
        for scope in self.weighed:
            people = self.leaders[scope]
            for person in people:
                mass[person] = mass.get(person, Fraction(0)) + weight(scope, self.values) / len(people)
        return {person: theirs for person, theirs in mass.items() if theirs}

    @cached_property
    def weighed(self) -> set[str]:
        """Not those led by the same people as their nearest ancestor, nor, where authority adds up, by some of them."""
        above = {scope: self.leaders_above(scope) for scope in self.leaders}
        return {
            scope
            for scope, people in self.leaders.items()
            if not (people == above[scope] or (scope in self.adds_up and people <= above[scope]))
        }

    def leaders_above(self, scope: str) -> set[str]:
        """The leaders of the nearest ancestor with leaders."""
        return next((self.leaders[one] for one in above(scope, self.parent) if one in self.leaders), set())

    @cached_property
    def strengths(self) -> dict[str, str]:
        """How strongly each scope is led."""
        led = holders(self.nominal, self.values.leadership_roles)
        found = {}
        for scope in self.scopes:
            nearest = next((one for one in above(scope, self.parent) if one in led), None)
            adds_nobody = scope in self.adds_up and led.get(scope, set()) <= led.get(nearest or "", set())
            if (scope not in led or adds_nobody) and nearest in self.leaders:
                found[scope] = "inherited"
            elif scope not in self.staff:
                found[scope] = "vacant"
            else:
                found[scope] = "covered" if self.is_covered(scope) else "thin"
        return found

    @cached_property
    def staff(self) -> dict[str, set[str]]:
        """Scope → leaders and deputies."""
        return holders(self.seats, (*self.values.leadership_roles, *self.values.deputy_roles))

    @cached_property
    def owners(self) -> dict[str, set[str]]:
        """Scope → leaders in an owning role."""
        return holders(self.seats, set(self.values.owning_roles) & set(self.values.leadership_roles))

    def is_covered(self, scope: str, without: frozenset[str] = NOBODY) -> bool:
        """Two or more people, one of them a leader in an owning role."""
        people, owners = (of.get(scope, set()) - without for of in (self.staff, self.owners))
        return len(people) >= 2 and (len(owners) >= 1 or self.is_collective(scope))

    def is_collective(self, scope: str) -> bool:
        """In a scope that the policy calls `collective`, any two."""
        return any(matches(pattern, scope) for pattern in self.values.collective_scopes)

    @cached_property
    def covered(self) -> list[str]:
        """The covered scopes."""
        return [scope for scope, strength in self.strengths.items() if strength == "covered"]

    def lost(self, people: frozenset[str]) -> int:
        """How many covered scopes somebody's going would leave not covered."""
        return sum(not self.is_covered(scope, people) for scope in self.covered)

    @cached_property
    def lost_with_top(self) -> int | None:
        """The going of the leader with the most mass, of several the one that matters most; of nobody if none leads."""
        most = max(self.mass.values(), default=None)
        return max((self.lost(frozenset({one})) for one, theirs in self.mass.items() if theirs == most), default=None)

    @cached_property
    def strength_ratio(self) -> Fraction | None:
        """**Strength ratio** = covered / scopes not inherited."""
        return ratio(len(self.covered), self.not_inherited)

    @cached_property
    def strength_without_top_ratio(self) -> Fraction | None:
        """The same without the top leader: the same scopes in the denominator, none newly inherited."""
        lost = self.lost_with_top
        return None if lost is None else ratio(len(self.covered) - lost, self.not_inherited)

    @property
    def not_inherited(self) -> int:
        """How many scopes stand by themselves."""
        return sum(strength != "inherited" for strength in self.strengths.values())

    @cached_property
    def at_risk(self) -> Fraction | None:
        """The share of covered scopes that the going of the top leader would leave not covered."""
        return None if self.lost_with_top is None else ratio(self.lost_with_top, len(self.covered))

    @cached_property
    def leadership_seats(self) -> list[Seat]:
        """Those in question in a role that leads."""
        return [seat for seat in self.seats if seat.role in self.values.leadership_roles]


def holders(seats: Iterable[Seat], roles: Iterable[str]) -> dict[str, set[str]]:
    """Scope → who holds one of these roles in it."""
    found: dict[str, set[str]] = {}
    for seat in seats:
        if seat.role in set(roles):
            found.setdefault(seat.scope, set()).add(seat.person)
    return found


def weight(scope: str, values: Values) -> Fraction:
    """Each scope has mass 1; policy may differ."""
    return Fraction(str(values.scope_weights.get(scope, 1)))


def ratio(part: int, whole: int) -> Fraction | None:
    """Not defined where there is nothing to have a part of."""
    return Fraction(part, whole) if whole else None


def shares(masses: Iterable[Fraction]) -> list[Fraction]:
    """`s_i` = a person's share of all mass, ascending."""
    every = sorted(Fraction(one) for one in masses)
    return [one / sum(every) for one in every]


def concentrated(masses: Iterable[Fraction]) -> Fraction:
    """`H = Σ s_i²`."""
    return sum((s * s for s in shares(masses)), Fraction(0))


def effective(masses: Iterable[Fraction]) -> Fraction:
    """**Effective leaders** `1/H`."""
    return 1 / concentrated(masses)


def effective_by_entropy(masses: Iterable[Fraction]) -> float:
    """`exp(−Σ s ln s)`."""
    return exp(-sum(float(s) * log(s) for s in shares(masses)))


def hhi(masses: Iterable[Fraction]) -> Fraction:
    """**HHI** `10000·H`."""
    return 10000 * concentrated(masses)


def concentration(masses: Sequence[Fraction]) -> Fraction:
    """`(H − 1/n)/(1 − 1/n)`; one person → 1."""
    n = len(masses)
    return Fraction(1) if n == 1 else (concentrated(masses) - Fraction(1, n)) / (1 - Fraction(1, n))


def gini(masses: Iterable[Fraction]) -> Fraction:
    """`Σ(2i−n−1)x_i/(nΣx)`, ascending."""
    x = sorted(Fraction(one) for one in masses)
    n = len(x)
    return sum(((2 * i - n - 1) * one for i, one in enumerate(x, start=1)), Fraction(0)) / (n * sum(x))
