"""The families about communication and impact: what each means, and its values on every day.

Source: docs/definitions.md, "Other communities, communication, impact"; and "Milestones, success, risks", Practices.
"""

from typing import get_args

from events.community import PracticeName
from projections.communication.drilldown import at_work, engaged, in_slots, written_down
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import BASIS, Label
from projections.metrics.privacy import PUBLIC, PUBLIC_DAY, Denominator, Precision, Sum, count_in, share
from projections.metrics.rests_on import words
from projections.metrics.unit import Unit

ENGAGEMENT = Label("kind", words="of engagements: those with a cadence in the policy, and `other`")

KIND_OF_WORK = Label("kind", words="of work: `commit`, `review`, …")

COMMUNICATION_FAMILIES: tuple[Family, ...] = (
    Family(
        "last_engagement_timestamp_seconds",
        "Last held",
        "When an engagement of this kind (a report, a meeting, a check-in …) was last held; kinds for which the policy "
        "has no cadence are `other`.",
        group=Group.COMMUNICATION,
        unit=Unit.MOMENT,
        labels=(ENGAGEMENT,),
        rests_on=words,
        privacy=PUBLIC_DAY,
        drilldown=engaged,
    ),
    Family(
        "engagement_slots_filled",
        "Of the last 4 slots filled",
        "How many of the last 4 slots have an engagement of this kind in them; a slot lasts one cadence, the newest "
        "ends with the day.",
        group=Group.COMMUNICATION,
        labels=(ENGAGEMENT,),
        rests_on=words,
        privacy=PUBLIC,
        drilldown=in_slots,
    ),
    Family(
        "practice_documented_timestamp_seconds",
        "Documented",
        "When a practice was last documented.",
        group=Group.COMMUNICATION,
        unit=Unit.MOMENT,
        labels=(Label("practice", get_args(PracticeName)),),
        rests_on=words,
        privacy=PUBLIC_DAY,
        drilldown=written_down,
    ),
    Family(
        "work_share_ratio",
        "Share of the work",
        "Share of the person-days of a kind of active work in the headline window, by basis of the person on the "
        "work's own day.",
        group=Group.IMPACT,
        unit=Unit.SHARE,
        labels=(BASIS, KIND_OF_WORK),
        privacy=share(Denominator.KIND_OF_WORK, Precision.PER_CENT),
        drilldown=at_work,
    ),
    Family(
        "work_share_people",
        "People who did it",
        "How many people that share is of: those with work of the kind in the headline window.",
        group=Group.IMPACT,
        unit=Unit.PEOPLE,
        labels=(KIND_OF_WORK,),
        privacy=count_in(Sum.KINDS),
        drilldown=at_work,
    ),
)
