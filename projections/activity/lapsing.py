"""To whom a word is due: who is no longer active, and who soon will not be unless they do something again.

Names and nothing else: no score, no order but the alphabet's, no guess about anybody.
Source: docs/definitions.md, "Activity", Flows; and what Tenfold does not measure, on purpose.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from projections.activity.drilldown import PEOPLE, names_of_people
from projections.community.snapshot import CommunitySnapshot
from projections.metrics.drilldown import NumberQuery


@dataclass(frozen=True, slots=True)
class Lapsing:
    """Persons, each by the identity that stands for them, alphabetically.

    Attributes:
        lapsed: active when the headline window began, and not at its end.
        lapsing: active at its end, and not `SOON_DAYS` later if nothing more comes from them.
    """

    lapsed: Sequence[str]
    lapsing: Sequence[str]

    @property
    def everybody(self) -> Sequence[str]:
        """All of them."""
        return (*self.lapsed, *self.lapsing)


def lapsing(snapshot: CommunitySnapshot, day: int) -> Lapsing:
    """Who they are as of a day (a day number)."""
    query = NumberQuery(snapshot, {}, day)
    people = (PEOPLE[f"{name}_contributors"](query) for name in ("lapsed", "lapsing"))
    return Lapsing(*(names_of_people(snapshot.who.persons, each) for each in people))
