"""What conditions go by, of one day, from the events up to its end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle import activity, goals, growth, sources
from tests.oracle.conditions_states import Facts, Scope
from tests.oracle.contributions import Known
from tests.oracle.day import Day, Key
from tests.oracle.days import before, day_of, end_of
from tests.oracle.leadership_day import Leadership
from tests.oracle.leadership_measures import weight
from tests.oracle.people import of_type, order
from tests.oracle.samples import samples_on
from tests.oracle.values import Values

STEPS = ("arrived", "second_day", "sustained", "core")


def daily(known: Known, values: Values, first: date, last: date) -> list[Facts]:
    """All days from the first to the last."""
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    numbers = [samples_on(known, values, day) for day in days]
    acknowledged = {step: acknowledgements(known, step, days, numbers) for step in STEPS}
    return [
        facts(Day(known, values, day), numbers[place], {step: acknowledged[step][place] for step in STEPS})
        for place, day in enumerate(days)
    ]


@dataclass(frozen=True)
class Numbers:
    """The numbers of a day as conditions go by them; None is not defined."""

    day: date
    found: Mapping[Key, float]

    def number(self, family: str, **labels: object) -> float | None:
        """As it is."""
        return self.found.get((f"tenfold_{family}", frozenset((name, str(one)) for name, one in labels.items())))

    def whole(self, family: str, **labels: object) -> int | None:
        """A count."""
        found = self.number(family, **labels)
        return None if found is None else int(found)

    def share(self, family: str) -> Fraction | None:
        """A ratio of small numbers."""
        found = self.number(family)
        return None if found is None else Fraction(found).limit_denominator(10**6)

    def state(self, family: str, label: str, **labels: object) -> str | None:
        """The state that holds."""
        held = [
            dict(theirs)[label]
            for (name, theirs), value in self.found.items()
            if name == f"tenfold_{family}" and value == 1 and set(labels.items()) <= theirs
        ]
        return held[0] if held else None

    def age(self, family: str, **labels: object) -> int | None:
        """Days since a moment."""
        found = self.number(family, **labels)
        return None if found is None else (self.day - day_of(datetime.fromtimestamp(found, UTC))).days


def facts(day: Day, told_of: Mapping[Key, float], acknowledged: Mapping[str, bool]) -> Facts:
    """One day."""
    values, numbers = day.values, Numbers(day.day, told_of)
    path = numbers.number("growth_path_ratio")
    goal = goals.goal(day.known.events, day.day)
    return Facts(
        growth=numbers.state("growth_verdict", "verdict"),
        goal_age=None if goal is None else (day.day - goal.baseline_on).days,
        path=None if path is None else Fraction(path),
        kept=kept(day),
        leadership=numbers.state("leadership_verdict", "verdict"),
        leader_age=leader_age(day, numbers.age("last_new_leader_timestamp_seconds")),
        active=numbers.whole("active_contributors", window_days=values.headline),
        lapsing=numbers.whole("lapsing_contributors", window_days=values.headline),
        covered=covered(numbers, values),
        runway=numbers.state("risk", "state", risk="coordinator_runway"),
        coverage=numbers.share("mentoring_coverage_ratio"),
        mentoring_newcomers=len(activity.newcomers(day.work, day.day, values.newcomer_days)),
        mentorships=numbers.whole("mentorships_active"),
        load=numbers.whole("mentor_load_max"),
        most_load=values.most_load,
        unanswered=numbers.whole("newcomers_unanswered"),
        newcomers=numbers.whole("newcomers", window_days=values.headline),
        gaps={step: (numbers.whole("pathway_gap", step=step), acknowledged[step]) for step in STEPS},
        report_age=numbers.age("last_engagement_timestamp_seconds", kind="report"),
        meeting_age=numbers.age("last_engagement_timestamp_seconds", kind="meeting"),
        report_cadence=values.engagement_days.get("report"),
        meeting_cadence=values.engagement_days.get("meeting"),
        cross_team=numbers.whole("cross_team_contributors"),
        teams_of_five=teams_of_five(day),
        weeks=weekly_newcomers(day),
        late_sources=frozenset(sources.not_checked(day.known.events, day.day, values)),
        scopes=scopes(day),
        told=tuple(told(day)),
        unread=sources.unread(day.known, values, day.day),
    )


def kept(day: Day) -> tuple[int, int] | None:
    """`|active(D) ∩ active(D−W)|` and `|active(D−W)|`, in the headline window."""
    if "contributions" in sources.unread(day.known, day.values, day.day):
        return None
    window, least = day.values.headline, day.values.min_contributions
    then = activity.active(day.days, before(day.day, window), window, least)
    return (len(then & day.active), len(then)) if then else None


def leader_age(day: Day, last: int | None) -> int | None:
    """Days since the last new leader, or else the first role event."""
    began = day.known.roles.began
    if last is None and began is not None and began <= day.day:
        return (day.day - began).days
    return last


def covered(numbers: Numbers, values: Values) -> tuple[int, int] | None:
    """Covered scopes, and all that are not inherited."""
    strengths = ("covered", "thin", "vacant")
    counts = [numbers.whole("scopes", seats=values.judge_by, strength=one) for one in strengths]
    known = [one for one in counts if one is not None]
    total = sum(known)
    return (known[0], total) if len(known) == len(strengths) and total else None


def teams_of_five(day: Day) -> int:
    """Teams of 5 active people or more."""
    found = 0
    for team in {one.team for one in day.work if one.team is not None}:
        theirs = activity.active_days([one for one in day.work if one.team == team])
        found += len(activity.active(theirs, day.day, day.values.headline, day.values.min_contributions)) >= 5
    return found


def weekly_newcomers(day: Day) -> list[int]:
    """Newcomers of each closed week, from the first that lies wholly on or after the first contribution."""
    monday = growth.first_week(day.work)
    found: list[int] = []
    while monday is not None and monday + timedelta(days=6) <= day.day:
        sunday = monday + timedelta(days=6)
        found.append(len(activity.newcomers([one for one in day.work if one.day <= sunday], sunday, 7)))
        monday += timedelta(days=7)
    return found


def scopes(day: Day) -> dict[str, Scope]:
    """The scopes that are judged, with what they hold of leadership and what a team of their name does."""
    if day.known.roles.began is None or day.day < day.known.roles.began:
        return {}
    picture = Leadership(day.known, day.values, day.day).judged
    weighed = {
        scope: weight(scope, day.values)
        for scope, people in picture.leaders.items()
        if people != picture.leaders_above(scope)
    }
    total = sum(weighed.values(), Fraction(0))
    return {
        scope: Scope(
            strength == "vacant",
            strength == "inherited" or bool(picture.leaders.get(scope)),
            weighed.get(scope, Fraction(0)) / total if total else Fraction(0),
            team_share(day, scope),
        )
        for scope, strength in picture.strengths.items()
    }


def team_share(day: Day, team: str) -> Fraction:
    """A team's share of the volume: of the person-days of active people, those with active work in the team."""
    theirs = {
        (one.person, one.day, one.team == team)
        for one in activity.within(day.work, day.day, day.values.headline)
        if one.active and one.person in day.active
    }
    every = {(person, when) for person, when, _ in theirs}
    return Fraction(len([one for one in theirs if one[2]]), len(every)) if every else Fraction(0)


def told(day: Day) -> Iterator[tuple[int, int]]:
    """What was published on the day of the active people of a day before, and how many are known now."""
    every: list[Any] = of_type(day.known.events, "day.published")
    window, least = day.values.headline, day.values.min_contributions
    for closed in {event.data.day for event in every}:
        first = min((event for event in every if event.data.day == closed), key=order)
        if day_of(first.time) != day.day or not first.time < end_of(day.day):
            continue
        for one in first.data.samples:
            if one.name == "tenfold_active_contributors" and dict(one.labels).get("window_days") == str(window):
                yield int(one.value), len(activity.active(day.days, closed, window, least))


def acknowledgements(
    known: Known, step: str, days: Sequence[date], numbers: Sequence[Mapping[Key, float]]
) -> list[bool]:
    """Whether an action about the gap was recorded since it opened: it is open while every day shows one."""
    acted = {
        day_of(event.time)
        for event in of_type(known.events, "action.recorded")
        if event.data.about == f"pathway:{step}"
    }
    found, done = list[bool](), False
    for day, samples in zip(days, numbers, strict=True):
        shows = samples.get(("tenfold_pathway_gap", frozenset({("step", step)}))) == 1
        done = shows and (done or day in acted)
        found.append(done)
    return found
