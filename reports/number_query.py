"""Questions about a number, as people type them."""

import math
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from events.errors import TenfoldError
from projections.evaluation.catalog import FAMILIES
from projections.leadership.families import SEATED
from projections.metrics.family import PREFIX, names_of
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History
from reports.format.labels import STATE_LABELS
from reports.numbers import SEATS_LABEL, WINDOW

EVERYBODY = 1_000_000
"""More people than lead anything: scopes name leaders who are on another page."""

CHOICES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class NumberPage:
    """What is to be explained: a number, and which page of the people behind it."""

    community: str
    metric: str
    labels: Mapping[str, str]
    as_of: date
    offset: int
    limit: int

    @property
    def is_about_leadership(self) -> bool:
        """Whether scopes and leaders are behind it."""
        return is_about_leadership(self.metric, self.labels)

    @property
    def of_everybody(self) -> "NumberPage":
        """The same with everybody on one page."""
        return replace(self, offset=0, limit=EVERYBODY)


class NoSuchNumberError(TenfoldError):
    """Nothing of that name and labels is known."""


class AmbiguousError(TenfoldError):
    """A family has several numbers on the day, and the labels given fit more than one."""

    def __init__(self, family: str, given: Mapping[str, str], choices: Sequence[Mapping[str, str]]) -> None:
        open_labels = [{name: of for name, of in each.items() if name not in given} for each in choices]
        ways = [" ".join(f"--label {name}={shlex.quote(of)}" for name, of in each.items()) for each in open_labels]
        more = f"; and {len(ways) - CHOICES_SHOWN} more" if len(ways) > CHOICES_SHOWN else ""
        name = family.removeprefix("tenfold_")
        self.choices = list(choices)
        super().__init__(f"{name} is several numbers; say which: {'; '.join(ways[:CHOICES_SHOWN])}{more}")


def whole_name(metric: str) -> str:
    """A family's whole name, given without its prefix, or as the title that a report shows."""
    titled = {family.title.casefold(): family.metric for family in FAMILIES.values()}
    known = titled.get(metric.casefold(), metric)
    return known if known.startswith(PREFIX) else PREFIX + known


def completed(
    history: History, family: str, labels: Mapping[str, str], day: date, policy: CommunityPolicy
) -> dict[str, str]:
    """Labels with what a report speaks of where none is given: the headline window, the seats judged by, the state.

    Raises:
        AmbiguousError: several numbers fit.
    """
    known = [dict(each) for each, _ in history.family(family)]
    found = dict(labels)
    if any(SEATS_LABEL in each for each in known):
        found.setdefault(SEATS_LABEL, policy.judge_by)
    if any(WINDOW in each for each in known):
        found.setdefault(WINDOW, str(policy.headline_window_days))
    fitting = [each for each in known if found.items() <= each.items()]
    values = {tuple(each.items()): history.value((family, tuple(each.items())), day) for each in fitting}
    holding = [dict(each) for each, value in values.items() if value == 1 and dict(each).keys() & STATE_LABELS]
    defined = [dict(each) for each, value in values.items() if not math.isnan(value)]
    chosen = next((some for some in (holding, defined, fitting) if len(some) == 1), [found])
    if chosen == [found] and found not in fitting and fitting:
        raise AmbiguousError(family, found, holding or defined or fitting)
    return chosen[0]


def rested_on(
    history: History, family: str, about: Mapping[str, str], day: date, policy: CommunityPolicy
) -> list[Mapping[str, str]]:
    """Labels of the numbers of a family that another number is computed from: of one, or of several.

    Args:
        history: The numbers, as somebody may see them.
        family: Its whole name.
        about: Labels of the other number, and what is known beside them.
        day: The day asked about.
        policy: The community's.
    """
    known = [dict(labels) for labels, _ in history.family(family)]
    given = {name: of for name, of in about.items() if any(each.get(name) == of for each in known)}
    try:
        return [completed(history, family, given, day, policy)]
    except AmbiguousError as error:
        return list(error.choices[:CHOICES_SHOWN])


def is_about_leadership(metric: str, labels: Mapping[str, str]) -> bool:
    """Whether scopes and leaders are behind a number, given by its whole name."""
    return metric.removeprefix(PREFIX) in names_of(SEATED) or labels.get("of") in ("leadership", "scopes")


def labels_of_pairs(pairs: Iterable[str]) -> dict[str, str]:
    """Labels from `NAME=VALUE` texts.

    Raises:
        ValueError: One has no `=`.
    """
    found = [text.partition("=") for text in pairs]
    for name, equals, _ in found:
        if not equals:
            raise ValueError(f"{name[:80]!r} must read NAME=VALUE")
    return {name: value for name, _, value in found}


def require_known(history: History, family: str, labels: Mapping[str, str]) -> None:
    """Makes sure that labels, where any are given, are some of a series there is.

    Raises:
        NoSuchNumberError: They are not.
    """
    known = (dict(each) for each, _ in history.family(family))
    if labels and not any(labels.items() <= each.items() for each in known):
        given = ", ".join(f"{name}={value}" for name, value in labels.items())
        raise NoSuchNumberError(f"no {family[:80]} is known with {given[:160]}")
