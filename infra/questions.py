"""Questions about a number, as people type them."""

from collections.abc import Iterable, Mapping
from datetime import date

from events.errors import TenfoldError
from infra.tables import SEATS_LABEL, SENTENCES
from infra.wording import WORDINGS
from projections.history import History
from projections.leadership.metrics import FAMILIES as LEADERSHIP
from projections.policy import CommunityPolicy

EVERYBODY = 1_000_000
"""More people than lead anything: scopes name leaders who are on another page."""


class NoSuchNumberError(TenfoldError):
    """Nothing of that name and labels is known."""


def whole_name(metric: str) -> str:
    """A family's whole name, given without its prefix, or as the title that a report shows."""
    titled = {words.title.casefold(): family for family, words in WORDINGS.items()}
    known = titled.get(metric.casefold(), metric)
    return known if known.startswith("tenfold_") else f"tenfold_{known}"


def completed(
    history: History, family: str, labels: Mapping[str, str], day: date, policy: CommunityPolicy
) -> dict[str, str]:
    """Labels with what a report speaks of where none is given: the seats judged by, the verdict that holds."""
    known = [dict(each) for each, _ in history.family(family)]
    found = dict(labels)
    if any(SEATS_LABEL in each for each in known):
        found.setdefault(SEATS_LABEL, policy.judge_by)
    if family in SENTENCES and "verdict" not in found:
        found |= next((each for each in known if history.value((family, tuple(each.items())), day) == 1), {})
    return found


def is_about_leadership(metric: str, labels: Mapping[str, str]) -> bool:
    """Whether scopes and leaders are behind a number, given by its whole name."""
    return metric.removeprefix("tenfold_") in LEADERSHIP or labels.get("of") in ("leadership", "scopes")


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
