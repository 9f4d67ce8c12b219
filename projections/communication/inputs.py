"""What the community told of itself: what it held, what it wrote down, which stories it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from projections.community.standing_facts import StandingFacts
from projections.facts.fact import Fact

HELD, DOCUMENTED, NOTED = "engagement.held", "practice.documented", "impact.noted"


@dataclass(frozen=True, slots=True)
class CommunicationInputs:
    """Oldest first, those of withdrawn sources left out; never changes."""

    engagements: Sequence[Fact] = ()
    practices: Sequence[Fact] = ()
    stories: Sequence[Fact] = ()

    @classmethod
    def of(cls, said: StandingFacts) -> "CommunicationInputs":
        """All there is by now."""
        return cls(said.of(HELD), said.of(DOCUMENTED), said.of(NOTED))
