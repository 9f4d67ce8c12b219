"""The record of a family: everything that is to be said of it but how it is worked out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from projections.metrics.drilldown import Drill, nobody
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import WITHHELD, Privacy
from projections.metrics.rests_on import RestsOn, contributions
from projections.metrics.unit import Unit
from projections.timeline.history import Labels

PREFIX = "tenfold_"
STATE_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DerivedFrom:
    """A family from whose numbers others are worked out.

    Attributes:
        family: its name.
        labels: those of the numbers of it that are meant; all where none are given.
        where: labels of the numbers that are worked out from it, where that is not all of their family.
    """

    family: str
    labels: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Family:
    """Numbers of one kind.

    Attributes:
        name: without the prefix.
        title: what people call it.
        help: what it means.
        group: the table that it stands in.
        unit: in what its values are.
        labels: beside `community`, alphabetically.
        privacy: what those may see who may see no person: nothing, until somebody says more.
        derived_from: what it is worked out from, where it counts nobody itself.
        rests_on: says what of others has to be read before a number of it is known: contributions, until it says
            otherwise.
        drilldown: finds who and what is behind a number of it.
    """

    name: str
    title: str
    help: str
    group: Group
    unit: Unit = Unit.COUNT
    labels: tuple[Label, ...] = ()
    privacy: Privacy = WITHHELD
    derived_from: tuple[DerivedFrom, ...] = ()
    rests_on: RestsOn = contributions
    drilldown: Drill = nobody

    @property
    def metric(self) -> str:
        """The whole name."""
        return PREFIX + self.name

    @property
    def label_names(self) -> tuple[str, ...]:
        """What its labels are called."""
        return tuple(label.name for label in self.labels)

    def has(self, labels: Labels) -> bool:
        """Whether a series of it can have these labels, which are in alphabetical order."""
        return len(labels) == len(self.labels) and all(
            label.name == name and label.allows(value) for label, (name, value) in zip(self.labels, labels, strict=True)
        )

    @property
    def has_unknown(self) -> bool:
        """Whether it has a state `unknown`, which says so where the others would be absent."""
        return self.unit is Unit.STATE and any(STATE_UNKNOWN in label.values for label in self.labels)

    def sources_of(self, labels: Mapping[str, str]) -> tuple[DerivedFrom, ...]:
        """What a number of it is worked out from."""
        return tuple(one for one in self.derived_from if one.where.items() <= labels.items())


def derived(*families: str, where: Mapping[str, str] | None = None, **labels: str) -> tuple[DerivedFrom, ...]:
    """Families that numbers are worked out from: all of their numbers, or those with some labels."""
    return tuple(DerivedFrom(one, labels, where or {}) for one in families)


def names_of(families: Iterable[Family]) -> frozenset[str]:
    """Their names."""
    return frozenset(one.name for one in families)
