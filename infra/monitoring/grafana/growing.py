"""Are we growing? The two sentences, who is here, the ledger, and what needs attention."""

from typing import Final

from infra.monitoring.grafana.board import Board
from infra.monitoring.grafana.leading import SPREADING
from infra.monitoring.grafana.panels import MOMENT, NUMBER, PLAIN, SHARE, Panel
from infra.monitoring.grafana.queries import WINDOW, Now, Past, live, published
from infra.monitoring.grafana.usual import closed_days, stat, verdict
from infra.monitoring.grafana.words import LIVE, PAST, PUBLISHED, says

CHANGE: Final = (
    Past("growth_change_high_ratio", "At most"),
    Past("growth_change_ratio", "Change on a year ago"),
    Past("growth_change_low_ratio", "At least"),
)

UNCLEAR: Final = (
    "It goes by up to 13 months of four weeks beside those of a year before; unclear means that a change may be there "
    "and cannot be told yet."
)

GROWING_PANELS: Final = (
    verdict("Are we growing?", "growth_verdict", UNCLEAR),
    SPREADING,
    stat(
        "Active contributors",
        f"{says('active_contributors')} {LIVE}",
        NUMBER,
        Now(live("active_contributors", window_days="$window"), "Active"),
        wide=3,
    ),
    stat(
        "Change on a year ago",
        f"{says('growth_change_ratio', 'growth_change_low_ratio', 'growth_change_high_ratio')} {LIVE}",
        SHARE,
        Now(live("growth_change_low_ratio"), "At least"),
        Now(live("growth_change_ratio"), "Change"),
        Now(live("growth_change_high_ratio"), "At most"),
        wide=5,
        decimals=0,
    ),
    stat(
        "Known up to",
        f"{says('known_through_timestamp_seconds')} {LIVE}",
        MOMENT,
        Now(f"{live('known_through_timestamp_seconds', of='contributions')} * 1000", "What people did"),
        wide=4,
    ),
    closed_days(
        "Active and recurring, and the target line",
        NUMBER,
        Past("active_contributors", "Active", {"window_days": WINDOW}),
        Past("recurring_contributors", "Recurring", {"window_days": WINDOW}),
        Past("goal_target_contributors", "Target line"),
    ),
    Panel(
        "Ledger",
        "Of each window, back from the newest day shown: new and returned people upwards, lapsed ones downwards; "
        f"their sum is the change of the active. {PAST}",
        NUMBER,
        [
            Past("new_contributors", "New", {"window_days": WINDOW}, every_window=True),
            Past("returned_contributors", "Returned", {"window_days": WINDOW}, every_window=True),
            Past("lapsed_contributors", "Lapsed", {"window_days": WINDOW}, every_window=True, less=True),
        ],
        bars=True,
        stacked=True,
    ),
    Panel(
        "Change on a year ago, with its interval",
        f"{says('growth_change_ratio', 'growth_change_low_ratio', 'growth_change_high_ratio')} {PAST}",
        SHARE,
        CHANGE,
        decimals=0,
    ),
    closed_days("Retention", SHARE, Past("retention_ratio", "Retention", {"window_days": WINDOW}), decimals=0),
    closed_days("Contributors a week", NUMBER, Past("weekly_contributors", "Contributors in the week")),
    closed_days(
        "Teams",
        NUMBER,
        Past(
            "team_active_contributors",
            "{team}",
            {"window_days": WINDOW},
            only=" and labels->>'team' in (${team:sqlstring})",
        ),
    ),
    Panel(
        "What needs attention",
        f"The conditions that hold, and since when; the runbook says what communities do about each. {LIVE}",
        PLAIN,
        [
            Now(
                f"{live('condition_since_timestamp_seconds')} * 1000"
                f" and on (community, condition) {live('condition')} == 1",
                "{{condition}}",
                "table",
            )
        ],
        kind="table",
        nothing="No condition holds",
        columns={"condition": "Condition", "Value": "Since", "Time": "", "community": "", "job": ""},
        column_units={"Since": MOMENT},
    ),
    Panel(
        "What held when",
        f"{says('condition')} {PAST}",
        PLAIN,
        [Past("condition", "{condition}")],
        kind="state-timeline",
        high=10,
    ),
    Panel(
        "Active contributors, as published",
        f"{says('active_contributors')} {PUBLISHED}",
        NUMBER,
        [published("active_contributors", "Active, as published", window_days="$window")],
    ),
    closed_days("Corrections", NUMBER, Past("growth_corrections", "Corrections", {"window_days": WINDOW})),
)

GROWING_BOARD: Final = Board(
    "tenfold-growing",
    "Are we growing?",
    "The two sentences of Tenfold, who is here, the ledger, and what needs attention.",
    "now-3y",
    GROWING_PANELS,
    ("datasource", "history", "community", "window", "team", "page"),
    ("conditions", "goals", "actions", "releases"),
)
