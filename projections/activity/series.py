"""The series about activity: their values on every day, from counts and facts.

Source: docs/definitions.md, "People" and "Activity".
"""

from collections.abc import Iterator, Mapping

import numpy as np

from projections.activity.counts import ActivityCounts
from projections.activity.measures import Onion, onion, smallest_half
from projections.community.published import Published
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import end_of
from projections.timeline.history import Series, Values, earlier, series, share_of
from projections.timeline.ranges import Flags, Ints


def activity_series(counts: ActivityCounts, policy: CommunityPolicy) -> Iterator[tuple[Series, Values]]:
    """All activity series; those about organisations only where an affiliation was ever recorded."""
    present = counts.present
    for window in counts.windows.days:
        yield from _window_series(counts, window, present)
    yield from _team_series(counts)
    yield from _excluded_series(counts)
    active = counts.days.counts(("active", counts.windows.headline))
    yield series("newcomer_share_ratio"), share_of(counts.days.counts("active_first_year"), active)
    peeled = onion(counts.volume.counts())
    enough = active >= policy.min_people
    yield from _onion_series(peeled, enough)
    if counts.coverage.by_organisation:
        known = share_of(counts.days.counts(("active_of", "affiliated")), active)
        yield series("affiliation_known_ratio"), known
        yield from _organisation_series(counts, enough & (known >= policy.affiliation_known_min))


def _window_series(counts: ActivityCounts, window: int, present: Flags) -> Iterator[tuple[Series, Values]]:
    for name in ("active", "recurring", "new", "returned", "lapsed"):
        yield series(f"{name}_contributors", window_days=window), where(present, counts.days.counts((name, window)))
    for name in ("newcomers", "contributions"):
        yield series(name, window_days=window), where(present, counts.days.counts((name, window)))
    lapsing = counts.days.counts(("active", window)) - counts.days.counts(("staying", window))
    yield series("lapsing_contributors", window_days=window), where(present, lapsing)
    before = earlier(counts.days.counts(("active", window)), window)
    yield series("retention_ratio", window_days=window), share_of(counts.days.counts(("retained", window)), before)


def _team_series(counts: ActivityCounts) -> Iterator[tuple[Series, Values]]:
    for key in counts.days.keys:
        if isinstance(key, tuple) and key[0] == "team" and len(key) == 3:
            _, team, window = key
            present = counts.days.counts(("team", team)) > 0
            yield (
                series("team_active_contributors", team=team, window_days=window),
                where(present, counts.days.counts(key)),
            )


def _excluded_series(counts: ActivityCounts) -> Iterator[tuple[Series, Values]]:
    present = counts.days.counts("anything") > 0
    for reason in ("bot", "agent"):
        yield series("excluded_contributions", reason=reason), where(present, counts.days.counts(("excluded", reason)))


def _onion_series(peeled: Onion, enough: Flags) -> Iterator[tuple[Series, Values]]:
    for name in ("core", "regular", "casual"):
        yield series(f"{name}_contributors_by_volume"), where(enough, getattr(peeled, name))
    yield series("contributor_absence_factor"), where(enough, peeled.absence_factor)
    yield series("departure_exposure_ratio", unit="person", of="volume"), where(enough, peeled.top_share)


def _organisation_series(counts: ActivityCounts, enough: Flags) -> Iterator[tuple[Series, Values]]:
    elephant, exposure = np.full((2, counts.coverage.days), np.nan)
    together = [key for key in counts.days.keys if isinstance(key, tuple) and key[0] == "organisation"]
    by_organisation = np.array([counts.days.counts(key) for key in together]).reshape(
        len(together), counts.coverage.days
    )
    alone = counts.volume_alone.counts()
    for day in np.flatnonzero(enough):
        held = organisation_volumes(by_organisation[:, day], alone[day])
        elephant[day] = smallest_half(held)
        exposure[day] = held.max() / held.sum()
    yield series("elephant_factor"), elephant
    yield series("departure_exposure_ratio", unit="organisation", of="volume"), exposure


def organisation_volumes(by_organisation: Ints, alone: Ints) -> Ints:
    """The volume of every organisation of a day; `alone` counts the organisations of one by volume."""
    return np.concatenate((by_organisation, np.repeat(np.arange(len(alone)), alone)))


def where(present: Flags, values: Ints | Values) -> Values:
    """The values of the days on which they are defined, NaN on the others."""
    return np.where(present, values, np.nan)


def correction_series(counts: ActivityCounts, published: Mapping[int, Published]) -> Iterator[tuple[Series, Values]]:
    """`growth_corrections` on the days whose window began on a day (a day number) that was published by then."""
    present = counts.present
    for window in counts.windows.days:
        values = np.full(counts.coverage.days, np.nan)
        known = counts.days.counts(("active", window))
        for day, then in published.items():
            at = day - counts.coverage.first_day + window
            told = window in then.active and then.moment < end_of(day + window)
            if told and 0 <= at < counts.coverage.days and present[at]:
                values[at] = (known[at - window] if at >= window else 0) - then.active[window]
        yield series("growth_corrections", window_days=window), values
