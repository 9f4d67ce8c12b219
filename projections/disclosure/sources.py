"""Sources as everybody reads them: by the policy's title, else by a number.

A source's name is whatever its emitter writes: an address, a machine, a path. So everybody reads the title that the
policy gives it, or `source 1`, `source 2` in the order in which they were first heard; and when the last event was, of
all of them together, since that of one may be of one person.

Source: docs/privacy.md.
"""

from collections.abc import Mapping
from functools import reduce

import numpy as np

from projections.community.sources import BY_HAND
from projections.freshness.series import OTHER
from projections.timeline.history import History, Series, Values, series

LABEL = "source"
LAST_EVENT = "tenfold_source_last_event_timestamp_seconds"
EVERY_SOURCE = "all sources"
"""Label of the newest event of any source but what was recorded by hand."""


def titles_of(history: History, titles: Mapping[str, str]) -> Mapping[str, str]:
    """Source → how everybody reads it."""
    names = {dict(labels)[LABEL] for _, labels in history.series if LABEL in dict(labels)} - {OTHER}
    first_heard = {name: _first_heard(history, name) for name in names}
    numbered = sorted(names - titles.keys(), key=lambda name: (first_heard[name], name))
    neutral = {name: f"source {at}" for at, name in enumerate(numbered, 1)}
    return {OTHER: OTHER} | neutral | {name: titles[name] for name in names & titles.keys()}


def renamed(history: History, called: Mapping[str, str]) -> History:
    """The numbers with sources as everybody reads them; of several with one title, the oldest moment."""
    found: dict[Series, Values] = {}
    for (family, labels), values in history.series.items():
        key = family, tuple((name, called[of] if name == LABEL else of) for name, of in labels)
        found[key] = np.fmin(found[key], values) if key in found else values
    return History(history.first_day, found | _last_event(history))


def _last_event(history: History) -> dict[Series, Values]:
    newest = [values for labels, values in history.family(LAST_EVENT) if dict(labels)[LABEL] != BY_HAND]
    key = series(LAST_EVENT.removeprefix("tenfold_"), source=EVERY_SOURCE)
    return {key: reduce(np.fmax, newest)} if newest else {}


def _first_heard(history: History, name: str) -> int:
    values = history.series.get((LAST_EVENT, ((LABEL, name),)))
    return history.days if values is None else int(np.argmax(~np.isnan(values)))
