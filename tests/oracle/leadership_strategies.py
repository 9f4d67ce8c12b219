"""Small communities that are led: seats that come, pause, end and come back, in scopes that move about.

Every id names its place in the log, so that no two events of a log conflict.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from events.envelope import Event
from tests.oracle.days import day_of
from tests.oracle.leadership_seats import parents, terms_of
from tests.oracle.people import of_type, order
from tests.oracle.strategies import BACK_DAYS, ORGANISATIONS, PEOPLE, SOURCES, TIMES, goals, people_events
from tests.oracle.writing import contribution, declared, event, granted, moment, revoked

SCOPES = ("core", "core/api", "docs", "web", "[ab]*", "core/api/v2", "docs/de", "web/x")
ROLES = ("owner", "owner", "lead", "peer", "member", "member", "triager")
HOLDERS = (*PEOPLE, "github:8", "github:9", "github-login:x-bot", "github-team:a/b")
ROLE_SOURCES = ("roles:one", "roles:one", "git:two")
FIRST = date(2019, 3, 1)
Roster = set[tuple[str, str, str]]  # (identity, scope, role)


@dataclass(frozen=True)
class Drawn:
    """Chance, and the day around which things happen."""

    chance: Random
    pivot: date

    def moment(self) -> datetime:
        """A moment around the pivot, mostly where a window ends."""
        return moment(self.pivot - timedelta(days=self.chance.choice(BACK_DAYS)), self.chance.choice(TIMES))

    def until(self, when: datetime) -> datetime | None:
        """Mostly open; else soon after, long after, or by mistake before it was said."""
        days = self.chance.choice((None, None, None, None, None, -30, 0, 1, 29, 90, 365))
        return None if days is None else when + timedelta(days=days)

    def role(self, place: int) -> Event:
        """A seat given, taken back, left for a while; some of them until a moment."""
        kind = self.chance.choice(("granted",) * 7 + ("revoked",) * 2 + ("paused",))
        more = {"already_held": self.chance.random() < 0.2} if kind == "granted" else {}
        seat = {"role": self.chance.choice(ROLES), "scope": self.chance.choice(SCOPES[:5] + SCOPES)}
        when, who = self.moment(), self.chance.choice(HOLDERS)
        data = seat | more | {"until": self.until(when)}
        return event(f"role.{kind}", when, data, f"l{place}", subject=who, source=self.chance.choice(ROLE_SOURCES))

    def scope(self, place: int) -> Event:
        """A scope, under another or on its own; or its end."""
        kind = self.chance.choice(("declared", "declared", "declared", "retired"))
        data = {"scope": self.chance.choice(SCOPES), "parent": self.chance.choice((None, *SCOPES))}
        return event(f"scope.{kind}", self.moment(), data, f"o{place}", source=self.chance.choice(ROLE_SOURCES))

    def work(self, place: int) -> Event:
        """What somebody did, of a kind that makes them active or not."""
        kind = self.chance.choice(("commit", "commit", "commit", "review", "tea"))
        attributes = {"source": self.chance.choice(SOURCES), "id_": f"c{place}"}
        return contribution(self.chance.choice(HOLDERS), self.moment(), kind, **attributes)

    def mentoring(self, place: int) -> Event:
        """Somebody mentored, by somebody."""
        kind = self.chance.choice(("started", "met", "ended"))
        data = {"mentor": self.chance.choice(HOLDERS)} | ({"outcome": "completed"} if kind == "ended" else {})
        return event(f"mentoring.{kind}", self.moment(), data, f"m{place}", subject=self.chance.choice(HOLDERS))

    def affiliation(self, place: int) -> Event:
        """Whom somebody works for, and whether for money."""
        data = {
            "organisation": self.chance.choice(ORGANISATIONS),
            "basis": self.chance.choice(("paid", "volunteer", "both", "unknown")),
            "since": self.pivot - timedelta(days=self.chance.choice((0, 30, 90, 400, 1000))),
        }
        who = HOLDERS[place % len(HOLDERS)]
        return event("person.affiliated", self.moment(), data, f"a{place}", subject=who)

    def link(self, place: int) -> Event:
        """Two identities of one person."""
        data = {"person": self.chance.choice(PEOPLE)}
        return event("person.linked", self.moment(), data, f"k{place}", subject=self.chance.choice(HOLDERS))

    def opting_out(self, place: int) -> Event:
        """Somebody who does not want to be considered, for leadership or for something else."""
        data = {"purpose": self.chance.choice(("leadership", "leadership", "newsletter"))}
        who, source = self.chance.choice(HOLDERS), self.chance.choice(ROLE_SOURCES)
        return event("person.opted_out", self.moment(), data, f"x{place}", subject=who, source=source)

    def correction(self, place: int) -> Event:
        """A reading of files that was wrong."""
        data = {"source": self.chance.choice(ROLE_SOURCES), "before": self.chance.choice((None, moment(self.pivot)))}
        return event("source.withdrawn", self.moment(), data, f"v{place}", source="by-hand", actor="github:1")

    def several(self, kind: Callable[[int], Event], *how_many: int) -> list[Event]:
        """As many events of a kind as one of the numbers says."""
        return [kind(place) for place in range(self.chance.choice(how_many))]


@st.composite
def led_logs(draw: st.DrawFn, pivot: date) -> list[Event]:
    """A small community's log: roles and scopes, work, and a few of everything that changes how they count."""
    drawn = Drawn(draw(st.randoms(use_true_random=True)), pivot)
    log = drawn.several(drawn.role, 1, 10, 30, 60) + drawn.several(drawn.scope, 0, 5, 15)
    log += drawn.several(drawn.work, 0, 10, 40) + drawn.several(drawn.affiliation, 0, 6, 20)
    log += drawn.several(drawn.mentoring, 0, 0, 8) + drawn.several(drawn.link, 0, 0, 1, 2)
    log += drawn.several(drawn.correction, 0, 0, 0, 0, 1) + drawn.several(drawn.opting_out, 0, 0, 1, 3)
    if drawn.chance.random() < 0.3:
        log += [draw(goals(pivot, 0)), draw(people_events(pivot, 0))]
    return log


@st.composite
def years_of_leadership(draw: st.DrawFn) -> list[Event]:
    """Three years in which leadership spreads and gathers again, in stretches around four weeks, half a year, a year.

    Some hold every role alone, some stretches nobody leads at all.
    """
    chance = draw(st.randoms(use_true_random=True))
    stretches = draw(st.lists(st.sampled_from((1, 5, 26, 27, 28, 29, 60, 180, 364, 365, 366)), min_size=3, max_size=12))
    log, day, roster = [contribution("github:0", FIRST - timedelta(days=3))], FIRST, Roster()
    for place, days in enumerate(stretches):
        wanted = drawn_roster(chance) if chance.random() < 0.95 else Roster()
        log += changes(roster, wanted, day, place)
        roster, day = wanted, day + timedelta(days=days)
        log.append(contribution(f"github:{chance.randrange(12)}", day, id_=f"c{place}"))
    return log


def drawn_roster(chance: Random) -> Roster:
    """Twenty leaders at most in six scopes at most: the more leaders the less they share."""
    people, scopes, beside = (
        chance.choice((1, 2, 3, 7, 8, 9, 19, 20)),
        chance.choice((1, 3, 4, 5, 6)),
        chance.randrange(4),
    )
    return {
        (f"github:{(scope * 3 + place) % people}", f"s{scope}", chance.choice(("owner", "owner", "peer")))
        for scope in range(scopes)
        for place in range(beside + 1)
    }


def changes(before: Roster, now: Roster, day: date, place: int) -> Iterator[Event]:
    """What turns one roster into another."""
    for who, scope, role in sorted(before - now):
        yield revoked(who, scope, day, role, id_=f"{place}-{who}-{scope}-{role}")
    for who, scope, role in sorted(now - before):
        yield granted(who, scope, day, role, id_=f"{place}+{who}-{scope}-{role}")


def moved(scope: str, name: str, log: Sequence[Event], day: date) -> list[Event]:
    """A scope under another name: seats, parent and parts go along, all within one second at noon."""
    at, words = moment(day), of_type(log, "role.granted", "role.revoked", "role.paused")
    places = of_type(log, "scope.declared", "scope.retired")
    theirs = [word for word in words if word.data.scope == scope]
    told: list[Event] = [*seats_moved(theirs, name, at)]
    above, newest = parents(places, day), {one.data.scope: one for one in sorted(places, key=order)}
    parts = sorted(part for part, parent in above.items() if parent == scope)
    told += [declared(part, at, name, source=newest[part].source) for part in parts]
    sources = sorted({one.source for one in places if one.data.scope == scope})
    told += [event("scope.retired", at, {"scope": scope}, f"gone {source}", source=source) for source in sources]
    return told + [declared(name, at, above.get(scope), source=source) for source in sources]


def seats_moved(words: Sequence[Any], name: str, at: datetime) -> Iterator[Event]:
    """Every seat that is held is given back, and given anew under the other name."""
    for source, who, role in sorted({(word.source, word.subject, word.data.role) for word in words}):
        theirs = [word for word in words if (word.source, word.subject, word.data.role) == (source, who, role)]
        for term in terms_of(theirs, {}):
            if term.held(day_of(at)):
                yield revoked(who, term.seat.scope, at, role, source=source)
                yield granted(who, name, at, role, source=source, until=term.end)
