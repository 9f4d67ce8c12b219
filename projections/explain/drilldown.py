"""What is behind a number, whichever question it belongs to."""

from collections.abc import Mapping
from typing import Final

from projections.activity.drilldown import DRILLDOWNS as ACTIVITY
from projections.collaboration.drilldown import DRILLDOWNS as COLLABORATION
from projections.communication.drilldown import DRILLDOWNS as COMMUNICATION
from projections.conditions.drilldown import DRILLDOWNS as CONDITIONS
from projections.leadership.drilldown import DRILLDOWNS as LEADERSHIP
from projections.mentoring.drilldown import DRILLDOWNS as MENTORING
from projections.metrics.drilldown import Drill, Drilldown, NumberQuery, nobody
from projections.pathway.drilldown import DRILLDOWNS as PATHWAY
from projections.responses.drilldown import DRILLDOWNS as RESPONSES
from projections.stage.drilldown import DRILLDOWNS as STAGE

DRILLDOWNS: Final[Mapping[str, Drill]] = {
    **ACTIVITY,
    **COLLABORATION,
    **COMMUNICATION,
    **CONDITIONS,
    **LEADERSHIP,
    **MENTORING,
    **PATHWAY,
    **RESPONSES,
    **STAGE,
}
"""Family → what is behind it; of others nothing is."""


def drilldown(query: NumberQuery) -> Drilldown:
    """What is behind a number of a day."""
    return DRILLDOWNS.get(query.family, nobody)(query)
