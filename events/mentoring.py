"""Mentoring: the subject is the mentee, ``data.mentor`` the mentor."""

from typing import ClassVar, Literal

from events.envelope import Data, PersonalEvent
from events.identity import Identity

MENTORING_TOPIC = "mentoring"

MentoringOutcome = Literal["completed", "dropped", "handed_over"]
"""How a mentorship ends."""


class Mentoring(Data):
    """Who mentors."""

    mentor: Identity


class MentoringStarted(PersonalEvent):
    """A mentorship begins."""

    topic: ClassVar[str] = MENTORING_TOPIC
    type: Literal["tenfold.mentoring.started.v1"] = "tenfold.mentoring.started.v1"
    data: Mentoring


class MentoringMet(PersonalEvent):
    """The two worked together; outside of a mentorship it opens one."""

    topic: ClassVar[str] = MENTORING_TOPIC
    type: Literal["tenfold.mentoring.met.v1"] = "tenfold.mentoring.met.v1"
    data: Mentoring


class MentoringEnd(Mentoring):
    """Who mentored, and how it ended."""

    outcome: MentoringOutcome


class MentoringEnded(PersonalEvent):
    """A mentorship is over."""

    topic: ClassVar[str] = MENTORING_TOPIC
    type: Literal["tenfold.mentoring.ended.v1"] = "tenfold.mentoring.ended.v1"
    data: MentoringEnd


MentoringEvent = MentoringStarted | MentoringMet | MentoringEnded
