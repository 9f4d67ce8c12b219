"""Whose word counts for what: a source speaks of its own, a person by hand of any, the server of closed days.

What a person says by hand outranks what sources say, and may take back what any source said. So it travels in a
topic of its own (`topics.topic_of`): a broker with access control lets sources write to every other one, and nobody
else's `actor` counts. Nothing here tells who wrote a record: a source that may write to a topic can bear another
one's name there, and where the broker lets everybody write everywhere, anybody can speak by hand.
"""

from events.checks import SourceChecked, SourceDated, SourceRetired
from events.contributions import ContributionRetracted, SourceWithdrawn
from events.envelope import Event
from events.errors import Reason, Rejected
from events.published import SERVER, DayPublished


def check(event: Event) -> None:
    """Pass what its source, or a person by hand, may say.

    Raises:
        Rejected: it speaks for another source.
    """
    match event:
        case DayPublished():
            if event.source != SERVER or event.actor is not None:
                raise Rejected(Reason.NOT_ITS_OWN, "days are published by the server")
        case SourceWithdrawn() | SourceChecked() | SourceDated() | SourceRetired():
            _check_own(event, event.data.source)
        case ContributionRetracted():
            _check_own(event, event.data.retracts.source)


def _check_own(event: Event, source: str) -> None:
    if event.actor is None and event.source != source:
        raise Rejected(Reason.NOT_ITS_OWN, "it speaks of another source")
