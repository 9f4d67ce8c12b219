"""The oracle stands by itself: of ours it knows what happened, and nothing of how we count."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ORACLE = sorted((Path(__file__).parents[2] / "oracle").glob("*.py"))
OURS = {"projections", "streams", "infra", "benchmarks"}


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("module", ORACLE, ids=lambda module: module.stem)
def test_the_oracle_imports_nothing_of_ours_but_events(module: Path) -> None:
    names = {name.partition(".")[0] for name in imported(module)}
    assert not names & OURS
    assert {name for name in imported(module) if name.startswith("tests")} <= {
        f"tests.oracle.{one.stem}" for one in ORACLE
    } | {"tests.oracle"}
