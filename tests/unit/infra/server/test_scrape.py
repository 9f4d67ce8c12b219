import shutil
import subprocess

import pytest
from prometheus_client.parser import text_string_to_metric_families

from infra.server import scrape
from infra.server.scrape import Operations
from projections.evaluation.catalog import HELP
from projections.timeline.history import History
from tests.support.made_up_community import LAST_DAY

BUILD = {"version": "0.1.0", "policy": "abc", "read_models": "1"}


@pytest.fixture
def text(history: History) -> str:
    now = Operations(BUILD, {("contributions", 3): 7}, {"not_json": 2}, 0.25, 1.7e9)
    samples = {name: history.on(LAST_DAY) for name in ("rust", "other")}
    catching_up = {"rust": False, "other": True}
    parts = scrape.numbers(samples, HELP), scrape.operations(now, catching_up, {"rust": True})
    return b"".join(parts).decode()


def test_every_number_is_there_once(text: str, history: History) -> None:
    found = {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    for sample in history.on(LAST_DAY):
        labels = dict(sample.labels) | {"community": "rust"}
        assert found[sample.name, tuple(sorted(labels.items()))] == pytest.approx(sample.value)
    names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(names) == len(set(names))


def test_operations_are_there(text: str) -> None:
    assert 'tenfold_position_lag_records{partition="3",topic="contributions"} 7.0' in text
    assert 'tenfold_dead_letters{reason="not_json"} 2.0' in text
    assert 'tenfold_dead_letters{reason="too_deep"} 0.0' in text, "every reason from the start"
    assert 'tenfold_catching_up{community="other"} 1.0' in text
    assert 'tenfold_evaluation_failed{community="rust"} 1.0' in text
    assert "tenfold_evaluation_seconds 0.25" in text


def test_nothing_is_made_up_before_anything_is_known() -> None:
    text = scrape.operations(Operations(BUILD), {}).decode()
    assert "tenfold_build_info" in text
    assert "tenfold_evaluation_seconds" not in text


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_promtool_finds_nothing_wrong(text: str) -> None:
    command = ["promtool", "check", "metrics"]
    done = subprocess.run(command, input=text, text=True, capture_output=True, check=False)
    assert not done.stdout + done.stderr
    assert done.returncode == 0
