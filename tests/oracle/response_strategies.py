"""Small communities whose contributions speak of artefacts: opened, answered, accepted, declined, opened again.

Every id names its place in the log, so that no two events of a log conflict.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from events.envelope import Event
from tests.oracle.strategies import BACK_DAYS, OTHERS, PEOPLE, TIMES, corrections, people_events
from tests.oracle.writing import event, moment

TALKERS = (*PEOPLE[:5], *PEOPLE[:5], *OTHERS)
TALK_SOURCES = ("git:one", "git:one", "forge")
ARTEFACTS = (None, "a", "a", "b", "b", "c")
OUTCOMES = (None, None, None, "opened", "opened", "accepted", "declined")
NEAR_DAYS = (0, 0, 1, 2, 5, 6, 7, 8, 9, 29, 30, 31, 89, 90, 91)


@dataclass(frozen=True)
class Talk:
    """Chance, and the day around which things are said."""

    chance: Random
    pivot: date

    def moment(self) -> datetime:
        """A moment soon before the pivot, often the same as another's, or where a window ends."""
        days = self.chance.choice(NEAR_DAYS if self.chance.random() < 0.8 else BACK_DAYS)
        return moment(self.pivot - timedelta(days=days), self.chance.choice(TIMES))

    def contribution(self, place: int, places: int) -> Event:
        """What somebody did, mostly about something."""
        data: dict[str, Any] = {"kind": self.chance.choice(("patch", "review", "tea"))}
        if self.chance.random() < 0.9:
            data |= {"about": self.chance.choice(ARTEFACTS), "outcome": self.chance.choice(OUTCOMES)}
            data["responds_to"] = self.reference(places) if self.chance.random() < 0.4 else None
        source, who = self.source(place), self.chance.choice(TALKERS)
        return event("contribution.recorded", self.moment(), data, f"c{place}", subject=who, source=source)

    def source(self, place: int) -> str:
        """Known by the place, so that others can refer to it."""
        return TALK_SOURCES[place % 3]

    def reference(self, places: int) -> dict[str, str]:
        """Another contribution; or the same, or one that nobody ever recorded."""
        place = self.chance.randrange(places + 2)
        return {"source": self.source(place), "id": f"c{place}"}


@st.composite
def talking_logs(draw: st.DrawFn, pivot: date) -> list[Event]:
    """A log of up to 40 contributions that answer each other, with links, verdicts, retractions and withdrawals."""
    talk = Talk(draw(st.randoms(use_true_random=True)), pivot)
    places = draw(st.sampled_from((0, 1, 2, 4, 5, 9, 20, 40)))
    log = [talk.contribution(place, places) for place in range(places)]
    log += [draw(people_events(pivot, place)) for place in range(draw(st.integers(0, 5)))]
    return log + [draw(corrections(pivot, place)) for place in range(draw(st.integers(0, 2)))]
