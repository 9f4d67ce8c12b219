"""The families about mentoring: what each means, and its values on every day.

Source: docs/definitions.md, "Mentoring".
"""

from projections.mentoring.drilldown import (
    busiest,
    everybody,
    judged,
    mentors,
    newcomers_reached,
    recruited,
    recruited_mentored,
    stayed,
)
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import Label
from projections.metrics.privacy import COUNT, PUBLIC, Denominator, share
from projections.metrics.rests_on import roles, words
from projections.metrics.unit import Unit

MENTORED = Label("mentored", ("yes", "no"))

MENTORING_FAMILIES: tuple[Family, ...] = (
    Family(
        "mentorships_active",
        "Active mentorships",
        "Mentorships that have begun, have not ended and are not dormant.",
        group=Group.MENTORING,
        rests_on=words,
        privacy=COUNT,
        drilldown=everybody,
    ),
    Family(
        "mentors_active",
        "Mentors with an active mentee",
        "People with at least one active mentee.",
        group=Group.MENTORING,
        unit=Unit.PEOPLE,
        rests_on=words,
        privacy=COUNT,
        drilldown=mentors,
    ),
    Family(
        "mentor_load_max",
        "Most active mentees of one mentor",
        "The most active mentees that one mentor has.",
        group=Group.MENTORING,
        unit=Unit.PEOPLE,
        rests_on=words,
        privacy=share(Denominator.MENTORS),
        drilldown=busiest,
    ),
    Family(
        "mentoring_coverage_ratio",
        "Newcomers who have or had a mentor",
        "Share of the newcomers of the last 90 days who have or had a mentor.",
        group=Group.MENTORING,
        unit=Unit.SHARE,
        privacy=share(Denominator.NEWCOMERS),
        drilldown=newcomers_reached,
    ),
    Family(
        "newcomer_retention_people",
        "Came 121 to 365 days ago",
        "How many came 121 to 365 days ago, by whether a mentorship had begun within 14 days.",
        group=Group.MENTORING,
        unit=Unit.PEOPLE,
        labels=(MENTORED,),
        privacy=share(Denominator.CAME),
        drilldown=judged,
    ),
    Family(
        "newcomer_retention_ratio",
        "Stayed, of these",
        "Of those who came 121 to 365 days ago, the share with active work 31 to 120 days after they came, by whether "
        "a mentorship had begun within 14 days. An association, not an effect of mentoring.",
        group=Group.MENTORING,
        unit=Unit.SHARE,
        labels=(MENTORED,),
        privacy=share(Denominator.STAYED),
        drilldown=stayed,
    ),
    Family(
        "core_by_role_recruited",
        "Recruited into core by role",
        "People who took their first seat, of any role, within 180 days.",
        group=Group.MENTORING,
        unit=Unit.PEOPLE,
        rests_on=roles,
        privacy=PUBLIC,
        drilldown=recruited,
    ),
    Family(
        "core_by_role_recruited_mentored",
        "Recruited and mentored before",
        "Those of them who were mentored in the year before they took it.",
        group=Group.MENTORING,
        unit=Unit.PEOPLE,
        rests_on=roles,
        privacy=share(Denominator.RECRUITED),
        drilldown=recruited_mentored,
    ),
)
