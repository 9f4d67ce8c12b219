"""When somebody is told: one alert for each condition of a community, written to `rules/community.yml`.

What they say is what the records of the conditions say. They rest on `tenfold_condition` alone, which is worked out
over the whole history as it is known today, with hysteresis. What Prometheus stored is the past as it was published, so
nothing here compares a number with its past.

    python -m infra.monitoring.prometheus.alerts
"""

import re
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from projections.conditions.catalog import CONDITIONS
from projections.metrics.condition import Condition

RULES: Final = Path(__file__).parent / "rules" / "community.yml"
INTERVAL: Final = "2h"
"""Conditions change once a day. Alertmanager takes an alert for over when it has not heard of it for four intervals. So
Prometheus may be away for an hour: then two looks, of which the second fires, and nobody is told twice."""
AWAY: Final = "14d"
"""For so long an alert goes on while there is no server to ask: Prometheus keeps little more unless told to. That the
server is away is told by alerts of its own, which silence these; what it last said still holds when they end."""
HEADER: Final = "# Written by `python -m infra.monitoring.prometheus.alerts`, which says why. Do not edit.\n"


class NumberFormat(NamedTuple):
    """How a number is said.

    Attributes:
        factor: it is multiplied by this in the query, since templates cannot reckon.
        template: what Prometheus's template makes of it.
    """

    factor: str
    template: str


FORMATS: Final = {
    "share": NumberFormat("100 * ", '. | first | value | printf "%.0f %%"'),
    "change": NumberFormat("100 * ", '. | first | value | printf "%+.0f %%"'),
    "count": NumberFormat("", '. | first | value | printf "%.0f"'),
    "decimal": NumberFormat("", '. | first | value | printf "%.1f"'),
    "day": NumberFormat("", '(. | first | value | toTime).Format "2 Jan 2006"'),
}
NUMBER: Final = re.compile(r"\{(?P<family>[a-z_]+):(?P<format>[a-z]+)(?:,(?P<label>[a-z_]+)=(?P<value>[a-z0-9_]+))?\}")


def alert_name(condition: Condition) -> str:
    """As Prometheus has it: TenfoldGrowthStalled."""
    return "Tenfold" + "".join(word.capitalize() for word in condition.name.split("_"))


def rule(condition: Condition) -> dict[str, Any]:
    """The rule of a condition's alert."""
    return {
        "alert": alert_name(condition),
        "expr": f"max by (community, condition) ({last_known(condition)}) == 1",
        "for": "2h",
        "keep_firing_for": "1d",
        "labels": {"severity": condition.severity},
        "annotations": {
            "summary": filled(condition.headline),
            "description": filled(condition.meaning),
            "runbook_url": "{{ $externalLabels.tenfold_url }}/runbook#" + condition.name,
            "dashboard_url": "{{ $externalLabels.tenfold_url }}/communities/{{ $labels.community }}",
        },
    }


def last_known(condition: Condition) -> str:
    """Whether a condition holds, as last scraped: lately, or for as long as nobody can say since the server is away."""
    scraped = f'tenfold_condition{{condition="{condition.name}"}}'
    return (
        f'last_over_time({scraped}[1d]) or (last_over_time({scraped}[{AWAY}]) unless on () (up{{job="tenfold"}} == 1))'
    )


def filled(text: str) -> str:
    """A text with Prometheus's own templates for the community and its numbers."""
    return NUMBER.sub(_asked, text.replace("{community}", "{{ $labels.community }}"))


def _asked(found: re.Match[str]) -> str:
    said = FORMATS[found["format"]]
    label = f",{found['label']}='{found['value']}'" if found["label"] else ""
    query = f"{said.factor}last_over_time(tenfold_{found['family']}{{community='%s'{label}}}[1d])"
    number = f"{{{{ {said.template} }}}}"
    return f'{{{{ with query (printf "{query}" $labels.community) }}}}{number}{{{{ else }}}}(not known){{{{ end }}}}'


def text() -> str:
    """The whole file."""
    group = {"name": "tenfold-community", "interval": INTERVAL, "rules": [rule(one) for one in CONDITIONS.values()]}
    return HEADER + yaml.safe_dump({"groups": [group]}, sort_keys=False, width=120)


if __name__ == "__main__":
    RULES.write_text(text())
