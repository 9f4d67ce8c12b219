"""The dashboards' JSON is current, is Grafana's, keeps the rules of Grafana's dashboard-linter, and names what exists.

Source: https://github.com/grafana/dashboard-linter/blob/main/docs/index.md. Its rules for `job` and `instance` hold for
"Tenfold itself"; a community's numbers have one job and no instance (infra/monitoring/prometheus/prometheus.yml).
"""

import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest

from infra.monitoring.grafana.__main__ import BOARDS, FOLDER, text
from infra.monitoring.grafana.board import VARIABLES, Board
from infra.server import scrape
from infra.server.scrape import Operations
from projections.evaluation.catalog import FAMILIES
from streams.metrics import WorkerMetrics

PROVISIONING = FOLDER.parent / "provisioning"
FAMILY = re.compile(r"\btenfold_[a-z0-9_]+")
UNITS = {"short", "percentunit", "none", "s", "dateTimeAsIso", "d", "eps"}

boards = pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.uid)


def panels() -> Iterator[tuple[str, dict[str, Any]]]:
    for board in BOARDS:
        for panel in board.as_json()["panels"]:
            yield f"{board.uid}: {panel['title']}", panel


def expressions() -> Iterator[tuple[str, str]]:
    for name, panel in panels():
        yield from ((name, target["expr"]) for target in panel["targets"] if "expr" in target)


def operations() -> set[str]:
    registry = CollectorRegistry()
    WorkerMetrics(registry, "0.1.0")
    told = scrape.operations(Operations({"version": "0.1.0"}, {("t", 0): 0}, {}, 0.1, 1.0), {"garden": False})
    lines = (generate_latest(registry) + told).decode().splitlines()
    return {FAMILY.findall(line)[0] for line in lines if line.startswith("tenfold_")}


@boards
def test_the_json_is_what_the_code_says(board: Board) -> None:
    assert (FOLDER / f"{board.uid}.json").read_text("utf-8") == text(board), "run python -m infra.monitoring.grafana"


def test_there_is_no_other_json() -> None:
    assert {file.stem for file in FOLDER.glob("*")} == {board.uid for board in BOARDS}


@boards
def test_the_json_goes_through_grafanas_own_models_and_back_unchanged(board: Board) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the models of this schema are called old, and are what provisioning reads
        from grafana_foundation_sdk.cog.encoder import JSONEncoder
        from grafana_foundation_sdk.cog.plugins import register_default_plugins
        from grafana_foundation_sdk.models.dashboard import Dashboard

        register_default_plugins()
        given = json.loads(text(board))
        back = json.loads(json.dumps(Dashboard.from_json(given), cls=JSONEncoder))
    for one in (*back["links"], *back["annotations"]["list"]):
        assert one.pop("placement") == "inControlsMenu"  # the models have no other value, and none cannot be said
    assert back == given


@boards
def test_a_dashboard_says_what_it_is_and_is_changed_in_code_alone(board: Board) -> None:
    found = board.as_json()
    assert found["uid"] == board.uid
    assert found["description"]
    assert found["editable"] is False
    assert found["timezone"] == "utc"
    assert [link["title"] for link in found["links"]][:1] == ["Tenfold"]


@boards
def test_data_sources_are_variables_and_variables_are_read_anew_with_the_time(board: Board) -> None:
    found = {one["name"]: one for one in board.as_json()["templating"]["list"]}
    assert found["datasource"]["label"] == "Data source"
    assert found["datasource"]["query"] == "prometheus"
    assert {one["refresh"] for one in found.values() if one["type"] == "query"} == {2}


@boards
def test_variables_that_are_used_are_there_and_those_that_are_there_are_used(board: Board) -> None:
    found = board.as_json()
    there = {one["name"] for one in found["templating"]["list"]}
    used = set(re.findall(r"\$\{?([a-z]+)\b", json.dumps(found)))
    assert used == there


def test_communities_dashboards_have_the_marks_and_the_way_to_the_page() -> None:
    for board in BOARDS[:3]:
        found = board.as_json()
        assert [one["name"] for one in found["annotations"]["list"]] == ["Conditions", "Goals", "Actions", "Releases"]
        assert any("/communities/${community}" in link["url"] for link in found["links"])


def test_every_panel_has_a_title_a_description_a_unit_and_queries() -> None:
    for name, panel in panels():
        assert panel["title"], name
        assert len(panel["description"]) > 30, name
        assert panel["description"].endswith("."), name
        assert panel["fieldConfig"]["defaults"]["unit"] in UNITS, name
        assert panel["targets"], name


def test_every_panel_and_every_query_asks_a_data_source_that_can_be_chosen() -> None:
    for name, panel in panels():
        chosen = {panel["datasource"]["uid"], *(target["datasource"]["uid"] for target in panel["targets"])}
        assert chosen <= {"${datasource}", "${history}"}, name


def test_every_query_to_prometheus_has_a_legend() -> None:
    for name, panel in panels():
        for target in panel["targets"]:
            assert "expr" not in target or target["legendFormat"], name


def test_no_two_panels_overlap_and_none_leaves_the_width() -> None:
    for board in BOARDS:
        places = [panel["gridPos"] for panel in board.as_json()["panels"]]
        cells = [(x, y) for p in places for x in range(p["x"], p["x"] + p["w"]) for y in range(p["y"], p["y"] + p["h"])]
        assert len(cells) == len(set(cells))
        assert max(x for x, _ in cells) < 24


def test_rates_go_over_the_interval_that_grafana_chooses_and_only_of_counters() -> None:
    for name, expression in expressions():
        for of, over in re.findall(r"rate\(([a-z_]+){[^}]*}\[([^]]+)]", expression):
            assert over == "$__rate_interval", name
            assert of.endswith(("_total", "_bucket")), name
        counters = re.findall(r"tenfold_[a-z_]+(?:_total|_bucket)", expression)
        assert len(counters) == expression.count("rate("), name


def test_what_concerns_processes_can_be_narrowed_to_a_job_and_a_community_is_always_chosen() -> None:
    for name, expression in expressions():
        wanted = '=~"$job"' if name.startswith("tenfold-itself") else 'community="$community"'
        assert wanted in expression, name


def test_lines_of_communities_from_prometheus_say_that_they_are_as_published() -> None:
    for name, panel in panels():
        if name.startswith("tenfold-itself") or panel["type"] != "timeseries":
            continue
        for target in panel["targets"]:
            if "expr" in target:
                assert re.fullmatch(r"last_over_time\(tenfold_[a-z_]+{[^}]*}\[26h]\)", target["expr"]), name
                assert "as published" in panel["title"], name
                assert "As published" in panel["description"], name


def test_every_family_that_is_asked_for_exists() -> None:
    known = {f"tenfold_{family}" for family in FAMILIES} | operations()
    for name, panel in panels():
        for target in panel["targets"]:
            asked = set(FAMILY.findall(target.get("expr") or target["rawSql"]))
            assert asked <= known, name


def test_every_question_has_a_panel() -> None:
    """What dashboards are there to answer, family by family."""
    asked = {family for _, panel in panels() for family in FAMILY.findall(json.dumps(panel["targets"]))}
    wanted = {
        "growth_verdict", "leadership_verdict", "active_contributors", "recurring_contributors",
        "goal_target_contributors", "new_contributors", "returned_contributors", "lapsed_contributors",
        "retention_ratio", "growth_change_low_ratio", "growth_change_high_ratio", "condition",
        "condition_since_timestamp_seconds", "effective_leaders", "scopes", "leadership_strength_ratio",
        "renewal_balance_leaders", "leadership_share_ratio", "departure_exposure_ratio", "mentorships_active",
        "pathway_contributors", "engagement_slots_filled", "milestone", "risk", "scaling_success",
    }  # fmt: skip
    assert {f"tenfold_{family}" for family in wanted} <= asked


def test_people_come_from_postgresql_alone() -> None:
    for name, panel in panels():
        for target in panel["targets"]:
            assert "holder" not in target.get("expr", ""), name


def test_data_sources_are_provisioned_under_the_names_that_dashboards_choose() -> None:
    sources = yaml.safe_load((PROVISIONING / "datasources" / "tenfold.yml").read_text())["datasources"]
    chosen = {VARIABLES[name]["query"]: VARIABLES[name]["current"]["value"] for name in ("datasource", "history")}
    assert {one["type"]: one["uid"] for one in sources} == chosen


def test_dashboards_are_provisioned_and_not_changed_in_grafana() -> None:
    providers = yaml.safe_load((PROVISIONING / "dashboards" / "tenfold.yml").read_text())["providers"]
    assert [one["allowUiUpdates"] for one in providers] == [False]
