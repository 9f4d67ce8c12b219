"""Panels, alerts, metrics and documents name the same things."""

import json
import re
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from infra.monitoring.grafana.__main__ import FOLDER
from infra.server import scrape
from infra.server.scrape import Operations
from projections.evaluation.catalog import FAMILIES
from streams.metrics import WorkerMetrics

ROOT = Path(__file__).parents[4]
NAME = re.compile(r"\btenfold_[a-z0-9_]+")
OTHERS = {"tenfold_dashboards", "tenfold_leads", "tenfold_grafana", "tenfold_grafana_leads", "tenfold_url"} | {
    "tenfold_metrics_token"
}
"""Roles of the database, a label and a file: no metrics."""
NAMING = [
    *sorted(FOLDER.glob("*.json")),
    *sorted((ROOT / "infra" / "monitoring" / "prometheus" / "rules").glob("*.yml")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "infra" / "monitoring" / "runbook.md",
    ROOT / "README.md",
]


def known() -> set[str]:
    registry = CollectorRegistry()
    WorkerMetrics(registry, "0.1.0")
    told = scrape.operations(Operations({"version": "0.1.0"}, {("t", 0): 0}, {}, 0.1, 1.0), {"garden": False})
    text = (generate_latest(registry) + told).decode()
    operations = set(NAME.findall(text))
    return {f"tenfold_{family}" for family in FAMILIES} | operations | OTHERS


@pytest.mark.parametrize("file", NAMING, ids=lambda file: file.name)
def test_every_metric_that_is_named_exists(file: Path) -> None:
    assert set(NAME.findall(file.read_text("utf-8"))) <= known()


def test_every_family_is_in_the_documents() -> None:
    documented = (ROOT / "docs" / "metrics.md").read_text("utf-8")
    assert {family for family in FAMILIES if family not in documented} == set()


def test_panels_are_about_conditions_as_alerts_are() -> None:
    panels = json.loads((FOLDER / "tenfold-growing.json").read_text("utf-8"))["panels"]
    asked = {panel["title"]: json.dumps(panel["targets"]) for panel in panels}
    assert "tenfold_condition{" in asked["What needs attention"]
    assert "'tenfold_condition'" in asked["What held when"]
