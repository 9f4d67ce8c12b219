"""All numbers about the seats in question, for the days on which anything changes."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from projections.leadership.grid import Grid, Pairs, Scopes, Seats
from projections.leadership.measures import (
    SAME_SHARE,
    Distribution,
    Strength,
    distribution,
    masses,
    shares,
    strength,
    top_loss,
)
from projections.people.index import BASES
from projections.timeline.history import Series, Values, series, share_of
from projections.timeline.ranges import Ints

STRENGTHS = ("vacant", "thin", "inherited", "covered")


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where people belong, as grids of (persons, days).

    Attributes:
        organisation: a number for each; independents and unknown people have one of their own.
        basis: place in `BASES`.
        known: an affiliation is known.
        ever: any affiliation was ever recorded.
    """

    organisation: Ints
    basis: Ints
    known: Grid
    ever: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found out about the seats in question, by day."""

    mass: Values
    share: Values
    distribution: Distribution
    strength: Strength
    ratio: Values
    at_risk: Values
    seats: Values

    @classmethod
    def of(cls, seats: Seats, nominal: Seats, scopes: Scopes, judged: Grid, pairs: Pairs) -> "Judged":
        """Judge the seats in question on every day of their grids."""
        mass = masses(seats, scopes, pairs)
        share = shares(mass, seats, pairs)
        strong = strength(seats, nominal, scopes, judged, pairs)
        covered = strong.covered.sum(axis=0)
        ratio = share_of(covered, (judged & ~strong.inherited).sum(axis=0))
        at_risk = share_of(top_loss(share, strong.loss), covered)
        return cls(mass, share, distribution(share), strong, ratio, at_risk, seats.count.astype(np.float64))

    def series(self, seats: str, pairs: Pairs, leads: Grid) -> Iterator[tuple[Series, Values]]:
        """The families that bear the label `seats`."""
        found, strong = self.distribution, self.strength
        kept = share_of(strong.covered.sum(axis=0) - top_loss(self.share, strong.loss), self._not_inherited)
        kept = np.where(found.leaders > 0, kept, np.nan)
        led = pairs.by_person(leads).max(axis=0, initial=0)
        for name, values in (
            ("leaders", (pairs.by_person(leads) > 0).sum(axis=0)),
            ("leadership_seats", self.seats),
            ("effective_leaders", found.effective),
            ("effective_leaders_entropy", found.effective_entropy),
            ("leadership_concentration_ratio", found.concentration),
            ("leadership_hhi", found.hhi),
            ("leadership_gini_ratio", found.gini),
            ("leadership_top_share_ratio", found.top_share),
            ("leadership_absence_factor", found.absence_factor),
            ("leadership_strength_ratio", self.ratio),
            ("leadership_strength_without_top_ratio", kept),
            ("scopes_per_leader_max", np.where(led > 0, led, np.nan)),
        ):
            yield series(name, seats=seats), np.asarray(values, np.float64)
        for name in STRENGTHS:
            yield series("scopes", seats=seats, strength=name), getattr(strong, name).sum(axis=0).astype(np.float64)

    @property
    def _not_inherited(self) -> Ints:
        strong = self.strength
        found: Ints = (strong.vacant | strong.thin | strong.covered).sum(axis=0)
        return found

    def exposure(self, persons: int) -> Iterator[tuple[Series, Values]]:
        """What would go with the one person who matters most."""
        most = self.strength.loss.max(axis=0, initial=0) if persons else np.zeros(len(self.seats))
        yield series("departure_exposure_ratio", unit="person", of="leadership"), self.distribution.top_share
        yield series("departure_exposure_ratio", unit="person", of="scopes"), share_of(most, self._covered)

    @property
    def _covered(self) -> Ints:
        found: Ints = self.strength.covered.sum(axis=0)
        return found

    def by_basis(self, belonging: Belonging) -> dict[str, Values]:
        """Share of the mass by basis."""
        present = self.distribution.leaders > 0
        held = {name: (self.share * (belonging.basis == at)).sum(axis=0) for at, name in enumerate(BASES)}
        return {name: np.where(present, values, np.nan) for name, values in held.items()}

    def known(self, belonging: Belonging) -> Values:
        """Share of the mass whose leaders' affiliation is known."""
        return np.where(self.distribution.leaders > 0, (self.share * belonging.known).sum(axis=0), np.nan)

    def organisations(self, belonging: Belonging, day: int) -> tuple[float, float]:
        """Elephant factor of leadership, and the largest organisation's share, on one day."""
        held = np.bincount(belonging.organisation[:, day], self.share[:, day])
        reached = np.cumsum(np.sort(held)[::-1]) >= 0.5 - SAME_SHARE
        return int(np.argmax(reached)) + 1, float(held.max())

    def scopes_with_organisation(
        self, seats: Seats, belonging: Belonging, scopes: Scopes, pairs: Pairs, day: int
    ) -> float:
        """The largest share of covered scopes that one organisation's going would leave not covered, on one day."""
        covered = self.strength.covered[:, day]
        rows = seats.serves[:, day] & covered[pairs.scope]
        scope, owns = pairs.scope[rows], seats.owns[rows, day]
        organisation = belonging.organisation[pairs.person[rows], day]
        people, owners = np.bincount(scope, minlength=len(covered)), np.bincount(scope, owns, len(covered))
        key, at = np.unique(scope * (organisation.max(initial=0) + 1) + organisation, return_inverse=True)
        theirs, their_owners = np.bincount(at), np.bincount(at, owns)
        of, by = np.divmod(key, organisation.max(initial=0) + 1)
        lost = (people[of] - theirs < 2) | (owners[of] - their_owners < 1) & ~scopes.collective[of]
        return float(np.bincount(by, lost).max() / covered.sum()) if covered.any() else float("nan")
