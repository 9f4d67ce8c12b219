"""Communities whose people come far: arrivals by the quarter, some who stay, some who lead, and all that corrects it.

Every id names its place in the log, so that no two events of a log conflict.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from events.envelope import Event
from tests.oracle.writing import contribution, event, granted, moment, revoked

SOURCES = ("git:one", "git:one", "git:two")
SCOPES = ("core", "docs")
ROLES = ("owner", "owner", "member", "peer")
GAPS = (0, 0, 1, 1, 2, 7, 27, 28, 29, 30, 31, 58, 61, 88, 89, 90, 91, 178, 179, 180, 181, 200)
PACES = ((1,), (1, 3), (7, 8), (7, 7, 8, 9), (2, 5, 30), (8, 30, 90))
KINDS = ("commit",) * 7 + ("tea", "review")


@st.composite
def pathway_logs(draw: st.DrawFn, pivot: date) -> list[Event]:
    """Three years of arrivals up to a day, fewer or more of whom go on in each quarter."""
    chance = draw(st.randoms(use_true_random=True))
    people = draw(st.sampled_from((1, 4, 5, 9, 40)))
    log: list[Event] = []
    staying = [chance.choice((0.0, 0.1, 0.5, 0.9, 1.0)) for _ in range(16)]
    for person in range(people):
        back = chance.randrange(1100)
        log += life(chance, f"github:{person}", pivot - timedelta(days=back), staying[back // 91])
    log += [seat(chance, people, pivot, place) for place in range(chance.choice((0, 0, 3, 12, 30)))]
    log += [corrected(chance, people, pivot, place, len(log)) for place in range(chance.choice((0, 0, 2, 8)))]
    return [one for one in log if one.time >= moment("1990-01-01")]


def life(chance: Random, who: str, first: date, staying: float) -> list[Event]:
    """What somebody does: once, a few times with gaps around the horizons, or for months at some pace."""
    days = [first]
    while chance.random() < staying and len(days) < 6:
        days.append(days[-1] + timedelta(days=chance.choice(GAPS)))
    if chance.random() < 0.25 * staying:
        pace = chance.choice(PACES)
        for _ in range(chance.choice((22, 23, 24, 30))):
            days.append(days[-1] + timedelta(days=chance.choice(pace)))
    return [
        contribution(who, day, chance.choice(KINDS), f"c{who}-{place}", source=chance.choice(SOURCES))
        for place, day in enumerate(days)
    ]


def seat(chance: Random, people: int, pivot: date, place: int) -> Event:
    """A seat given or taken back, sometimes to somebody who never contributed."""
    who, scope, role = f"github:{chance.randrange(people + 2)}", chance.choice(SCOPES), chance.choice(ROLES)
    when = pivot - timedelta(days=chance.randrange(-30, 1150))
    if chance.random() < 0.2:
        return revoked(who, scope, when, role, id_=f"l{place}")
    held = chance.random() < 0.3
    return granted(who, scope, when, role, id_=f"l{place}", already_held=held, source=chance.choice(SOURCES))


def corrected(chance: Random, people: int, pivot: date, place: int, so_far: int) -> Event:
    """Links, bots, retractions, withdrawals, names."""
    who, when = f"github:{chance.randrange(people)}", pivot - timedelta(days=chance.randrange(1150))
    data: dict[str, Any]
    match chance.randrange(6):
        case 0 | 1:
            data = {"person": f"github:{chance.randrange(people)}"}
            return event("person.linked", when, data, f"k{place}", subject=who)
        case 2:
            return event("person.unlinked", when, {}, f"k{place}", subject=who)
        case 3:
            return event("person.classified", when, {"bot": True, "reason": "by hand"}, f"b{place}", subject=who)
        case 4:
            gone = {"source": chance.choice(SOURCES), "id": f"c{who}-{chance.randrange(1 + so_far % 5)}"}
            return event(
                "contribution.retracted", when, {"retracts": gone, "reason": "a test"}, f"r{place}", actor="github:1"
            )
        case _:
            data = {"source": "git:two", "before": moment(when)}
            return event("source.withdrawn", when, data, f"w{place}", source="by-hand", actor="github:1")
