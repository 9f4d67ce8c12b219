"""The panels that dashboards are mostly made of: a number in the first row, and families on their closed days."""

from typing import Final

from infra.monitoring.grafana.panels import PLAIN, Panel
from infra.monitoring.grafana.queries import Now, Past, live
from infra.monitoring.grafana.words import LIVE, PAST, says

HIGH: Final = 5
NOT_KNOWN: Final = "Not known"
"""What stands where there is no number of today, for example since nobody read the sources."""


def stat(title: str, description: str, unit: str, *queries: Now, wide: int = 6, decimals: int | None = None) -> Panel:
    """Numbers of now, in the row that a dashboard begins with."""
    return Panel(
        title, description, unit, queries, kind="stat", wide=wide, high=HIGH, decimals=decimals, nothing=NOT_KNOWN
    )


def verdict(title: str, family: str, more: str = "") -> Panel:
    """In that row too: which of a family's verdicts holds, and `more` to say of it."""
    description = " ".join(filter(None, (says(family), more, LIVE)))
    query = Now(f"{live(family)} == 1", "{{verdict}}")
    return Panel(title, description, PLAIN, [query], kind="stat", wide=6, high=HIGH, names=True)


def closed_days(title: str, unit: str, *lines: Past, stacked: bool = False, decimals: int | None = None) -> Panel:
    """Families on every closed day, told by their own help."""
    told = says(*dict.fromkeys(line.family for line in lines))
    return Panel(title, f"{told} {PAST}", unit, lines, stacked=stacked, decimals=decimals)
