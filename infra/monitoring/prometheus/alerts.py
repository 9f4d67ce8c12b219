"""When somebody is told: one alert for each condition of a community, written to `rules/community.yml`.

They rest on `tenfold_condition` alone, which is worked out over the whole history as it is known today, with
hysteresis. What Prometheus stored is the past as it was published, so nothing here compares a number with its past.

    python -m infra.monitoring.prometheus.alerts
"""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

WORDS: Final = Path(__file__).parent / "alerts.toml"
RULES: Final = Path(__file__).parent / "rules" / "community.yml"
INTERVAL: Final = "2h"
"""Conditions change once a day. Alertmanager takes an alert for over when it has not heard of it for four intervals. So
Prometheus may be away for an hour: then two looks, of which the second fires, and nobody is told twice."""
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


class Alert(NamedTuple):
    """What to say when a condition holds.

    Attributes:
        condition: its name.
        severity: `ticket` asks somebody to look at it, `digest` is read with the others.
        summary: one line; `{community}` stands for its name.
        description: with numbers of now as `{family:format}` or `{family:format,label=value}`; see `FORMATS`.
    """

    condition: str
    severity: str
    summary: str
    description: str

    @property
    def name(self) -> str:
        """As Prometheus has it: TenfoldGrowthStalled."""
        return "Tenfold" + "".join(word.capitalize() for word in self.condition.split("_"))

    @property
    def families(self) -> Sequence[str]:
        """The families whose numbers it says, without prefix."""
        return [found["family"] for found in NUMBER.finditer(self.description)]


def alerts() -> list[Alert]:
    """All of them, as `alerts.toml` has them."""
    return [Alert(condition, **words) for condition, words in tomllib.loads(WORDS.read_text()).items()]


def rule(alert: Alert) -> dict[str, Any]:
    """The rule of an alert."""
    return {
        "alert": alert.name,
        "expr": (
            "max by (community, condition) "
            f'(last_over_time(tenfold_condition{{condition="{alert.condition}"}}[1d])) == 1'
        ),
        "for": "2h",
        "keep_firing_for": "1d",
        "labels": {"severity": alert.severity},
        "annotations": {
            "summary": filled(alert.summary),
            "description": filled(alert.description),
            "runbook_url": "{{ $externalLabels.tenfold_url }}/runbook#" + alert.condition,
            "dashboard_url": "{{ $externalLabels.tenfold_url }}/communities/{{ $labels.community }}",
        },
    }


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
    group = {"name": "tenfold-community", "interval": INTERVAL, "rules": [rule(alert) for alert in alerts()]}
    return HEADER + yaml.safe_dump({"groups": [group]}, sort_keys=False, width=120)


if __name__ == "__main__":
    RULES.write_text(text())
