"""Small communities in which everything happens that milestones, success and risks go by.

Every id names its place in the log, so that no two events of a log conflict.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from events.envelope import Event
from tests.oracle.leadership_strategies import HOLDERS, ROLE_SOURCES, Drawn
from tests.oracle.strategies import PEOPLE, SOURCES, people_events
from tests.oracle.writing import contribution, event, granted, moment

PLACES = ("core", "docs")
PARTNERS = ("docs", "core", "the sister project")
STEPS = ("arrived", "second_day", "sustained", "core")


@dataclass(frozen=True)
class Lively(Drawn):
    """Chance, and the day around which things happen."""

    def some_day(self) -> date:
        """A day of the last year and a half, more often a late one."""
        return self.pivot - timedelta(days=int(540 * self.chance.random() ** 2))

    def coordinator(self, place: int) -> Event:
        """Somebody coordinates, or stands in, mostly for a term; or no longer does."""
        kind = self.chance.choice(("granted",) * 6 + ("revoked", "paused"))
        role = self.chance.choice(("coordinator", "coordinator", "member"))
        when = self.moment()
        days = self.chance.choice((None, 1, 90, 179, 180, 181, 270, 400))
        until = None if days is None else when + timedelta(days=days)
        data = {"role": role, "scope": self.chance.choice(PLACES), "until": until}
        who, source = self.chance.choice(HOLDERS), self.chance.choice(ROLE_SOURCES)
        return event(f"role.{kind}", when, data, f"k{place}", subject=who, source=source)

    def recruits(self, most: int) -> list[Event]:
        """People who take their first seat, some after they were mentored."""
        log: list[Event] = []
        for place in range(self.chance.randrange(most + 1)):
            who, day = f"github:{100 + place}", self.some_day()
            log.append(granted(who, self.chance.choice(PLACES), day, self.chance.choice(("peer", "owner", "member"))))
            if self.chance.random() < 0.6:
                begun = day - timedelta(days=self.chance.choice((-1, 0, 1, 100, 454, 455, 456)))
                log.append(event("mentoring.started", begun, self.mentor(), f"b{place}", subject=who))
        return log

    def mentor(self) -> dict[str, Any]:
        """Mostly the same."""
        return {"mentor": self.chance.choice((PEOPLE[0], PEOPLE[0], PEOPLE[2]))}

    def opportunity(self, place: int) -> Event:
        """Offered or taken, in whichever order; some by a bot."""
        data = {"opportunity": self.chance.choice(("release", "summit", "blog"))}
        if self.chance.random() < 0.5:
            return event("opportunity.offered", self.moment(), data, f"y{place}", source=self.chance.choice(SOURCES))
        return event("opportunity.taken", self.moment(), data, f"y{place}", subject=self.chance.choice(HOLDERS))

    def engagement(self, place: int) -> Event:
        """Reports, check-ins, meetings; with others or not."""
        kind = self.chance.choice(("report", "check_in", "check_in", "meeting"))
        data = {"kind": kind, "with": self.chance.choice((None, None, *PARTNERS)), "url": "https://example.org/report"}
        return event("engagement.held", self.some_day(), data, f"e{place}", source=self.chance.choice(SOURCES))

    def check_ins(self) -> list[Event]:
        """One in most months, up to the last day or not."""
        until = self.pivot + timedelta(days=self.chance.choice((0, 200)))
        return [
            event("engagement.held", until - timedelta(days=back), {"kind": "check_in"}, f"i{back}")
            for back in range(0, 400, self.chance.choice((29, 31, 40)))
        ]

    def relationship(self, place: int) -> Event:
        """With another team or community."""
        kind = self.chance.choice(("established", "established", "ended"))
        data = {"with": self.chance.choice(PARTNERS), "nature": "sister"}
        return event(f"relationship.{kind}", self.moment(), data, f"x{place}", team=self.chance.choice((None, "core")))

    def action(self, place: int) -> Event:
        """A gap is taken on."""
        data = {
            "about": f"pathway:{self.chance.choice(STEPS)}",
            "url": "https://example.org/plan",
            "owner": "the leads",
        }
        return event("action.recorded", self.moment(), data, f"q{place}")

    def team_work(self, place: int) -> Event:
        """Work in one of two teams."""
        who, team = self.chance.choice(PEOPLE), self.chance.choice((None, *PLACES))
        return contribution(who, self.some_day(), id_=f"t{place}", team=team)

    def crowd(self) -> list[Event]:
        """Some twenty people, most of them newcomers, a year ago and now."""
        log = [contribution("github:0", self.pivot - timedelta(days=self.chance.choice((729, 730, 731, 900))), id_="w")]
        for back, name in ((365, "then"), (0, "now")):
            for person in range(self.chance.choice((19, 20, 25, 40))):
                day = self.pivot - timedelta(days=back + self.chance.choice((0, 1, 40, 88)))
                who = f"github:{name if self.chance.random() < 0.7 else 'stays'}-{person}"
                log.append(contribution(who, day, id_=f"{name}{person}"))
        return log

    def decisions(self) -> list[Event]:
        """What newcomers offered is accepted or declined, a year ago and now."""
        log: list[Event] = []
        for back, name in ((365, "before"), (0, "after")):
            likely = self.chance.choice((0, 0.3, 0.5, 1))
            for place in range(self.chance.choice((19, 20, 30))):
                day = self.pivot - timedelta(days=back + self.chance.choice((0, 1, 80)))
                outcome = "accepted" if self.chance.random() < likely else "declined"
                data = {"kind": "patch", "outcome": outcome, "about": f"{name}/{place}"}
                who = f"github:{name}-{place % 15}"
                log.append(event("contribution.recorded", day, data, f"{name}d{place}", subject=who))
        return log

    def goal(self, place: int) -> Event:
        """A goal that can be reached."""
        begins = self.pivot - timedelta(days=self.chance.choice((-10, 30, 150, 300, 2000)))
        data = {
            "baseline": self.chance.choice((1, 1.5, 2)),
            "baseline_on": begins,
            "factor": self.chance.choice((1.1, 2, 3.3)),
            "due_on": begins + timedelta(days=365),
            "sources": self.chance.choice((None, None, ("git:one",))),
        }
        return event("goal.set", self.moment(), data, f"g{place}")

    def withdrawal(self, place: int) -> Event:
        """A source that was wrong up to a moment."""
        before: datetime | None = self.chance.choice((None, moment(self.pivot - timedelta(days=60))))
        return event(
            "source.withdrawn", self.moment(), {"source": "git:two", "before": before}, f"z{place}", actor="github:1"
        )


@st.composite
def lively_logs(draw: st.DrawFn, pivot: date) -> list[Event]:
    """A community's log with a few of everything."""
    drawn = Lively(draw(st.randoms(use_true_random=True)), pivot)
    log = drawn.several(drawn.coordinator, 0, 1, 4, 10) + drawn.several(drawn.role, 0, 0, 8)
    log += drawn.recruits(drawn.chance.choice((0, 3, 12, 40))) + drawn.several(drawn.opportunity, 0, 0, 3, 8)
    log += drawn.several(drawn.engagement, 0, 4, 30) + drawn.several(drawn.relationship, 0, 1, 4)
    log += drawn.several(drawn.team_work, 0, 10, 40) + drawn.several(drawn.mentoring, 0, 0, 4)
    log += drawn.several(drawn.goal, 0, 1, 1, 2) + drawn.several(drawn.withdrawal, 0, 0, 0, 1)
    log += [*drawn.several(drawn.link, 0, 0, 2), draw(people_events(pivot, 0))]
    if drawn.chance.random() < 0.3:
        log += drawn.check_ins()
    if drawn.chance.random() < 0.3:
        log += drawn.crowd()
    if drawn.chance.random() < 0.3:
        log += drawn.decisions()
    if drawn.chance.random() < 0.3:
        log += drawn.several(drawn.action, 1, 4)
    return log
