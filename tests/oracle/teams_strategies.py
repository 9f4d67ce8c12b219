"""Small communities that work in teams, with others, and say so: every id names its place in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from hypothesis import strategies as st

from events.envelope import Event
from tests.oracle.strategies import BACK_DAYS, ORGANISATIONS, SOURCES, TIMES, corrections, people_events
from tests.oracle.writing import contribution, event, moment

IN_TEAMS = ("email:a@x.org", "github:1", "github:2", "github:3", "github:4", "git-name:alex", "github-login:x-bot")
TEAMS_THERE = ("core", "core", "docs", "web", None)
PARTNERS = ("docs", "web", "nobody's", "Moss")
LISTENING = ("report", "meeting", "check_in", "festival", "other")
PRACTICES = ("communication_channel", "recruiting_plan", "leadership_plan")
BACK = (*BACK_DAYS, 44, 45, 46, 119, 120, 135, 269, 270, 271, 544, 545, 546)
URL = "https://example.org/notes"


@dataclass(frozen=True)
class Together:
    """Chance, and the day around which things happen."""

    chance: Random
    pivot: date

    def moment(self) -> datetime:
        """A moment around the pivot, mostly where a window, a slot or a relationship ends."""
        return moment(self.pivot - timedelta(days=self.chance.choice(BACK)), self.chance.choice(TIMES))

    def work(self, place: int) -> Event:
        """What somebody did in a team, or in none."""
        kind = self.chance.choice(("commit", "commit", "review", "release", "tea"))
        attributes = {"source": self.chance.choice(SOURCES), "id_": f"t{place}"}
        team = self.chance.choice(TEAMS_THERE)
        return contribution(self.chance.choice(IN_TEAMS), self.moment(), kind, team=team, **attributes)

    def relationship(self, place: int) -> Event:
        """The community, or a team, begins or ends to work with somebody."""
        kind = self.chance.choice(("established", "established", "established", "ended"))
        data = {"with": self.chance.choice(PARTNERS), "nature": "we help each other"}
        team, source = self.chance.choice((None, "core", "docs")), self.chance.choice(SOURCES)
        return event(f"relationship.{kind}", self.moment(), data, f"b{place}", team=team, source=source)

    def engagement(self, place: int) -> Event:
        """Something is held, with a partner or among ourselves."""
        partner = self.chance.choice((None, *PARTNERS))
        data = {"kind": self.chance.choice(LISTENING), "with": partner, "url": URL, "participants": 3}
        team, source = self.chance.choice((None, "core", "docs")), self.chance.choice(SOURCES)
        return event("engagement.held", self.moment(), data, f"e{place}", team=team, source=source)

    def practice(self, place: int) -> Event:
        """Something is written down."""
        data = {"practice": self.chance.choice(PRACTICES), "url": URL}
        return event("practice.documented", self.moment(), data, f"q{place}", source=self.chance.choice(SOURCES))

    def impact(self, place: int) -> Event:
        """A story is told."""
        return event("impact.noted", self.moment(), {"title": "It helped", "url": URL}, f"i{place}")

    def affiliation(self, place: int) -> Event:
        """Whom somebody works for, and whether for money."""
        data = {
            "organisation": self.chance.choice(ORGANISATIONS),
            "basis": self.chance.choice(("paid", "volunteer", "both", "unknown")),
            "since": self.pivot - timedelta(days=self.chance.choice((0, 30, 90, 400, 1000))),
        }
        return event("person.affiliated", self.moment(), data, f"f{place}", subject=self.chance.choice(IN_TEAMS))

    def link(self, place: int) -> Event:
        """Two identities of one person, or no longer."""
        kind = self.chance.choice(("linked", "linked", "unlinked"))
        data = {"person": self.chance.choice(IN_TEAMS)} if kind == "linked" else {}
        return event(f"person.{kind}", self.moment(), data, f"n{place}", subject=self.chance.choice(IN_TEAMS))

    def several(self, kind: Callable[[int], Event], *how_many: int) -> list[Event]:
        """As many events of a kind as one of the numbers says."""
        return [kind(place) for place in range(self.chance.choice(how_many))]

    def log(self) -> list[Event]:
        """Work in teams, and what is said beside it."""
        log = self.several(self.work, 0, 10, 40, 90) + self.several(self.relationship, 0, 3, 8)
        log += self.several(self.engagement, 0, 3, 12) + self.several(self.practice, 0, 4)
        log += self.several(self.impact, 0, 1) + self.several(self.affiliation, 0, 3, 8)
        return log + self.several(self.link, 0, 0, 1, 3)


@st.composite
def logs_together(draw: st.DrawFn, pivot: date) -> list[Event]:
    """A small community's log that works in teams, with a few corrections."""
    log = Together(draw(st.randoms(use_true_random=True)), pivot).log()
    for kind in (people_events, corrections):
        log += [draw(kind(pivot, place)) for place in range(draw(st.sampled_from((0, 0, 1, 3))))]
    return log
