"""Facts that are taken in: those written by a version with wider bounds may say what no bound allows today.

Such facts stay in the table, and are counted in nothing.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from events.bounds import dates_of, is_within
from events.published import MAX_VALUE, SERVER
from projections.community.change import Change
from projections.facts.fact import PUBLISHED, Fact

logger = logging.getLogger(__name__)


def believed(change: Change, community: str, now: datetime) -> Change:
    """What is new without what cannot be true; that is told.

    Args:
        change: as read from the facts.
        community: its name.
        now: nothing can have been seen a day after it.
    """
    kept = [fact for fact in change.facts if is_believed(fact, now)]
    if len(kept) == len(change.facts):
        return change
    left_out = Counter(fact.type for fact in change.facts) - Counter(fact.type for fact in kept)
    logger.warning("Left out facts that cannot be true community=%s facts=%s", community, dict(left_out))
    return replace(change, facts=kept)


def is_believed(fact: Fact, now: datetime) -> bool:
    """Whether a fact keeps to the bounds that events have today, and, of what was published, whether we said it."""
    try:
        dates = all(is_within(moment, when, now) for moment, when in dates_of(fact.type, fact.data))
    except (ValueError, OverflowError):  # no calendar has that day
        return False
    return dates and is_sane(fact.data) and (fact.type != PUBLISHED or fact.source == SERVER)


def is_sane(value: object) -> bool:
    """Whether a value of an event's data is no number beyond all bounds, nor holds one by name."""
    match value:
        case int() | float():
            return abs(value) <= MAX_VALUE
        case Mapping():
            return all(map(is_sane, value.values()))
        case _:
            return True
