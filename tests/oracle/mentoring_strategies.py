"""Small communities in which people are mentored: at the edges of dormancy, of landmarks and of seats.

Every id names its place in the log, so that no two events of a log conflict.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from events.envelope import Event
from tests.oracle.leadership_strategies import HOLDERS, Drawn
from tests.oracle.strategies import SOURCES, TEAMS, TIMES, corrections, people_events
from tests.oracle.writing import contribution, event, moment

CAME = (0, 1, 6, 7, 8, 89, 90, 91, 120, 121, 121, 122, 150, 200, 300, 364, 365, 365, 366)
LATER = (1, 29, 30, 31, 32, 60, 119, 120, 121)
LANDMARK = (-100, -1, 0, 1, 13, 14, 15, 16, 40)
PAUSES = (0, 0, 1, 5, 29, 30, 31, 88, 89, 90, 91, 92, 200, 364, 365, 366, 455, 456)
KINDS = ("commit", "commit", "tea")
WORDS = ("started", "started", "met", "met", "met", "ended")
OUTCOMES = ("completed", "dropped", "handed_over")


class Mentored(Drawn):
    """Chance, and the day around which things happen."""

    def told(self, kind: str, mentor: str, mentee: str, when: datetime, id_: str, team: str | None) -> Event:
        """One word about a mentorship, from any source."""
        data = {"mentor": mentor} | ({"outcome": self.chance.choice(OUTCOMES)} if kind == "ended" else {})
        source = self.chance.choice(SOURCES)
        return event(f"mentoring.{kind}", when, data, id_, subject=mentee, source=source, team=team)

    def pair(self, place: int) -> Iterator[Event]:
        """What happens between two over time: they meet, end, pause and begin again."""
        mentor, mentee = self.chance.choice(HOLDERS[:5] + HOLDERS), self.chance.choice(HOLDERS)
        when, team = self.moment(), self.chance.choice(TEAMS)
        for step in range(self.chance.choice((1, 1, 2, 3, 6))):
            yield self.told(self.chance.choice(WORDS), mentor, mentee, when, f"n{place}.{step}", team)
            later = when.date() + timedelta(days=self.chance.choice(PAUSES))
            when = moment(later, self.chance.choice(TIMES))

    def newcomer(self, place: int) -> Iterator[Event]:
        """Somebody comes, may be mentored soon, and may stay."""
        who, came = f"github:{100 + place}", self.pivot - timedelta(days=self.chance.choice(CAME))
        for step, after in enumerate((0, *self.chance.sample(LATER, self.chance.choice((0, 0, 1, 2))))):
            when = moment(came + timedelta(days=after), self.chance.choice(TIMES))
            yield contribution(who, when, self.chance.choice(KINDS), f"b{place}.{step}")
        if self.chance.random() < 0.5:
            when = moment(came + timedelta(days=self.chance.choice(LANDMARK)), self.chance.choice(TIMES))
            yield self.told(self.chance.choice(("started", "met")), "github:1", who, when, f"b{place}", None)

    def seat(self, place: int) -> Event:
        """Somebody takes a seat, or had it before."""
        role, held = self.chance.choice(("owner", "member", "triager")), self.chance.random() < 0.2
        data = {"role": role, "scope": "core", "already_held": held}
        who = self.chance.choice((*HOLDERS, "github:100", "github:101", "github:102"))
        return event("role.granted", self.moment(), data, f"t{place}", subject=who, source="roles:one")


@st.composite
def mentored_logs(draw: st.DrawFn, pivot: date) -> list[Event]:
    """A small community's log: mentoring, newcomers, seats, and a few of everything that changes how they count."""
    drawn = Mentored(draw(st.randoms(use_true_random=True)), pivot)
    log = [one for place in range(drawn.chance.choice((0, 1, 5, 15))) for one in drawn.pair(place)]
    log += [one for place in range(drawn.chance.choice((0, 1, 12, 40))) for one in drawn.newcomer(place)]
    log += drawn.several(drawn.work, 0, 5, 20) + drawn.several(drawn.seat, 0, 1, 6) + drawn.several(drawn.role, 0, 0, 5)
    log += drawn.several(drawn.link, 0, 0, 1, 3) + drawn.several(drawn.correction, 0, 0, 0, 0, 1)
    for kind in (people_events, corrections):
        log += [draw(kind(pivot, place)) for place in range(drawn.chance.choice((0, 0, 1, 3)))]
    return log
