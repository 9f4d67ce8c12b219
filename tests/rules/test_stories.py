"""The rules as promtool plays them: when somebody is told, with which words, and when nobody is."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.monitoring.prometheus.alerts import RULES, alert_name
from projections.conditions.catalog import CONDITIONS
from tests.rules.community_cases import cases

RULE_FILES = sorted(RULES.parent.glob("*.yml"))
WRITTEN = sorted(Path(__file__).parent.glob("*.yml"))

needs_promtool = pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")


def run(*words: str | Path) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_promtool
def test_every_condition_is_told_when_it_holds_and_never_for_what_is_missing(tmp_path: Path) -> None:
    made = tmp_path / "community.yml"
    made.write_text(yaml.safe_dump({"rule_files": [str(RULES)], **cases()}, width=200))
    run("promtool", "test", "rules", made)


@needs_promtool
@pytest.mark.parametrize("written", WRITTEN, ids=lambda path: path.stem)
def test_stories_written_by_hand(written: Path) -> None:
    run("promtool", "test", "rules", written)


def test_every_alert_is_seen_to_fire_and_to_be_silent() -> None:
    rules = [
        rule for file in RULE_FILES for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"]
    ]
    names = {rule["alert"] for rule in rules if "alert" in rule}
    told: set[str] = set()
    silent: set[str] = set()
    for file in [cases(), *(yaml.safe_load(written.read_text()) for written in WRITTEN)]:
        for one in expectations(file):
            (told if one.get("exp_alerts") else silent).add(one["alertname"])
    assert (names - told, names - silent) == (set(), set())
    assert (told | silent) == names
    assert {alert_name(one) for one in CONDITIONS.values()} < names


def expectations(file: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for test in file["tests"] for one in test.get("alert_rule_test", [])]
