"""The people of a community as arrays: who is behind an identity's number, and where they belong on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from events.people import Basis
from projections.people.identities import People
from projections.timeline.ranges import DAY_BITS, Flags, Ints, Ranges, Work, pack

FOREVER = (1 << DAY_BITS) - 1
ALONE = -1
KNOWN_BASES: tuple[Basis, ...] = ("volunteer", "paid", "both")
BASES: tuple[Basis, ...] = (*KNOWN_BASES, "unknown")
UNKNOWN_BASIS = len(KNOWN_BASES)


@dataclass(frozen=True, slots=True)
class PeopleIndex:
    """Arrays by identity number: the person's number, and which identities are human, bots, agents, or look like some.

    A person's number is that of the place of their name in `persons`. Affiliations are sorted by person and day;
    organisation `ALONE` says that somebody is an organisation of their own, and a basis is its place in `BASES`.
    """

    persons: Sequence[str]
    person: Ints
    is_human: Flags
    is_bot: Flags
    is_agent: Flags
    is_lookalike: Flags
    affiliated: Ranges
    organisation: Ints
    basis: Ints
    organisations: Sequence[str]

    @classmethod
    def of(cls, people: People, identities: Sequence[str], numbers: dict[str, int]) -> "PeopleIndex":
        """Fold the people of some identities; `numbers` keeps each person's number from one fold to the next."""
        person, human, bot, agent, lookalike = _folded(people, identities, numbers)
        affiliations = people.affiliations()
        for name in affiliations:
            numbers.setdefault(name, len(numbers))
        rows = sorted(
            (numbers[name], one.since, one.organisation, one.basis)
            for name, mine in affiliations.items()
            for one in mine
        )
        organisations = sorted({name for _, _, name, _ in rows if name})
        index = {name: at for at, name in enumerate(organisations)}
        who, since = (np.array([row[at] for row in rows], np.int64) for at in (0, 1))
        return cls(
            list(numbers),
            person,
            human,
            bot,
            agent,
            lookalike,
            Ranges(who, since, _until_next(who, since)),
            np.array([index[name] if name else ALONE for _, _, name, _ in rows], np.int64),
            np.array([BASES.index(basis) for *_, basis in rows], np.int64),
            organisations,
        )

    def with_more(self, people: People, identities: Sequence[str], numbers: dict[str, int]) -> "PeopleIndex":
        """The same with further identities, as long as no people event came: costs what they cost."""
        person, human, bot, agent, lookalike = _folded(people, identities, numbers)
        return replace(
            self,
            persons=list(numbers),
            person=np.append(self.person, person),
            is_human=np.append(self.is_human, human),
            is_bot=np.append(self.is_bot, bot),
            is_agent=np.append(self.is_agent, agent),
            is_lookalike=np.append(self.is_lookalike, lookalike),
        )

    def identities_of(self, persons: Ints) -> Ints:
        """The numbers of all identities of these persons."""
        return np.flatnonzero(np.isin(self.person, persons))

    def organisation_at(self, work: Work) -> Ints:
        """For each row of work its organisation on that day, `ALONE` for an independent or where none is known."""
        return self._looked_up(work, self.organisation, ALONE)

    def _looked_up(self, work: Work, of_affiliation: Ints, otherwise: int) -> Ints:
        """For each row of work what belongs to the affiliation of that day."""
        at, known = self._affiliation_at(work)
        found = np.full(len(known), otherwise, np.int64)
        found[known] = of_affiliation[at[known]]
        return found

    def basis_at(self, work: Work) -> Ints:
        """For each row of work the place in `BASES` of the basis of that day."""
        return self._looked_up(work, self.basis, UNKNOWN_BASIS)

    def is_affiliated_at(self, work: Work) -> Flags:
        """For each row of work whether an affiliation of the person was known on that day."""
        return self._affiliation_at(work)[1]

    def _affiliation_at(self, work: Work) -> tuple[Ints, Flags]:
        keys = pack(self.affiliated.who, np.maximum(self.affiliated.start, 0))
        at = np.searchsorted(keys, pack(work.who, work.day), side="right") - 1
        known = at >= 0
        known[known] = self.affiliated.who[at[known]] == work.who[known]
        return at, known

    def of_basis(self, persons: Ints, basis: Basis) -> Ranges:
        """For each of these persons the days on which their basis is this one."""
        mine = np.isin(self.affiliated.who, persons) & (self.basis == BASES.index(basis))
        start = np.maximum(self.affiliated.start[mine], 0)
        return Ranges(self.affiliated.who[mine], start, np.maximum(self.affiliated.end[mine], start))

    def known_from(self, persons: Ints) -> Ranges:
        """For each of these persons with an affiliation, the days from the first one on."""
        first = np.diff(self.affiliated.who, prepend=-1) != 0
        mine = first & np.isin(self.affiliated.who, persons)
        who = self.affiliated.who[mine]
        return Ranges(who, np.maximum(self.affiliated.start[mine], 0), np.full(len(who), FOREVER, np.int64))


def _folded(
    people: People, identities: Sequence[str], numbers: dict[str, int]
) -> tuple[Ints, Flags, Flags, Flags, Flags]:
    person = [numbers.setdefault(people.person_of(identity), len(numbers)) for identity in identities]
    natures = np.array([people.nature(identity) for identity in identities], "U5")
    lookalikes = np.array([people.looks_like_a_machine(identity) for identity in identities], bool)
    return np.array(person, np.int64), natures == "human", natures == "bot", natures == "agent", lookalikes


def _until_next(who: Ints, since: Ints) -> Ints:
    until = np.full(len(who), FOREVER, np.int64)
    same = np.flatnonzero(who[:-1] == who[1:])
    until[same] = since[same + 1]
    return until
