"""Up to which day something is known, as the numbers themselves say it.

Source: docs/definitions.md, "Covered days".
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np

from projections.community.covered import Read
from projections.metrics.family import Family
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import SECONDS_A_DAY, date_of
from projections.timeline.history import History, series

KINDS: Final[Mapping[Read, str]] = {Read.CONTRIBUTIONS: "contributions", Read.ROLES: "roles"}
"""What is read of others, and the label of the number that says how far."""


def known_through(history: History, day: date, read: Read) -> date:
    """The newest day up to one on which all of this was known; that day itself where nothing was ever told of it."""
    told = (history.value(series("known_through_timestamp_seconds", of=KINDS[one]), day) for one in read)
    return min((date_of(int(moment // SECONDS_A_DAY)) for moment in told if not np.isnan(moment)), default=day)


def unread(history: History, day: date) -> Read:
    """What nobody read of a day."""
    found = Read.NOTHING
    for one in KINDS:
        if known_through(history, day, one) < day:
            found |= one
    return found


def is_unread(history: History, day: date, family: Family, labels: Mapping[str, str], policy: CommunityPolicy) -> Read:
    """What nobody read of a day, of what a number rests on."""
    return family.rests_on(labels, policy) & unread(history, day)
