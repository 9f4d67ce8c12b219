"""Sustained momentum: mentoring, the pathway, communication, milestones and risks of the scaling stage."""

from typing import Final

from infra.monitoring.grafana.board import Board
from infra.monitoring.grafana.panels import NUMBER, PLAIN, SECONDS, SHARE, Panel
from infra.monitoring.grafana.queries import Now, Past, live, published
from infra.monitoring.grafana.usual import closed_days
from infra.monitoring.grafana.words import LIVE, PUBLISHED, says

HIDDEN: Final = dict.fromkeys(("Time", "community", "job", "__name__"), "")
"""Columns of every answer of Prometheus that say nothing here."""

MOMENTUM_PANELS: Final = (
    Panel(
        "Milestones",
        f"{says('milestone')} {LIVE}",
        PLAIN,
        [Now(f"{live('milestone')} == 1", "{{milestone}}: {{state}}", "table")],
        kind="table",
        wide=8,
        columns={"milestone": "Milestone", "state": "State", "Value": ""} | HIDDEN,
    ),
    Panel(
        "Success of the stage",
        f"{says('scaling_success')} {LIVE}",
        PLAIN,
        [Now(live("scaling_success"), "{{criterion}}", "table")],
        kind="table",
        wide=8,
        columns={"criterion": "Criterion", "Value": "Holds"} | HIDDEN,
    ),
    Panel(
        "Risks",
        f"{says('risk')} {LIVE}",
        PLAIN,
        [Now(f"{live('risk')} == 1", "{{risk}}: {{state}}", "table")],
        kind="table",
        wide=8,
        columns={"risk": "Risk", "state": "State", "Value": ""} | HIDDEN,
    ),
    closed_days(
        "Mentoring",
        NUMBER,
        Past("mentorships_active", "Active mentorships"),
        Past("mentors_active", "Mentors"),
        Past("mentor_load_max", "Most mentees of one mentor"),
    ),
    closed_days("Newcomers with a mentor", SHARE, Past("mentoring_coverage_ratio", "Have or had a mentor"), decimals=0),
    closed_days(
        "Newcomers who stayed, by mentoring",
        SHARE,
        Past("newcomer_retention_ratio", "Mentored", {"mentored": "yes"}),
        Past("newcomer_retention_ratio", "Not mentored", {"mentored": "no"}),
        decimals=0,
    ),
    closed_days(
        "Recruited into core",
        NUMBER,
        Past("core_by_role_recruited", "Took their first seat"),
        Past("core_by_role_recruited_mentored", "Mentored before"),
    ),
    closed_days("Pathway", NUMBER, Past("pathway_contributors", "{step}"), stacked=True),
    closed_days("Going on to the next step", SHARE, Past("pathway_conversion_ratio", "{step}"), decimals=0),
    closed_days(
        "Newcomers who wait for an answer", NUMBER, Past("newcomers_unanswered", "Unanswered for more than 7 days")
    ),
    closed_days(
        "Time to the first response",
        SECONDS,
        Past("first_response_seconds_median", "Newcomers", {"newcomer": "yes"}),
        Past("first_response_seconds_median", "Others", {"newcomer": "no"}),
    ),
    Panel(
        "Since the last engagement",
        f"How long ago: {says('last_engagement_timestamp_seconds')} {LIVE}",
        SECONDS,
        [Now(f"time() - {live('last_engagement_timestamp_seconds')}", "{{kind}}")],
        kind="stat",
        decimals=0,
    ),
    closed_days("Slots of communication filled", PLAIN, Past("engagement_slots_filled", "{kind}"), decimals=0),
    closed_days(
        "Across teams",
        NUMBER,
        Past("cross_team_contributors", "People in two teams or more"),
        Past("bridges_single_person", "Pairs of teams that rest on one person"),
        Past("relationships_active", "Active relationships"),
    ),
    closed_days("Coordinators", NUMBER, Past("coordinators_active", "Coordinators")),
    Panel(
        "Active mentorships, as published",
        f"{says('mentorships_active')} {PUBLISHED}",
        NUMBER,
        [published("mentorships_active", "Active mentorships, as published")],
    ),
)

MOMENTUM_BOARD: Final = Board(
    "tenfold-momentum",
    "Momentum",
    "What carries growth on: mentoring, the way from newcomer to leader, communication, and the stage's milestones.",
    "now-2y",
    MOMENTUM_PANELS,
    ("datasource", "history", "community", "page"),
    ("conditions", "goals", "actions", "releases"),
)
