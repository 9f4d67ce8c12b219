"""The families about work across teams: what each means, and its values on every day.

Source: docs/definitions.md, "Other communities, communication, impact".
"""

from projections.collaboration.drilldown import alone_between, in_several, related
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.privacy import PUBLIC, WITHHELD, Sum, count_in
from projections.metrics.unit import Unit

COLLABORATION_FAMILIES: tuple[Family, ...] = (
    Family(
        "cross_team_contributors",
        "People who work in two teams or more",
        "People with active work in two teams or more within 90 days.",
        group=Group.COLLABORATION,
        unit=Unit.PEOPLE,
        privacy=count_in(Sum.REST),
        drilldown=in_several,
    ),
    Family(
        "bridges_single_person",
        "Pairs of teams that rest on one person",
        "Pairs of teams that rest on one person: exactly one has active work in both within 90 days.",
        group=Group.COLLABORATION,
        privacy=WITHHELD,
        drilldown=alone_between,
    ),
    Family(
        "relationships_active",
        "Active relationships",
        "Relationships with teams and other communities that have not ended and are not dormant: established, engaged "
        "with, or worked in by people of ours within 180 days.",
        group=Group.COLLABORATION,
        privacy=PUBLIC,
        drilldown=related,
    ),
)
