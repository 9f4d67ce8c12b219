"""What is behind a number, whichever question it belongs to."""

from projections.activity.families import EXPOSURE
from projections.evaluation.catalog import FAMILIES
from projections.leadership.drilldown import exposed
from projections.metrics.drilldown import Drilldown, NumberQuery


def drilldown(query: NumberQuery) -> Drilldown:
    """What is behind a number of a day, as its family says; nothing where there is no such family.

    Exposure is one family of two questions: of the work, and of leadership, which stands above it.
    """
    family = FAMILIES.get(query.family)
    if family is None:
        return Drilldown()
    return exposed(query) if family is EXPOSURE else family.drilldown(query)
