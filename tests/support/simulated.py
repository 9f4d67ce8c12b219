"""Small simulated communities that end with a condition in force: quick enough to be told to a whole system."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from events.catalog import AnyEvent
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook


class Small(NamedTuple):
    """A community, as `tenfold simulate` makes it, and the condition that holds on its last day.

    Whatever the last day: these hold on any day of the week.
    """

    seed: int
    years: float
    size: float
    condition: str

    def events(self, outlook: Outlook, community: str, last_day: date) -> list[AnyEvent]:
        """Everything that happened."""
        return list(Simulation(SCENARIOS[outlook], self.seed, self.years, community, last_day, self.size).events())


SMALL: Final[Mapping[Outlook, Small]] = {
    Outlook.STALLING: Small(1, 2.5, 0.12, "growth_stalled"),
    Outlook.CONCENTRATING: Small(7, 2.5, 0.12, "leadership_concentrated"),
}
