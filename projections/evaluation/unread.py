"""Numbers as far as they are known: none of a day on which nobody read what they rest on.

Source: docs/definitions.md, "Covered days"; docs/architecture.md, law 13.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from projections.community.context import EvaluationContext
from projections.metrics.evaluation import Evaluation
from projections.metrics.family import STATE_UNKNOWN
from projections.timeline.history import Labels, Series, Values


def as_known(
    asked: type[Evaluation], answered: Iterable[tuple[Series, Values]], context: EvaluationContext
) -> Iterator[tuple[Series, Values]]:
    """The series of a question, each on the days on which what its family says it rests on is covered."""
    families = {family.metric: family for family in asked.families}
    for key, values in answered:
        metric, labels = key
        covered = context.covered.of(families[metric].rests_on(dict(labels), context.policy))
        if covered.all():
            yield key, values
        else:
            yield key, np.where(covered, values, instead(labels, families[metric].has_unknown, values))


def instead(labels: Labels, says_so: bool, values: Values) -> Values:
    """What stands in for numbers that are not known: nothing, or the state `unknown` of families that have it."""
    if not says_so:
        return np.full(len(values), np.nan)
    return np.where(np.isnan(values), np.nan, float(STATE_UNKNOWN in dict(labels).values()))
