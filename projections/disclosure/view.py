"""What somebody without a token may see of a number: no person at all.

Counts of people from 1 to 4 become "<5", shares are said over 10 people or more, and of numbers
that add up to a public one, so many are hidden that subtraction shows none. Which of these holds, each family
says; one that says nothing is withheld.

Source: docs/privacy.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar, assert_never

import numpy as np

from projections.disclosure.denominators import DENOMINATORS
from projections.disclosure.differencing import hidden_by_sums
from projections.disclosure.sources import renamed, titles_of
from projections.disclosure.threshold import FEWEST_IN_A_SHARE, FEWEST_PEOPLE, is_few
from projections.disclosure.true_numbers import TrueNumbers
from projections.evaluation.catalog import FAMILIES
from projections.metrics.privacy import Precision, Privacy, PrivacyClass
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import SECONDS_A_DAY
from projections.timeline.history import History, Sample, Series, Values, series_of
from projections.timeline.ranges import Flags

FEW = "<5"
"""What stands in for a count of people from 1 to 4."""

Count = TypeVar("Count", int, float)

SECONDS_A_MINUTE = 60.0


def few(people: Count) -> Count | str:
    """A count of people that is no series, as everybody may see it."""
    return FEW if 1 <= people < FEWEST_PEOPLE else people


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What one kind of viewer may see of a community.

    Attributes:
        history: The numbers; NaN where one is hidden.
        few: Series → days on which the hidden number is a count from 1 to 4.
        hides: Whether anything may be hidden at all.
        whole: The true numbers, where some are hidden: what is absent there is absent for everybody.
        titles: Source → how this viewer reads it, where that is not its name.
    """

    history: History
    few: Mapping[Series, Flags] = field(default_factory=dict)
    hides: bool = False
    whole: History | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def value(self, key: Series, day: date) -> float | str | None:
        """The value of a day as this viewer sees it: a number, "<5", or nothing."""
        value = self.history.value(key, day)
        if not np.isnan(value):
            return value
        return FEW if self._is_few(key, day) else None

    def is_absent(self, key: Series, day: date) -> bool:
        """Whether a day has no such number, for nobody: what is absent is not hidden."""
        return bool(np.isnan(self.defined.value(key, day)))

    @property
    def defined(self) -> History:
        """The true numbers, with sources called as this viewer reads them: to be told only through this."""
        return self.whole or self.history

    def seen(self, samples: Iterable[Sample], day: date) -> list[tuple[Sample, float | str]]:
        """The samples of a day that this viewer may see, each with the value they see."""
        if not self.hides:
            return [(sample, sample.value) for sample in samples]
        values = ((sample, self.value(series_of(sample), day)) for sample in samples)
        return [(sample, value) for sample, value in values if value is not None]

    def values(self, key: Series) -> list[float | str | None]:
        """A whole series as this viewer sees it."""
        few = self.few.get(key)
        return [
            (FEW if few is not None and few[at] else None) if np.isnan(value) else float(value)
            for at, value in enumerate(self.history.series[key])
        ]

    def _is_few(self, key: Series, day: date) -> bool:
        at = (day - self.history.first_day).days
        few = self.few.get(key)
        return few is not None and 0 <= at < len(few) and bool(few[at])


def everything(history: History) -> Disclosure:
    """What a lead of the community and an operator see."""
    return Disclosure(history)


def public(history: History, policy: CommunityPolicy) -> Disclosure:
    """What everybody sees.

    Args:
        history: The true numbers.
        policy: The community's, by which they were worked out.
    """
    called = titles_of(history, policy.source_titles)
    numbers = TrueNumbers(renamed(history, called), policy)
    names = {family.metric: family.privacy for family in FAMILIES.values()}
    declared = {key: names[key[0]] for key in numbers.history.series if key[0] in names}
    few = {key: is_few(numbers.values(key)) for key, one in declared.items() if one.of is PrivacyClass.COUNT}
    by_sums, said = hidden_by_sums(numbers)
    shown = {}
    for key, privacy in declared.items():
        hidden = _hidden(numbers, key, privacy) | by_sums.get(key, False)
        shown[key] = np.where(hidden, np.nan, told(numbers.values(key), privacy.precision))
    whole = numbers.history
    return Disclosure(replace(whole, series=shown), few | said, hides=True, whole=whole, titles=called)


def _hidden(numbers: TrueNumbers, key: Series, privacy: Privacy) -> Flags:
    """The days on which a number is hidden for what it says itself."""
    if privacy.over:
        few: Flags = ~(DENOMINATORS[privacy.over](numbers, key) >= FEWEST_IN_A_SHARE)
        return few
    if privacy.of is PrivacyClass.COUNT:
        return is_few(numbers.values(key))
    return np.full(numbers.history.days, privacy.of is not PrivacyClass.PUBLIC)


def told(values: Values, precision: Precision) -> Values:
    """Values as finely as they may be told."""
    match precision:
        case Precision.EXACT:
            return values
        case Precision.PER_CENT:
            return np.round(values, 2)
        case Precision.MINUTE:
            return values // SECONDS_A_MINUTE * SECONDS_A_MINUTE
        case Precision.DAY:
            return values // SECONDS_A_DAY * SECONDS_A_DAY
        case _:
            assert_never(precision)
