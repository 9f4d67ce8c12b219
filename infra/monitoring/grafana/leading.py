"""Is leadership spreading as the community grows? How far, how strong, who comes and goes, and what rests on one."""

from typing import Final

from infra.monitoring.grafana.board import Board
from infra.monitoring.grafana.panels import MOMENT, NUMBER, PLAIN, SECONDS, SHARE, Panel
from infra.monitoring.grafana.queries import WINDOW, Now, Past, Told, live, published
from infra.monitoring.grafana.usual import closed_days, stat, verdict
from infra.monitoring.grafana.words import LIVE, PUBLISHED, says

SEATS: Final = {"seats": "nominal"}
ROLES: Final = """\
select "time", what, role, scope, holder, evidence
from read_live.role_told
where community = ${community:sqlstring} and $__timeFilter("time")
order by "time" desc
limit 200"""

SPREADING: Final = verdict("Is leadership spreading?", "leadership_verdict")

LEADING_PANELS: Final = (
    SPREADING,
    stat(
        "Effective leaders",
        f"{says('effective_leaders')} {LIVE}",
        PLAIN,
        Now(live("effective_leaders", **SEATS), "Effective leaders"),
        decimals=1,
    ),
    stat(
        "Strength",
        f"{says('leadership_strength_ratio')} {LIVE}",
        SHARE,
        Now(live("leadership_strength_ratio", **SEATS), "Strength"),
        decimals=0,
    ),
    stat(
        "Last new leader",
        f"How long ago: {says('last_new_leader_timestamp_seconds')} {LIVE}",
        SECONDS,
        Now(f"time() - {live('last_new_leader_timestamp_seconds')}", "Since the last new leader"),
        decimals=0,
    ),
    closed_days(
        "Effective leaders beside active contributors",
        NUMBER,
        Past("effective_leaders", "Effective leaders, all seats", SEATS),
        Past("effective_leaders", "Effective leaders, active seats", {"seats": "active"}),
        Past("active_contributors", "Active contributors", {"window_days": WINDOW}),
        decimals=1,
    ),
    closed_days(
        "Contributors per effective leader",
        PLAIN,
        Past("contributors_per_effective_leader", "Contributors per effective leader"),
        decimals=1,
    ),
    closed_days(
        "Strength of leadership",
        SHARE,
        Past("leadership_strength_ratio", "Strength", SEATS),
        Past("leadership_strength_without_top_ratio", "Without the top leader", SEATS),
        decimals=0,
    ),
    closed_days("Scopes by state", PLAIN, Past("scopes", "{strength}", SEATS), stacked=True, decimals=0),
    closed_days(
        "Renewal",
        NUMBER,
        Past("new_leaders", "New leaders"),
        Past("left_leaders", "Left", less=True),
        Past("renewal_balance_leaders", "Balance"),
    ),
    closed_days(
        "How new leaders came",
        SHARE,
        Past("new_leaders_contributed_ratio", "Contributed before"),
        Past("new_leaders_mentored_ratio", "Were mentored before"),
        decimals=0,
    ),
    closed_days(
        "Balance of volunteers and paid people",
        SHARE,
        Past("leadership_share_ratio", "{basis}", SEATS),
        stacked=True,
        decimals=0,
    ),
    closed_days("Volunteer representation", PLAIN, Past("volunteer_representation_ratio", "Volunteers"), decimals=2),
    closed_days(
        "Exposure to one person", SHARE, Past("departure_exposure_ratio", "{of}", {"unit": "person"}), decimals=0
    ),
    closed_days(
        "Concentration",
        SHARE,
        Past("leadership_concentration_ratio", "Concentration", SEATS),
        Past("leadership_top_share_ratio", "Largest share", SEATS),
        Past("leadership_gini_ratio", "Gini", SEATS),
        decimals=0,
    ),
    Panel(
        "Effective leaders, as published",
        f"{says('effective_leaders')} {PUBLISHED}",
        PLAIN,
        [published("effective_leaders", "Effective leaders, as published", **SEATS)],
        decimals=1,
    ),
    Panel(
        "What was told of roles",
        "Grants, revocations and leaves within the time shown, the newest 200. Who they are about stands there "
        "where the data source's database role may read names. From PostgreSQL.",
        PLAIN,
        [Told(ROLES)],
        kind="table",
        columns={
            "time": "When",
            "what": "What",
            "role": "Role",
            "scope": "Scope",
            "holder": "Who",
            "evidence": "Evidence",
        },
        column_units={"When": MOMENT},
    ),
)

LEADING_BOARD: Final = Board(
    "tenfold-leadership",
    "Leadership",
    "How far leadership is spread beside those who contribute, how strong it is, and how it renews itself.",
    "now-5y",
    LEADING_PANELS,
    ("datasource", "history", "community", "window", "page"),
    ("conditions", "goals", "actions", "releases"),
)
