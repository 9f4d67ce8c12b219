"""Small communities at the edges of things: window edges, leap days, ISO years, one identity on two days.

Every id names its place in the log, so that no two events of a log conflict.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from events.envelope import Event
from tests.oracle.days import month_ends
from tests.oracle.writing import contribution, event, goal, linked, moment, unlinked

PIVOTS = ("2020-02-29", "2016-02-29", "2015-12-31", "2016-01-01", "2021-01-03", "2020-12-31", "2019-06-15")
WINDOWS = ((1, 7), (3, 10), (7, 30, 90), (30, 90, 365), (365,))
BACK_DAYS = (0, 1, 2, 3, 6, 7, 8, 9, 10, 20, 29, 30, 31, 59, 60, 61, 89, 90, 91, 179, 180, 364, 365, 366, 400)
TIMES = (time(), time(12), time(23, 59, 59, 999999))
PEOPLE = ("email:a@x.org", "email:b@x.org", "github:1", "github:2", "git-name:alex", "github-login:cy", "github:7")
OTHERS = (
    "github-login:x-bot",
    "email:noreply@anthropic.com",
    "bugzilla-team:a-council",
    "github:noreply@anthropic.com",
    "github-login:an-app[bot]",
    "github:81847",
    "email:weekly-bot@x.org",
)
KINDS = ("commit", "commit", "commit", "review", "release", "bug_report", "translation", "tea")
OUTCOMES = ("opened", "opened", None, "accepted", "declined")
TEAMS = (None, None, "core", "docs", "web")
SOURCES = ("git:one", "git:two", "forge")
NAMES = ("Alex", "Release Bot", "Copilot", "noreply@anthropic.com")
ORGANISATIONS = ("Acme", "ACME, Inc.", "Initech", "Independent", "self", "Acme Labs", "Co")
IDENTITIES = st.sampled_from(PEOPLE + PEOPLE + OTHERS)
ACTORS = st.sampled_from((None, None, "github:9"))


@st.composite
def moments(draw: st.DrawFn, pivot: date) -> datetime:
    """A moment around the pivot, mostly where a window ends."""
    return moment(pivot - timedelta(days=draw(st.sampled_from(BACK_DAYS))), draw(st.sampled_from(TIMES)))


@st.composite
def contributions(draw: st.DrawFn, pivot: date, place: int) -> Event:
    """What somebody did, a third of it about an artefact."""
    data: dict[str, Any] = {"kind": draw(st.sampled_from(KINDS))}
    if not draw(st.integers(0, 2)):
        data |= {"about": draw(st.sampled_from(("a", "b", None))), "outcome": draw(st.sampled_from(OUTCOMES))}
        answered = {"source": draw(st.sampled_from(SOURCES)), "id": f"c{draw(st.integers(0, 9))}"}
        data["responds_to"] = draw(st.sampled_from((None, None, answered)))
    team, source = draw(st.sampled_from(TEAMS)), draw(st.sampled_from(SOURCES))
    subject, when = draw(IDENTITIES), draw(moments(pivot))
    return event("contribution.recorded", when, data, f"c{place}", subject=subject, team=team, source=source)


@st.composite
def people_events(draw: st.DrawFn, pivot: date, place: int) -> Event:
    """What is known of somebody, by hand or not."""
    when, who = draw(moments(pivot)), draw(IDENTITIES)
    since = (pivot - timedelta(days=draw(st.sampled_from(BACK_DAYS)))) if draw(st.booleans()) else date(2000, 1, 1)
    organisation = {"organisation": draw(st.sampled_from(ORGANISATIONS)), "basis": "unknown", "since": since}
    verdict = {"bot": draw(st.booleans()), "reason": draw(st.sampled_from(("agent", "pattern")))}
    kind, data = draw(
        st.sampled_from(
            (
                ("linked", {"person": draw(st.sampled_from(PEOPLE))}),
                ("linked", {"person": draw(IDENTITIES)}),
                ("unlinked", {}),
                ("affiliated", organisation),
                ("classified", verdict),
                ("named", {"name": draw(st.sampled_from(NAMES))}),
                ("named", {"name": draw(st.sampled_from(NAMES))}),
            )
        )
    )
    who = draw(st.sampled_from(PEOPLE[-2:])) if kind == "named" else who  # several names of one identity matter
    return event(f"person.{kind}", when, data, f"p{place}", subject=who, actor=draw(ACTORS))


@st.composite
def corrections(draw: st.DrawFn, pivot: date, place: int) -> Event:
    """What is taken back."""
    source = draw(st.sampled_from(SOURCES))
    if draw(st.integers(0, 3)):
        retracts = {"source": source, "id": f"c{draw(st.integers(0, 30))}"}
        data: dict[str, Any] = {"retracts": retracts, "reason": "a test"}
        return event("contribution.retracted", draw(moments(pivot)), data, f"r{place}", actor="github:1")
    before = draw(st.sampled_from((None, draw(moments(pivot)), draw(moments(pivot)))))
    return event(
        "source.withdrawn", draw(moments(pivot)), {"source": source, "before": before}, f"w{place}", actor="github:1"
    )


@st.composite
def declarations(draw: st.DrawFn, pivot: date, place: int) -> Event:
    """That an agent took part in some contribution."""
    source = draw(st.sampled_from(SOURCES))
    contribution = {"source": source, "id": f"c{draw(st.integers(0, 30))}"}
    data = {"agent": "email:noreply@anthropic.com", "contribution": contribution}
    who = draw(st.sampled_from(PEOPLE))
    return event("agent.declared", draw(moments(pivot)), data, f"a{place}", subject=who, source=source)


@st.composite
def source_checks(draw: st.DrawFn, pivot: date, place: int) -> Event:
    """How far a source was read, or that it ended."""
    when, source = draw(moments(pivot)), draw(st.sampled_from(SOURCES))
    if draw(st.integers(0, 4)):
        data = {"source": source, "through": draw(moments(pivot)), "found": 0}
        return event("source.checked", when, data, f"s{place}", source=source)
    return event("source.retired", when, {"source": source}, f"s{place}", source=source)


@st.composite
def goals(draw: st.DrawFn, pivot: date, place: int) -> Event:
    """What the community wants."""
    begins = pivot - timedelta(days=draw(st.sampled_from(BACK_DAYS)))
    due = begins + timedelta(days=draw(st.sampled_from((1, 30, 365, 1826))))
    data = {
        "baseline": draw(st.sampled_from((1, 2.5, 4))),
        "baseline_on": begins,
        "factor": draw(st.sampled_from((1.5, 10))),
        "due_on": due,
        "sources": draw(st.sampled_from((None, ("git:one",), ("git:two", "forge")))),
    }
    return event("goal.set", draw(moments(pivot)), data, f"g{place}")


@st.composite
def publications(draw: st.DrawFn, pivot: date, place: int, windows: Sequence[int]) -> Event:
    """What was said when a day closed."""
    day = pivot - timedelta(days=draw(st.sampled_from(BACK_DAYS)))
    numbers = [
        {
            "name": "tenfold_active_contributors",
            "labels": {"window_days": str(window)},
            "value": draw(st.integers(0, 4)),
        }
        for window in windows[: draw(st.integers(0, len(windows)))]
    ]
    data = {"day": day, "samples": tuple(numbers), "read_model_version": 1, "policy": "x"}
    return event("day.published", moment(day + timedelta(days=1), time()), data, f"d{place}")


@st.composite
def logs(draw: st.DrawFn, pivot: date, windows: Sequence[int] = (30, 90, 365)) -> list[Event]:
    """A small community's log: contributions, and a few of everything that changes how they count."""
    log = [draw(contributions(pivot, place)) for place in range(draw(st.integers(0, 30)))]
    for kind in (people_events, corrections, source_checks, goals, declarations):
        most = 12 if kind is people_events else 4
        log += [draw(kind(pivot, place)) for place in range(draw(st.integers(0, most)))]
    return log + [draw(publications(pivot, place, windows)) for place in range(draw(st.integers(0, 2)))]


@st.composite
def years_of_weeks(draw: st.DrawFn) -> list[Event]:
    """Two or three years at a few people a week, in stretches that grow, stay or shrink; sources that fall silent."""
    monday = date(2018, 12, 31)
    levels = draw(st.lists(st.tuples(st.integers(0, 5), st.integers(4, 40)), min_size=4, max_size=8))
    wanted = [level for level, weeks in levels for _ in range(weeks)][:170]
    wanted += [levels[-1][0]] * (95 - len(wanted))
    noise = draw(st.randoms(use_true_random=True))
    common, rare = draw(st.permutations(SOURCES))[:2]
    sources = (common, common, common, common, common, common, rare)
    log = [contribution("github:0", monday + timedelta(days=draw(st.integers(-6, 6))))]
    for week, level in enumerate(wanted):
        for person in range(max(0, level + noise.choice((-1, 0, 0, 1)))):
            day = monday + timedelta(days=7 * week + noise.choice((0, 0, 3, 6, 6)))
            source = noise.choice(sources)
            log.append(contribution(f"github:{person}", day, id_=f"{week}-{person}", source=source))
    last = monday + timedelta(days=7 * len(wanted))
    log += [draw(source_checks(last, place)) for place in range(draw(st.integers(0, 8)))]
    return [*log, goal("2019-01-01", draw(st.sampled_from((1, 4))), "2019-01-01", 2, "2024-01-01")]


def link_and_unlink(identity: str, person: str, day: date) -> list[Event]:
    """A merge, and its undoing."""
    return [linked(identity, person, str(day)), unlinked(identity, str(day + timedelta(days=1)))]


@st.composite
def busy_logs(draw: st.DrawFn, pivot: date) -> list[Event]:
    """Twenty people of very different size over fifteen months, most of them with an employer, and a goal."""
    chance = draw(st.randoms(use_true_random=True))
    spread = draw(st.sampled_from((20, 100, 450)))
    bend, log = draw(st.sampled_from((1, 3))), []
    for place in range(draw(st.sampled_from((20, 80, 240)))):
        who = f"github:{min(int(chance.expovariate(0.3)), 19)}"
        when = moment(pivot - timedelta(days=int(spread * chance.random() ** bend)))
        log.append(contribution(who, when, id_=f"c{place}", source=chance.choice(SOURCES)))
    for place in range(draw(st.sampled_from((0, 8, 40)))):
        person = place % 20
        since = pivot - timedelta(days=chance.choice((10, 100, 1000)))
        data = {"organisation": chance.choice(ORGANISATIONS), "basis": "paid", "since": since}
        log.append(event("person.affiliated", "2021-01-01", data, f"a{place}", subject=f"github:{person}"))
    log += [draw(people_events(pivot, place)) for place in range(draw(st.integers(0, 3)))]
    return log + [draw(goals(pivot, place)) for place in range(draw(st.integers(1, 2)))]


@st.composite
def months_that_grow(draw: st.DrawFn) -> list[Event]:
    """A goal, and work on month-ends alone: some empty, most with more people than the one before."""
    steps = draw(st.lists(st.sampled_from((0, 0, 1, 2, 5, -1)), min_size=7, max_size=18))
    empty = draw(st.sets(st.integers(0, 17), max_size=5))
    log, people = [goal("2019-01-01", 2, "2019-01-01", draw(st.sampled_from((2, 20))), "2024-01-01")], 1
    for end, step, place in zip(month_ends(date(2020, 6, 30), len(steps)), steps, range(len(steps)), strict=True):
        people = max(1, people + step)
        log += [contribution(f"github:{person}", end) for person in range(people) if place not in empty]
    return log
