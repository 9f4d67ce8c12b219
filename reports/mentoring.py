"""Whether newcomers who are mentored stay: both groups side by side, and the interval of the difference.

Source: docs/definitions.md, "Mentoring", Outcome.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from projections.mentoring.counts import JUDGED
from projections.timeline.history import History, series
from projections.timeline.intervals import of_difference

CAPTION = "An association: who is mentored may differ from others in much else."


@dataclass(frozen=True, slots=True)
class Group:
    """How many came, and the share of them who stayed (0 to 1); None where they are too few."""

    people: int
    stayed: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Those who came on these days, both included, mentored within 14 days or not.

    Attributes:
        difference: of the shares, mentored less others; None, as its ends, where either share is.
        low: lower end of the 95 % interval of the difference.
        high: its upper end.
    """

    first_day: date
    last_day: date
    mentored: Group
    others: Group
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    caption: str = CAPTION


def outcome_on(history: History, as_of: date) -> Outcome | None:
    """The outcome of a day; None before the first event of mentoring."""
    mentored, others = (group(history, as_of, one) for one in ("yes", "no"))
    if mentored is None or others is None:
        return None
    latest, earliest = (as_of - timedelta(days=days) for days in JUDGED)
    if mentored.stayed is None or others.stayed is None:
        return Outcome(earliest, latest, mentored, others)
    shares = (np.array([value], float) for one in (mentored, others) for value in (one.stayed, one.people))
    low, high = of_difference(*shares)
    return Outcome(earliest, latest, mentored, others, mentored.stayed - others.stayed, float(low[0]), float(high[0]))


def group(history: History, as_of: date, mentored: str) -> Group | None:
    """One of the two groups; None before the first event of mentoring."""
    people = history.value(series("newcomer_retention_people", mentored=mentored), as_of)
    share = history.value(series("newcomer_retention_ratio", mentored=mentored), as_of)
    return None if np.isnan(people) else Group(int(people), None if np.isnan(share) else share)
