"""Every number of a day, by family: the definitions put together, and when each is absent."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from events.envelope import Event
from tests.oracle import (
    activity,
    agents,
    communication,
    goals,
    growth,
    leadership,
    leadership_criteria,
    mentoring,
    pathway,
    responses,
    sources,
    stage,
)
from tests.oracle import teams as across_teams
from tests.oracle.contributions import Known, Work, know
from tests.oracle.day import Day, Key, Sample, sample
from tests.oracle.days import before, day_of, end_of, start_of
from tests.oracle.people import of_type, order
from tests.oracle.unread import as_known
from tests.oracle.values import Values

TIMELESS = sources.TIMELESS

Question = Callable[[Known, Values, date], Iterator[tuple[str, Any, dict[str, str]]]]

QUESTIONS: Sequence[Question] = (
    agents.families,
    leadership.families,
    mentoring.families,
    responses.families,
    pathway.families,
    across_teams.families,
    communication.families,
    leadership_criteria.families,
    stage.families,
)


def samples(events: Iterable[Event], values: Values, as_of: date) -> dict[Key, float]:
    """Every number of one community on a day; what is not defined is not there.

    Returns:
        Family with its `tenfold_` prefix, and its labels beside `community` → value.
    """
    return samples_on(know(events, values), values, as_of)


def samples_on(known: Known, values: Values, as_of: date) -> dict[Key, float]:
    """The same for who asks about many days."""
    if not begun(known, as_of):
        return {}
    day = Day(known, values, as_of)
    return dict(as_known(day, every_family(day)))


def every_family(day: Day) -> Iterator[Sample]:
    """All families, more or less in the order of the definitions."""
    yield from source_families(day)
    yield from excluded(day)
    yield from goal_families(day)
    if day.work:
        yield from counts(day)
        yield from corrections(day)
        yield from teams(day)
        yield from layers(day)
        yield from shares(day)
        yield from by_organisation(day)
        yield from growth_families(day)
    for question in QUESTIONS:
        for family, value, labels in question(day.known, day.values, day.day):
            yield sample(family, value, **labels)


def begun(known: Known, as_of: date) -> bool:
    """Nothing is known before the first event whose time says when something happened.

    The `time` of people events, retractions and source checks only orders them; what was published is no event of the
    community's.
    """
    return any(event.time < end_of(as_of) for event in known.events if not event.type.startswith(TIMELESS))


def counts(day: Day) -> Iterator[Sample]:
    """The families with `window_days` alone."""
    for window in day.values.windows:
        asked = (day.day, window, day.values.min_contributions)
        yield sample("active_contributors", len(activity.active(day.days, *asked)), window_days=window)
        yield sample("recurring_contributors", len(activity.recurring(day.days, *asked)), window_days=window)
        yield sample("new_contributors", len(activity.new(day.days, *asked)), window_days=window)
        yield sample("returned_contributors", len(activity.returned(day.days, *asked)), window_days=window)
        yield sample("lapsing_contributors", len(activity.lapsing(day.days, *asked)), window_days=window)
        yield sample("lapsed_contributors", len(activity.lapsed(day.days, *asked)), window_days=window)
        yield sample("newcomers", len(activity.newcomers(day.work, day.day, window)), window_days=window)
        yield sample("contributions", len(activity.within(day.work, day.day, window)), window_days=window)
        share = activity.retention(day.days, *asked)
        if share is not None:
            yield sample("retention_ratio", share, window_days=window)


def corrections(day: Day) -> Iterator[Sample]:
    """Against what was published when the start closed there is a fifth term, **corrections**."""
    for window in day.values.windows:
        start = before(day.day, window)
        then = published_active(day.known.events, start, day.day, window)
        if then is not None:
            now = len(activity.active(day.days, start, window, day.values.min_contributions))
            yield sample("growth_corrections", now - then, window_days=window)


def published_active(events: Iterable[Event], closed: date, as_of: date, window: int) -> float | None:
    """The active contributors of a day as published when it closed."""
    every: list[Any] = of_type(events, "day.published")
    first = min((e for e in every if e.data.day == closed and e.time < end_of(as_of)), key=order, default=None)
    for one in first.data.samples if first is not None else ():
        if one.name == "tenfold_active_contributors" and dict(one.labels).get("window_days") == str(window):
            return float(one.value)
    return None


def excluded(day: Day) -> Iterator[Sample]:
    """**excluded contributions** of any level in the headline window."""
    if not (day.work or any(one.day <= day.day for one in day.known.excluded)):
        return
    first = before(day.day, day.values.headline - 1)
    for reason in ("bot", "agent"):
        theirs = [one for one in day.known.excluded if one.reason == reason and first <= one.day <= day.day]
        yield sample("excluded_contributions", len(theirs), reason=reason)


def teams(day: Day) -> Iterator[Sample]:
    """Active contributors by team: those that the policy lists, others fall into `other`."""
    by_team: dict[str, list[Work]] = {}
    by_name = named_teams(day)
    for one in day.work:
        if one.team is not None:
            by_team.setdefault(one.team if one.team in by_name else "other", []).append(one)
    for team, work in by_team.items():
        theirs = activity.active_days(work)
        for window in day.values.windows:
            people = activity.active(theirs, day.day, window, day.values.min_contributions)
            yield sample("team_active_contributors", len(people), team=team, window_days=window)


def named_teams(day: Day) -> set[str]:
    """Those that the policy lists, or, where it lists none, as many as there may be, those first that came first."""
    if day.values.teams:
        return set(day.values.teams)
    came: dict[str, Any] = {}
    for event in day.known.standing:
        if event.team is not None:
            came[event.team] = min(came.get(event.team, day_of(event.time)), day_of(event.time))
    return set(sorted(came, key=lambda team: (came[team], team))[: day.values.teams_shown_max])


def layers(day: Day) -> Iterator[Sample]:
    """The onion, the absence factor and one person's departure: absent below 5 active people."""
    sizes = activity.volumes(day.days, day.day, day.values).values()
    if len(sizes) < day.values.min_people:
        return
    for layer, people in activity.onion(sizes).items():
        yield sample(f"{layer}_contributors_by_volume", people)
    yield sample("contributor_absence_factor", activity.absence_factor(sizes))
    yield sample("departure_exposure_ratio", activity.exposure(sizes), unit="person", of="volume")


def shares(day: Day) -> Iterator[Sample]:
    """Shares of the active people."""
    share = activity.newcomer_share(day.days, day.day, day.values)
    if share is not None:
        yield sample("newcomer_share_ratio", share)
    if day.active and day.known.affiliations:
        known = activity.affiliation_known(day.active, day.known.affiliations, day.day)
        yield sample("affiliation_known_ratio", known)


def by_organisation(day: Day) -> Iterator[Sample]:
    """Where affiliation known is < 0.7, elephant factors and exposure by organisation are absent."""
    people, affiliations = day.active, day.known.affiliations
    if not affiliations or len(people) < day.values.min_people:
        return
    if activity.affiliation_known(people, affiliations, day.day) < day.values.known_share:
        return
    sizes = activity.organisation_volumes(day.days, people, affiliations, day.day, day.values).values()
    yield sample("elephant_factor", activity.absence_factor(sizes))
    yield sample("departure_exposure_ratio", activity.exposure(sizes), unit="organisation", of="volume")


def growth_families(day: Day) -> Iterator[Sample]:
    """Weekly and monthly contributors, change with its interval, and the verdict."""
    weeks = growth.weeks_of_people(day.work, day.day)
    if weeks:
        yield sample("weekly_contributors", len(weeks[-1]))
    if len(weeks) >= 4:
        yield sample("monthly_contributors", len(growth.month(weeks, len(weeks))))
    changes = growth.change(weeks, day.known.weeks)
    if changes:
        now = changes[-1]
        yield sample("growth_change_ratio", now.ratio)
        yield sample("growth_change_low_ratio", now.low)
        yield sample("growth_change_high_ratio", now.high)
    holds = growth.verdict(changes)
    for verdict in ("growing", "flat", "shrinking", "unclear", "unknown"):
        yield sample("growth_verdict", verdict == holds, verdict=verdict)


def goal_families(day: Day) -> Iterator[Sample]:
    """The goal, and the way to it."""
    aim = goals.goal(day.known.events, day.day)
    if aim is None:
        return
    yield sample("goal_baseline_contributors", aim.baseline)
    yield sample("goal_due_timestamp_seconds", start_of(aim.due_on).timestamp())
    line = goals.target(aim, day.day)
    if line is not None:
        yield sample("goal_target_contributors", line)
    if not day.work:
        return
    same = activity.active_days(goals.of_sources(day.work, aim))
    counted = activity.active(same, day.day, day.values.headline, day.values.min_contributions)
    yield sample("growth_ratio", len(counted) / aim.baseline, coverage="same_sources")
    yield sample("growth_ratio", len(day.active) / aim.baseline, coverage="all")
    if line is not None:
        yield sample("growth_path_ratio", len(day.active) / line)
    for end, when in zip(("earliest", "latest"), goals.eta(day.days, aim, day.day, day.values), strict=True):
        if when is not None:
            yield sample(f"goal_eta_{end}_timestamp_seconds", start_of(when).timestamp())


def source_families(day: Day) -> Iterator[Sample]:
    """How far each source was read, and its newest event."""
    for what in ("contributions", "roles"):
        through = sources.known_through(day.known, day.values, day.day, what)
        if through is not None:
            yield sample("known_through_timestamp_seconds", start_of(through).timestamp(), of=what)
    label = sources.labels(day.known.events)
    read, seen = sources.through(day.known.events, day.day), sources.last_events(day.known.events, day.day)
    for source in {label[source] for source in read}:
        theirs = [moment for name, moment in read.items() if label[name] == source]
        yield sample("source_checked_timestamp_seconds", min(theirs).timestamp(), source=source)
    for source in {label[source] for source in seen}:
        theirs = [moment for name, moment in seen.items() if label[name] == source]
        yield sample("source_last_event_timestamp_seconds", max(theirs).timestamp(), source=source)
