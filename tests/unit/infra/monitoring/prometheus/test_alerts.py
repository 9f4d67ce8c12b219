"""What the rules rest on: files, names, families, words and where messages go."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest

from infra.monitoring.prometheus import alerts as written
from infra.monitoring.prometheus.alerts import NUMBER, RULES
from infra.server import scrape
from infra.server.scrape import Operations
from projections.conditions.catalog import CONDITIONS
from projections.evaluation.catalog import FAMILIES, HELP
from projections.timeline.history import Sample
from streams.metrics import WorkerMetrics

INFRA = RULES.parents[2]
ALERTMANAGER = INFRA / "alertmanager" / "alertmanager.yml"
MESSAGE = ALERTMANAGER.parent / "message.tmpl"
COMPARES_WITH_THE_PAST = re.compile(r"\b(offset|delta|idelta|deriv|predict_linear)\b|@")
FAMILY = re.compile(r"\btenfold_[a-z0-9_]+")
RECORDED = re.compile(r"\btenfold:[a-z0-9_:]+")
BY_DEFINITION = {'tenfold_pathway_step_days_median use base unit "seconds" instead of "days"'}
"""The definitions count a step in days, and call the family so."""

needs_promtool = pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")
needs_amtool = pytest.mark.skipif(not shutil.which("amtool"), reason="amtool is not installed")


def rules() -> Iterator[dict[str, Any]]:
    for file in sorted(RULES.parent.glob("*.yml")):
        for group in yaml.safe_load(file.read_text())["groups"]:
            yield from group["rules"]


def rules_of_communities() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(RULES.read_text())["groups"][0]["rules"]
    return found


def worker_text() -> str:
    registry = CollectorRegistry()
    WorkerMetrics(registry, "0.1.0")
    return generate_latest(registry).decode()


def server_text() -> str:
    now = Operations({"version": "0.1.0"}, {("contributions", 0): 0}, {}, 0.1, 1.0)
    return scrape.operations(now, {"garden": False}).decode()


def families_of(text: str) -> set[str]:
    return {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}


def run(*words: str | Path, given: str = "") -> str:
    done = subprocess.run(words, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_rules_of_communities_are_what_the_words_say() -> None:
    assert RULES.read_text() == written.text(), "run python -m infra.monitoring.prometheus.alerts"


def test_every_condition_has_one_alert_and_there_is_no_other() -> None:
    names = [rule["alert"] for rule in rules_of_communities()]
    assert names == [written.alert_name(one) for one in CONDITIONS.values()]
    assert len(set(names)) == len(CONDITIONS)


def test_an_alert_of_a_community_rests_on_its_condition_alone() -> None:
    for rule in rules_of_communities():
        assert set(FAMILY.findall(rule["expr"])) == {"tenfold_condition"}
        assert (rule["for"], rule["keep_firing_for"]) == ("2h", "1d")


def test_an_hour_without_prometheus_ends_no_alert_and_begins_none_anew() -> None:
    """Alertmanager waits four intervals; after a start there is a look within one, and `for` begins anew."""
    [group] = yaml.safe_load(RULES.read_text())["groups"]
    interval, held = (int(text.removesuffix("h")) for text in (group["interval"], group["rules"][0]["for"]))
    assert interval + 1 + interval + max(held, interval) < 4 * interval


def test_nothing_compares_what_a_community_was_with_what_it_is() -> None:
    """Prometheus keeps the past as it was published; the true past changes with each correction."""
    for rule in rules():
        texts = [rule["expr"], *rule.get("annotations", {}).values()]
        of_communities = [text for text in texts if set(families_in(text)) & set(FAMILIES)]
        assert [text for text in of_communities if COMPARES_WITH_THE_PAST.search(text)] == []


def families_in(text: str) -> list[str]:
    return [name.removeprefix("tenfold_") for name in FAMILY.findall(text)]


def test_rules_name_only_what_exists() -> None:
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    operations = families_of(server_text()) | families_of(worker_text())
    known = {f"tenfold_{name}" for name in FAMILIES} | operations | {"tenfold_url", "tenfold_"}
    for rule in rules():
        for text in (rule["expr"], *rule.get("annotations", {}).values()):
            assert set(FAMILY.findall(text)) - known == set()
            assert set(RECORDED.findall(text)) - recorded == set()


@pytest.mark.parametrize("name", CONDITIONS)
def test_words_are_sentences_with_numbers_that_are_families(name: str) -> None:
    said = CONDITIONS[name]
    assert {found["family"] for found in NUMBER.finditer(said.meaning)} <= set(FAMILIES)
    assert "{" not in NUMBER.sub("", said.meaning)
    assert "{community}" in said.headline
    assert not said.headline.endswith(".")
    assert said.meaning.endswith(".")
    assert "\n" not in said.meaning
    assert "  " not in said.meaning


def test_severities_are_those_that_routes_know() -> None:
    assert {one.severity for one in CONDITIONS.values()} == {"ticket", "digest"}
    services = [rule for rule in rules() if "alert" in rule and rule not in rules_of_communities()]
    assert {rule["labels"]["severity"] for rule in services} == {"page", "ticket"}


def test_every_alert_says_what_where_and_what_to_do() -> None:
    for rule in rules():
        if "alert" in rule:
            assert {"summary", "description", "runbook_url"} <= rule["annotations"].keys()
            assert rule["annotations"]["runbook_url"].startswith("{{ $externalLabels.tenfold_url }}/runbook#")


@needs_promtool
def test_promtool_accepts_configuration_and_rules() -> None:
    run("promtool", "check", "config", "--syntax-only", INFRA / "prometheus" / "prometheus.yml")  # has no token here
    run("promtool", "check", "rules", *RULES.parent.glob("*.yml"))


@needs_promtool
def test_promtool_finds_nothing_wrong_with_what_processes_say() -> None:
    samples = {"garden": [Sample(f"tenfold_{name}", {}, 1.0) for name in FAMILIES]}
    numbers = scrape.numbers(samples, HELP).decode()
    for text in (numbers + server_text(), worker_text()):
        done = subprocess.run(("promtool", "check", "metrics"), input=text, text=True, capture_output=True, check=False)
        assert set((done.stdout + done.stderr).splitlines()) <= BY_DEFINITION


@needs_amtool
def test_amtool_accepts_the_configuration() -> None:
    run("amtool", "check-config", ALERTMANAGER)


@needs_amtool
def test_everybody_is_told_what_is_theirs() -> None:
    for rule in rules():
        if "alert" in rule:
            severity, of_community = rule["labels"]["severity"], rule in rules_of_communities()
            condition = {"condition": "x", "community": "garden"} if of_community else {}
            labels = {"alertname": rule["alert"], "severity": severity, **condition}
            words = [f"{name}={value}" for name, value in labels.items()]
            told = run("amtool", "config", "routes", "test", "--config.file", ALERTMANAGER, *words).strip()
            by_severity = {"page": "on-call", "digest": "digest", "ticket": "leads" if of_community else "operators"}
            assert told == by_severity[severity]


def test_a_message_falls_into_the_hours_of_its_route_before_it_is_due_again() -> None:
    """A group is looked at every `group_interval` from its beginning on, whatever the hour: a day could miss them."""
    for route in yaml.safe_load(ALERTMANAGER.read_text())["route"]["routes"]:
        if "active_time_intervals" in route:
            assert route["group_by"] == ["community"]
            assert (route["group_interval"], route["repeat_interval"]) == ("10m", "7d")


@needs_amtool
def test_a_message_is_whole_sentences(tmp_path: Path) -> None:
    annotations = {
        "summary": "Growth of garden has stalled",
        "description": "The verdict has been flat.",
        "runbook_url": "http://here/runbook#growth_stalled",
        "dashboard_url": "http://here/communities/garden",
    }
    data = tmp_path / "data.json"
    data.write_text(json.dumps({"status": "firing", "alerts": [{"status": "firing", "annotations": annotations}]}))

    def said(name: str) -> str:
        return run(
            "amtool", "template", "render", "--template.glob", MESSAGE,
            "--template.data", data, "--template.text", f'{{{{ template "{name}" . }}}}',
        ).strip()  # fmt: skip

    assert said("tenfold.title") == "Growth of garden has stalled"
    assert said("tenfold.text").splitlines() == [
        "Growth of garden has stalled.",
        "",
        "The verdict has been flat.",
        "",
        "The numbers: http://here/communities/garden",
        "What to do: http://here/runbook#growth_stalled",
    ]
