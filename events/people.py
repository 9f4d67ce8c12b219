"""People: which identities are one person, what they are called, and who pays them.

These hold for all of history in their own community alone; their ``time`` only orders them.
"""

from typing import ClassVar, Literal

from events.envelope import EARLIEST_TIME, Data, ObservedDay, PersonalEvent, Text
from events.identity import Identity

Basis = Literal["paid", "volunteer", "both", "unknown"]
"""Why somebody contributes."""


class PersonEvent(PersonalEvent):
    """What is known of the person behind an identity."""

    topic: ClassVar[str] = "people"


class Link(Data):
    """The identity that stands for the person."""

    person: Identity


class NoData(Data):
    """Nothing: the type and the subject say it all."""


class PersonLinked(PersonEvent):
    """The subject is this person."""

    type: Literal["tenfold.person.linked.v1"] = "tenfold.person.linked.v1"
    data: Link


class PersonUnlinked(PersonEvent):
    """The subject stands for itself again."""

    type: Literal["tenfold.person.unlinked.v1"] = "tenfold.person.unlinked.v1"
    data: NoData = NoData()


class Affiliation(Data):
    """Whom somebody works for, and whether for money, from a day on."""

    organisation: Text
    basis: Basis
    since: ObservedDay


class PersonAffiliated(PersonEvent):
    """The subject belongs to an organisation; the past keeps the affiliation that it had."""

    type: Literal["tenfold.person.affiliated.v1"] = "tenfold.person.affiliated.v1"
    data: Affiliation


class Classification(Data):
    """Whether an identity is a machine, and why; ``agent`` is an AI agent's reason."""

    bot: bool
    reason: Text


class PersonClassified(PersonEvent):
    """The subject is a bot, or is none whatever the patterns say."""

    type: Literal["tenfold.person.classified.v1"] = "tenfold.person.classified.v1"
    data: Classification


def classified(community: str, source: str, identity: str, reason: str) -> PersonClassified:
    """What a source can tell of a machine: as old as can be, so that whatever anybody says overrides it."""
    return PersonClassified(
        id=f"classified/{identity}/{reason}",
        source=source,
        time=EARLIEST_TIME,
        subject=identity,
        community=community,
        data=Classification(bot=True, reason=reason),
    )


class Naming(Data):
    """What somebody is called."""

    name: Text


class PersonNamed(PersonEvent):
    """The subject bears this name; names are shown, never matched."""

    type: Literal["tenfold.person.named.v1"] = "tenfold.person.named.v1"
    data: Naming


class OptOut(Data):
    """What somebody does not want to be considered for, e.g. ``leadership``."""

    purpose: Text


class PersonOptedOut(PersonEvent):
    """The subject is kept out of lists made for a purpose."""

    type: Literal["tenfold.person.opted_out.v1"] = "tenfold.person.opted_out.v1"
    data: OptOut


class PersonErased(PersonEvent):
    """The subject asked to be forgotten."""

    type: Literal["tenfold.person.erased.v1"] = "tenfold.person.erased.v1"
    data: NoData = NoData()


PeopleEvent = (
    PersonLinked | PersonUnlinked | PersonAffiliated | PersonClassified | PersonNamed | PersonOptedOut | PersonErased
)
