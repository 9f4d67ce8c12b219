"""All families, gathered from the questions."""

from collections.abc import Mapping

from projections.activity.families import FAMILIES as ACTIVITY
from projections.collaboration.families import FAMILIES as TEAMS
from projections.communication.families import FAMILIES as COMMUNICATION
from projections.conditions.families import FAMILIES as CONDITIONS
from projections.freshness.families import FAMILIES as SOURCES
from projections.growth.families import FAMILIES as GROWTH
from projections.leadership.criteria import FAMILIES as CRITERIA
from projections.leadership.families import FAMILIES as LEADERSHIP
from projections.mentoring.families import FAMILIES as MENTORING
from projections.pathway.families import FAMILIES as PATHWAY
from projections.responses.families import FAMILIES as RESPONSES
from projections.stage.families import FAMILIES as STAGE

FAMILIES: Mapping[str, str] = {
    **ACTIVITY,
    **RESPONSES,
    **GROWTH,
    **LEADERSHIP,
    **CRITERIA,
    **MENTORING,
    **PATHWAY,
    **TEAMS,
    **COMMUNICATION,
    **STAGE,
    **CONDITIONS,
    **SOURCES,
}
"""What every family means, by name without prefix."""
