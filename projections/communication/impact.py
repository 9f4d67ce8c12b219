"""What a report says of impact: how much of each kind of work there was, by whom, beside a year before.

Source: docs/definitions.md, "Other communities, communication, impact", Impact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from projections.communication.counts import by_kind
from projections.community.snapshot import CommunitySnapshot
from projections.people.identities import organisation_key
from projections.people.index import ALONE, BASES
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import YEAR
from projections.timeline.ranges import Work


@dataclass(frozen=True, slots=True)
class WorkShown:
    """The work of one kind in the headline window.

    Attributes:
        person_days: its volume.
        people: how many did it.
        by_basis: share of the volume by basis on the work's own day; empty where no affiliation was ever recorded.
        outside: share by people known to belong to others than the owning organisation; None where none is named.
    """

    person_days: int
    people: int
    by_basis: Mapping[str, float]
    outside: float | None


@dataclass(frozen=True, slots=True)
class KindShown:
    """One kind of active work on a day, and a year before; None where there was none."""

    kind: str
    now: WorkShown | None
    year_before: WorkShown | None


def impact(snapshot: CommunitySnapshot, day: int) -> Sequence[KindShown]:
    """Each kind of active work there was on a day or a year before it, by name."""
    now, before = work_shown(snapshot, day), work_shown(snapshot, day - YEAR)
    return [KindShown(kind, now.get(kind), before.get(kind)) for kind in sorted({*now, *before})]


def work_shown(snapshot: CommunitySnapshot, day: int) -> Mapping[str, WorkShown]:
    """The work of the headline window that ends on a day, by kind."""
    recent = snapshot.names.active(snapshot.human.within(day, snapshot.policy.headline_window_days), snapshot.policy)
    return {kind: of_kind(snapshot, work) for kind, work in by_kind(recent, snapshot.who, snapshot.names.kinds)}


def of_kind(snapshot: CommunitySnapshot, work: Work) -> WorkShown:
    """Some person-days of one kind."""
    return WorkShown(len(work.day), len(np.unique(work.who)), by_basis(snapshot, work), outside(snapshot, work))


def by_basis(snapshot: CommunitySnapshot, work: Work) -> Mapping[str, float]:
    """Share of person-days by basis."""
    who = snapshot.who
    if not len(who.affiliated.who):
        return {}
    bases = who.basis_at(work)
    return {basis: float(np.mean(bases == code)) for code, basis in enumerate(BASES)}


def outside(snapshot: CommunitySnapshot, work: Work) -> float | None:
    """Share of person-days by people who are known to belong elsewhere, independents among them."""
    owner, who = owner_of(snapshot.policy), snapshot.who
    if owner is None or not len(who.affiliated.who):
        return None
    number = who.organisations.index(owner) if owner in who.organisations else ALONE - 1
    elsewhere = who.is_affiliated_at(work) & (who.organisation_at(work) != number)
    return float(np.mean(elsewhere))


def owner_of(policy: CommunityPolicy) -> str | None:
    """What the owning organisation's name is compared by; None where the policy names none."""
    if policy.collaboration.owner is None:
        return None
    key = organisation_key(policy.collaboration.owner)
    aliases = {organisation_key(one): organisation_key(other) for one, other in policy.organisations.aliases.items()}
    return aliases.get(key, key)
