"""What the community told of itself: what it held, what it wrote down, which stories it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.community import EngagementHeld, ImpactNoted, PracticeDocumented
from projections.community.standing_facts import StandingFacts


@dataclass(frozen=True, slots=True)
class CommunicationInputs:
    """Oldest first, those of withdrawn sources left out; never changes."""

    engagements: Sequence[EngagementHeld] = ()
    practices: Sequence[PracticeDocumented] = ()
    stories: Sequence[ImpactNoted] = ()

    @classmethod
    def of(cls, facts: StandingFacts) -> "CommunicationInputs":
        """All there is by now."""
        return cls(facts.of(EngagementHeld), facts.of(PracticeDocumented), facts.of(ImpactNoted))
