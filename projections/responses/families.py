"""The families about responses: what each means, and its values on every day.

Source: docs/definitions.md, "Activity", Response.
"""

from functools import partial

from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import COUNT, Denominator, Precision, share
from projections.metrics.unit import Unit
from projections.responses.drilldown import drill_responses

_by_newcomer = partial(Family, group=Group.RESPONSES, labels=(Label("newcomer", ("yes", "no")),))

RESPONSES_FAMILIES: tuple[Family, ...] = (
    _by_newcomer(
        "first_response_seconds_median",
        "Median time to the first response",
        "Median time from the opening of an artefact (a patch, an issue, a question) to the first response by another "
        "human, over the artefacts first answered within the headline window; for authors who were newcomers when they "
        "opened it, and for others.",
        unit=Unit.SPAN,
        privacy=share(Denominator.ANSWERED, Precision.MINUTE),
        drilldown=drill_responses,
    ),
    _by_newcomer(
        "first_response_people",
        "People answered",
        "People whose artefacts were first answered within the headline window.",
        unit=Unit.PEOPLE,
        privacy=COUNT,
        drilldown=drill_responses,
    ),
    _by_newcomer(
        "acceptance_ratio",
        "Acceptance",
        "Accepted artefacts as a share of those accepted or declined within the headline window, by the newest "
        "decision on each; for authors who were newcomers, and for others.",
        unit=Unit.SHARE,
        privacy=share(Denominator.ANSWERED, Precision.PER_CENT),
        drilldown=drill_responses,
    ),
    _by_newcomer(
        "acceptance_people",
        "People whose work was decided on",
        "People on whose artefacts a decision was made within the headline window.",
        unit=Unit.PEOPLE,
        privacy=COUNT,
        drilldown=drill_responses,
    ),
    Family(
        "newcomers_unanswered",
        "Newcomers unanswered for more than 7 days",
        "Newcomers who opened an artefact within the headline window and have waited for more than 7 days without a "
        "response by another human.",
        group=Group.RESPONSES,
        unit=Unit.PEOPLE,
        privacy=COUNT,
        drilldown=drill_responses,
    ),
)
