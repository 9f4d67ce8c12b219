"""Facts that are taken in: those written by a version with wider bounds may say what no bound allows today.

Such facts, and those of a version that this program does not know yet, stay in the table, and are counted in nothing.
"""

import logging
from collections import Counter
from dataclasses import replace
from datetime import datetime

from events import authority, bounds
from events.catalog import AnyEvent
from events.errors import Rejected
from events.published import DayPublished
from projections.community.change import Change

logger = logging.getLogger(__name__)


def believed(change: Change, community: str, now: datetime) -> Change:
    """What is new without what cannot be true; that is told, with what was refused when it was read.

    Args:
        change: as read from the facts.
        community: its name.
        now: nothing can have been seen a day after it.
    """
    kept, left_out = [], Counter(change.refused)
    for event in change.facts:
        try:
            check(event, now)
            kept.append(event)
        except Rejected as rejected:
            left_out[f"{event.type} {rejected.reason}"] += 1
    if not left_out:
        return change
    logger.warning("Left out facts that cannot be counted community=%s facts=%s", community, dict(left_out))
    return replace(change, facts=kept)


def check(event: AnyEvent, now: datetime) -> None:
    """Make sure that a fact keeps to the bounds that events have today, and, of what was published, that we said it.

    Raises:
        Rejected: it does not.
    """
    bounds.check_data(event.data, now)
    if isinstance(event, DayPublished):
        authority.check(event)
