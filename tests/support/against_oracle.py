"""Ours beside the oracle: the same events, the same policy, the same day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from events.envelope import Event
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History
from tests.oracle.contributions import know
from tests.oracle.day import Key, sample
from tests.oracle.samples import Question, begun, samples, samples_on
from tests.oracle.values import Ladder, Values

Drawn = tuple[list[Event], CommunityPolicy, date]
RELATIVE = 1e-9
SECONDS = 1e-3
CONDITIONS = "tenfold_condition"


def values_of(policy: CommunityPolicy) -> Values:
    """What the oracle needs of a policy."""
    cadences = {name: source.cadence_days for name, source in policy.sources.items()}
    return Values(
        windows=policy.windows_days,
        headline=policy.headline_window_days,
        min_contributions=policy.min_contributions,
        teams=policy.teams,
        teams_shown_max=policy.teams_shown_max,
        source_teams={name: source.team for name, source in policy.sources.items() if source.team is not None},
        levels=policy.levels,
        team_levels=policy.team_levels,
        bot_patterns=policy.bot_patterns,
        agent_patterns=policy.agent_patterns,
        aliases=policy.organisations.aliases,
        cadence_days={name: days for name, days in cadences.items() if days is not None},
        min_people=policy.min_people,
        known_share=Fraction(str(policy.affiliation_known_min)),
        bases=policy.organisations.basis,
        leadership_roles=policy.leadership_roles,
        owning_roles=policy.owning_roles,
        deputy_roles=policy.deputy_roles,
        observed_scopes=policy.observed_scopes,
        inheriting_sources=policy.inheriting_sources,
        collective_scopes=policy.collective_scopes,
        scope_weights=policy.scope_weights,
        judge_by=policy.judge_by,
        active_seat_days=policy.active_seat_days,
        renewal_days=policy.renewal_days,
        dormant_days=policy.mentoring.dormant_days,
        newcomer_days=policy.mentoring.newcomer_days,
        most_load=policy.mentoring.load_max,
        fewest_in_group=policy.mentoring.fewest_in_group,
        recruited_days=policy.mentoring.recruited_days,
        pathway_people=policy.pathway.fewest_people,
        pathway_floors={step: Fraction(str(floor)) for step, floor in policy.pathway.floors.items()},
        criteria={role: Ladder(**ladder.model_dump()) for role, ladder in policy.criteria.items()},
        cross_team_days=policy.collaboration.cross_team_days,
        main_team_days=policy.collaboration.main_team_days,
        relationship_dormant_days=policy.collaboration.dormant_days,
        engagement_days=policy.communication.cadence_days,
        leaders_min=Fraction(str(policy.success.leaders_min)),
        active_per_leader=Fraction(str(policy.success.active_per_leader)),
        strength_min=Fraction(str(policy.success.strength_min)),
    )


def by_oracle(events: Iterable[Event], policy: CommunityPolicy, day: date) -> dict[Key, float]:
    """The oracle's numbers of a day."""
    return samples(events, values_of(policy), day)


def by_us(events: Sequence[Event], policy: CommunityPolicy, day: date) -> dict[Key, float]:
    """Our numbers of a day."""
    return of_day(fold(events, policy, day), day)


def of_day(history: History, day: date) -> dict[Key, float]:
    """A day of a history, as the oracle writes it."""
    return {(one.name, frozenset(one.labels.items())): one.value for one in history.on(day)}


def differences(ours: Mapping[Key, float], oracle: Mapping[Key, float]) -> list[str]:
    """Where the two do not agree; an absent number is not 0. Empty when all is well.

    Conditions rest on every day before, which would take the oracle minutes: tests of their own ask it for them.
    """
    return [
        f"{name}{dict(sorted(labels))}: ours {ours.get((name, labels))}, oracle {oracle.get((name, labels))}"
        for name, labels in sorted(ours.keys() | oracle.keys(), key=lambda key: (key[0], sorted(key[1])))
        if not name.startswith(CONDITIONS)
        if not agree(name, ours.get((name, labels)), oracle.get((name, labels)))
    ]


def agree(name: str, ours: float | None, oracle: float | None) -> bool:
    """Whether two values are one number, but for the last digits of floating point."""
    if ours is None or oracle is None:
        return ours is oracle
    allowed = SECONDS if name.endswith("_seconds") else RELATIVE * max(1.0, abs(oracle))
    return abs(ours - oracle) <= allowed


def unlike_on(days: Sequence[date], log: Sequence[Event], policy: CommunityPolicy) -> list[str]:
    """Where any number differs on some days. Empty when all is well."""
    known, history = know(log, values_of(policy)), fold(log, policy, max(days))
    return [
        f"{day}: {words}"
        for day in days
        for words in differences(of_day(history, day), samples_on(known, values_of(policy), day))
    ]


def unlike(
    drawn: Drawn, questions: Sequence[Question], back_days: Iterable[int], is_ours: Callable[[str], bool]
) -> list[str]:
    """Where some families differ on days around the one on which things happen. Empty when all is well.

    Args:
        drawn: Events, a policy, and that day.
        questions: The oracle's, about these families.
        back_days: How many days before it each day lies.
        is_ours: Whether a family, by its whole name, is one of them.
    """
    log, policy, pivot = drawn
    days, values = [pivot - timedelta(days=back) for back in back_days], values_of(policy)
    known, history = know(log, values), fold(log, policy, max(days))
    found = []
    for day in days:
        asked = [one for question in questions for one in question(known, values, day)] if begun(known, day) else []
        oracle = dict(sample(family, value, **labels) for family, value, labels in asked)
        ours = {key: value for key, value in of_day(history, day).items() if is_ours(key[0])}
        found += [f"{day}: {words}" for words in differences(ours, oracle)]
    return found
