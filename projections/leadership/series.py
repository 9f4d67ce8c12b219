"""The families about leadership: what each means, and its values on every day.

Source: docs/definitions.md, "Leadership".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from projections.leadership.grid import Seats
from projections.leadership.measures import SAME_SHARE
from projections.leadership.numbers import Belonging, Judged
from projections.leadership.renewal import Renewal, renewal
from projections.leadership.state import Grids, Presence
from projections.leadership.verdict import VERDICTS, Yearly, verdicts
from projections.people.index import FOREVER
from projections.policy.policy import CommunityPolicy
from projections.seats.leading import leading
from projections.seats.roster import Roster
from projections.timeline.history import Series, Values, series, share_of
from projections.timeline.ranges import Ints


@dataclass(frozen=True, slots=True)
class LeadershipContext:
    """What leadership is held against, by day: activity of the community, and where its growth is counted from.

    Attributes:
        first_day: day number of the first value.
        active: active people of the headline window, NaN where not defined.
        volunteers: share of volunteers among the active, and of known basis.
        since: the day number from which spread is counted, by day.
    """

    first_day: int
    active: Values
    volunteers: Values
    basis_known: Values
    since: Ints

    @property
    def days(self) -> Ints:
        """The day numbers."""
        return self.first_day + np.arange(len(self.active))


@dataclass(frozen=True, slots=True)
class LeadershipInputs:
    """Everything that leadership's families are made of."""

    roster: Roster
    presence: Presence
    grids: Grids
    belonging: Belonging
    mentored: Mapping[str, float]
    mentoring_since: int


@dataclass(frozen=True, slots=True, eq=False)
class SeatsEvaluation:
    """What depends on seats alone, by column of the grids: costly, and worth keeping while nothing of it changes.

    It equals itself alone, so that what is made of it may be kept for as long.
    """

    days: Ints
    judged: Judged
    series: Mapping[Series, Values]


@dataclass(frozen=True, slots=True)
class LeadershipEvaluation:
    """Everything about seats as of the last sweep."""

    told: LeadershipInputs
    seen: SeatsEvaluation


def seen(told: LeadershipInputs, policy: CommunityPolicy) -> SeatsEvaluation:
    """Judge nominal and active seats on every day on which anything changes."""
    grids = told.grids
    kinds = {"nominal": (grids.nominal, grids.judged), "active": (grids.active, grids.judged_active)}
    found: dict[str, Judged] = {}
    by_column: dict[Series, Values] = {}
    for kind, (seats, judged) in kinds.items():
        one = found[kind] = Judged.of(seats, grids.nominal, grids.scopes, judged, grids.pairs)
        by_column |= dict(one.series(kind, grids.pairs, seats.leads)) | dict(_affiliated(kind, one, told, policy))
    by = found[policy.judge_by]
    by_column |= dict(by.exposure(grids.pairs.persons)) | dict(_observed(told))
    by_column |= dict(_exposed(by, kinds[policy.judge_by][0], told, policy))
    return SeatsEvaluation(grids.days, by, by_column)


def leadership_series(
    told: LeadershipInputs, known: SeatsEvaluation, around: LeadershipContext, policy: CommunityPolicy
) -> Iterator[tuple[Series, Values]]:
    """All families of leadership on every day."""
    column = np.searchsorted(known.days, around.days, side="right") - 1
    yield from ((key, values[column]) for key, values in known.series.items())
    yield from _against(known.judged, column, around)
    yield from _volunteers(known.judged, column, told.belonging, around, policy)
    yield from _renewal_series(told, around, policy)


def _observed(told: LeadershipInputs) -> Iterator[tuple[Series, Values]]:
    grids = told.grids
    anybody = grids.pairs.by_person(grids.nominal.holds) > 0
    yield series("core_contributors_by_role"), anybody.sum(axis=0).astype(np.float64)
    yield series("leadership_observed_ratio"), share_of(grids.nominal.observed, grids.nominal.count)
    days = told.presence.first_days
    first = np.array([days.get(at, FOREVER) for at in range(grids.pairs.persons)], np.int64)
    leads = grids.pairs.by_person(grids.nominal.leads) > 0
    yield series("leaders_without_known_work"), (leads & (first[:, None] > grids.days)).sum(axis=0).astype(np.float64)


def _affiliated(
    kind: str, judged: Judged, told: LeadershipInputs, policy: CommunityPolicy
) -> Iterator[tuple[Series, Values]]:
    if not told.belonging.ever:
        return
    for basis, values in judged.by_basis(told.belonging).items():
        yield series("leadership_share_ratio", seats=kind, basis=basis), values
    elephant = np.full(len(told.grids.days), np.nan)
    for day in np.flatnonzero(judged.known(told.belonging) >= policy.affiliation_known_min - SAME_SHARE):
        elephant[day] = judged.organisations(told.belonging, int(day))[0]
    yield series("leadership_elephant_factor", seats=kind), elephant


def _exposed(
    judged: Judged, seats: Seats, told: LeadershipInputs, policy: CommunityPolicy
) -> Iterator[tuple[Series, Values]]:
    if not told.belonging.ever:
        return
    mass, scopes = np.full((2, len(told.grids.days)), np.nan)
    for day in np.flatnonzero(judged.known(told.belonging) >= policy.affiliation_known_min - SAME_SHARE):
        mass[day] = judged.organisations(told.belonging, int(day))[1]
        scopes[day] = judged.scopes_with_organisation(
            seats, told.belonging, told.grids.scopes, told.grids.pairs, int(day)
        )
    yield series("departure_exposure_ratio", unit="organisation", of="leadership"), mass
    yield series("departure_exposure_ratio", unit="organisation", of="scopes"), scopes


def _against(judged: Judged, column: Ints, around: LeadershipContext) -> Iterator[tuple[Series, Values]]:
    effective = judged.distribution.effective[column]
    yearly = Yearly.of(effective, judged.ratio[column], judged.at_risk[column], judged.seats[column])
    held = verdicts(yearly)
    for verdict in VERDICTS:
        yield series("leadership_verdict", verdict=verdict), np.array([float(one == verdict) for one in held])
    yield series("contributors_per_effective_leader"), around.active / effective
    at = around.since - around.first_day
    past = (at >= 0) & (around.since <= around.days)
    then = np.where(past, at, 0)
    leaders_then = np.where(past, effective[then], np.nan)
    grown = share_of(around.active, np.where(past, around.active[then], np.nan))
    yield series("leadership_spread_ratio"), share_of(effective / leaders_then, grown)


def _volunteers(
    judged: Judged, column: Ints, belonging: Belonging, around: LeadershipContext, policy: CommunityPolicy
) -> Iterator[tuple[Series, Values]]:
    if belonging.ever:
        shares = {basis: values[column] for basis, values in judged.by_basis(belonging).items()}
        known = np.minimum(1 - shares["unknown"], around.basis_known) >= policy.affiliation_known_min - SAME_SHARE
        found = share_of(shares["volunteer"], around.volunteers)
        yield series("volunteer_representation_ratio"), np.where(known, found, np.nan)


def _renewal_series(
    told: LeadershipInputs, around: LeadershipContext, policy: CommunityPolicy
) -> Iterator[tuple[Series, Values]]:
    spans = leading(one for one in told.roster.seats if one.role in policy.leadership_roles)
    first = {told.roster.persons[at]: moment for at, moment in told.presence.first.items()}
    covered = (around.first_day, len(around.active))
    found: Renewal = renewal(spans, first, told.mentored, covered, policy.renewal_days)
    yield series("new_leaders"), found.new.astype(np.float64)
    yield series("left_leaders"), found.left.astype(np.float64)
    yield series("renewal_balance_leaders"), (found.new - found.left).astype(np.float64)
    yield series("last_new_leader_timestamp_seconds"), found.last_new
    yield series("leader_tenure_median_seconds"), found.tenure
    yield series("new_leaders_contributed_ratio"), share_of(found.contributed, found.new)
    mentored = np.where(around.days >= told.mentoring_since, share_of(found.mentored, found.new), np.nan)
    yield series("new_leaders_mentored_ratio"), mentored
