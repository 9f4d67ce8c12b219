"""The families about sources: how far each was read, and when it last said something.

Source: docs/definitions.md, "Source checks"; docs/metrics.md.
"""

from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import PUBLIC_DAY, Denominator, Precision, share
from projections.metrics.rests_on import words
from projections.metrics.unit import Unit

READ = Label("of", ("contributions", "roles"), "`contributions`, and all that rests on them; `roles`")
SOURCE = Label("source", words="the first 100 sources that were heard of, then `other`")

FRESHNESS_FAMILIES: tuple[Family, ...] = (
    Family(
        "known_through_timestamp_seconds",
        "Last day known",
        "The newest day of which it is known what people did, and who holds which role: no source that holds a tenth "
        "of it was overdue. What rests on either is absent on later days.",
        group=Group.SOURCES,
        unit=Unit.MOMENT,
        labels=(READ,),
        rests_on=words,
        privacy=PUBLIC_DAY,
    ),
    Family(
        "source_checked_timestamp_seconds",
        "Read through",
        "Up to when the source was read.",
        group=Group.SOURCES,
        unit=Unit.MOMENT,
        labels=(SOURCE,),
        rests_on=words,
        privacy=PUBLIC_DAY,
    ),
    Family(
        "source_last_event_timestamp_seconds",
        "Last event",
        "Newest time of an event of the source.",
        group=Group.SOURCES,
        unit=Unit.MOMENT,
        labels=(SOURCE,),
        rests_on=words,
        privacy=share(Denominator.LAST_EVENT, Precision.DAY),
    ),
)
