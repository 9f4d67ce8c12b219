"""Communities to which things happen that somebody should be told: over half a year, all kinds of them at once."""

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from events.envelope import Event
from tests.oracle.days import start_of
from tests.oracle.writing import contribution, declared, event, goal, granted, moment, revoked

FIRST = date(2020, 1, 1)
SCOPES = ("core", "docs", "web")


@st.composite
def troubled_logs(draw: st.DrawFn, days: int = 210) -> list[Event]:
    """A log of so many days, in which everything that conditions go by comes, goes and comes back."""
    chance = draw(st.randoms(use_true_random=True))
    log = [*working(chance, days), *leading(chance, days), *speaking(chance, days), *published(chance, days)]
    log += [*mentored(chance, days), *checked(chance, days)]
    if chance.random() < 0.5:
        log.append(goal("2020-01-01", chance.choice((8, 15, 30)), "2020-01-01", 2, "2021-01-01"))
    return log


def on(place: int) -> date:
    """A day by its place."""
    return FIRST + timedelta(days=place)


def working(chance: Random, days: int) -> list[Event]:
    """Twenty to thirty people in two or three teams, some of whom stop; now and then many come at once."""
    found, people = [], chance.choice((12, 24, 30))
    for who in range(people):
        begins, ends = chance.randint(0, 10), chance.choice((days, days, 40, 90))
        teams = chance.choice((("core",), ("docs",), ("core", "docs"), ("web", None)))
        every = chance.choice((20, 40, 85))
        found += [
            contribution(f"github:{who}", on(place), id_=f"c{who} {place}", team=chance.choice(teams))
            for place in range(begins, ends, every)
        ]
    for wave in range(chance.choice((0, 1, 3))):
        week = chance.choice((chance.randint(0, days // 7 - 1), days // 7 - 3)) * 7
        found += [
            contribution(f"github:w{wave}-{who}", on(week + chance.randint(0, 6)), id_=f"w{wave} {who}")
            for who in range(chance.choice((5, 19, 20, 25)))
        ]
    return found


def leading(chance: Random, days: int) -> list[Event]:
    """Seats that are given and taken back, so that scopes are led, thin and vacant in turn."""
    found = []
    for scope in SCOPES[: chance.choice((1, 2, 3))]:
        found += [declared(scope, str(FIRST))] if chance.random() < 0.8 else []
        place, term = chance.randint(0, 40), 0
        while place < days:
            who, term = f"github:{chance.randint(0, 9)}", term + 1
            role = chance.choice(("owner", "owner", "peer", "reviewer"))
            found.append(granted(who, scope, on(place), role, id_=f"g{scope}{term}"))
            place += chance.choice((2, 3, 4, 20, 60))
            found.append(revoked(who, scope, on(place), role, id_=f"r{scope}{term}"))
            place += chance.choice((1, 12, 13, 14, 15, 30, 90, 100))
    if chance.random() < 0.5:
        until = moment(on(chance.choice((60, 200, 400))))
        found.append(
            granted("github:1", "core", on(chance.randint(0, 60)), "coordinator", until=until, id_="coordinator")
        )
    return found


def speaking(chance: Random, days: int) -> list[Event]:
    """Reports and meetings, some of them late."""
    found = []
    for kind in ("report", "meeting"):
        place = chance.randint(0, 60)
        while place < days:
            data = {"kind": kind, "url": "https://example.org/report"}
            found.append(event("engagement.held", on(place), data, f"{kind} {place}"))
            place += chance.choice((20, 39, 40, 41, 59, 60, 61, 100))
    return found


def published(chance: Random, days: int) -> list[Event]:
    """Days as they were published when they closed, most of them about as they are known now."""
    found, usual = [], chance.choice((12, 24, 26))
    for place in range(0, days, chance.choice((1, 1, 3))):
        value = usual + chance.choice((-9, -3, 0, 0, 0, 0, 2, 3))
        samples = [{"name": "tenfold_active_contributors", "labels": {"window_days": "90"}, "value": value}]
        data = {"day": on(place), "samples": tuple(samples), "read_model_version": 1, "policy": "x"}
        when = start_of(on(place + 1)) + timedelta(hours=chance.choice((0, 0, 30)))
        found.append(event("day.published", when, data, f"d{place}"))
    return found


def mentored(chance: Random, days: int) -> list[Event]:
    """Mentors who take on a few, and hand them over again."""
    found = []
    for mentee in range(chance.choice((0, 3, 9))):
        place, mentor = chance.randint(0, days), f"github:{chance.choice((1, 1, 1, 2))}"
        about = {"mentor": mentor}
        who = f"github:{mentee + 3}"
        found.append(event("mentoring.started", on(place), about, f"m{mentee}", subject=who))
        if chance.random() < 0.5:
            ended = about | {"outcome": "completed"}
            found.append(
                event("mentoring.ended", on(place + chance.choice((5, 15, 60))), ended, f"e{mentee}", subject=who)
            )
    return found


def checked(chance: Random, days: int) -> list[Event]:
    """A source that is read for a while."""
    found = []
    for source in ("git:one", "git:two")[: chance.choice((0, 1, 2))]:
        for place in range(0, chance.choice((30, days)), chance.choice((1, 9))):
            data = {"source": source, "through": moment(on(place)), "found": 0}
            found.append(event("source.checked", on(place), data, f"s{source}{place}", source=source))
    return found
