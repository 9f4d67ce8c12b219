"""The way of two numbers from the table to every surface: the files that a reader opens, held to the code.

Each stop defines what is named, and imports, or is imported by, another stop, or is what the package loads by name.
Counting is printed: `pytest -s`.
"""

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Way = Mapping[str, str]

READ: Way = {
    "projections/evaluation/reader.py": "FactReader",
    "projections/evaluation/community.py": "Community",
    "projections/evaluation/order.py": "declared",
}
SHOWN: Way = {
    "projections/timeline/history.py": "History",
    "projections/evaluation/evaluator.py": "Evaluator",
    "infra/server/rendered.py": "shown",
    "infra/server/scrape.py": "metric_lines",
    "projections/disclosure/view.py": "Disclosure",
    "reports/builder.py": "report_for",
    "reports/numbers.py": "numbers_on",
    "reports/tables.py": "tables",
    "reports/format/values.py": "format_value",
    "reports/text/numbers.py": "every_table",
    "infra/server/pages.py": "Pages",
}
ACTIVE: Way = {
    **READ,
    "projections/community/contributions.py": "DailyContributions",
    "projections/community/names.py": "ContributionNames",
    "projections/community/contributed.py": "Contributed",
    "projections/community/counts.py": "CommunityCounts",
    "projections/activity/counts.py": "ActivityCounts",
    "projections/activity/measures.py": "count_active",
    "projections/timeline/ranges.py": "spells",
    "projections/activity/series.py": "activity_series",
    "projections/activity/families.py": "ACTIVITY_FAMILIES",
    "projections/activity/evaluation.py": "EvaluateActivity",
    **SHOWN,
    "infra/monitoring/grafana/growing.py": "GROWING_BOARD",
}
STRENGTH: Way = {
    **READ,
    "projections/seats/seats.py": "ranges_held",
    "projections/seats/roster.py": "Roster",
    "projections/seats/evaluation.py": "EvaluateSeats",
    "projections/leadership/state.py": "Grids",
    "projections/leadership/grid.py": "Scopes",
    "projections/leadership/measures.py": "strength",
    "projections/leadership/numbers.py": "Judged",
    "projections/leadership/series.py": "leadership_series",
    "projections/leadership/evaluation.py": "EvaluateLeadership",
    "projections/leadership/families.py": "LEADERSHIP_FAMILIES",
    **SHOWN,
    "infra/monitoring/grafana/leading.py": "LEADING_BOARD",
}


def names(file: str) -> set[str]:
    """What a module defines or imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


@pytest.mark.parametrize(
    ("family", "way", "most"),
    [("tenfold_active_contributors", ACTIVE, 25), ("tenfold_leadership_strength_ratio", STRENGTH, 25)],
)
def test_the_way_of_a_number_is_short_and_true(family: str, way: Way, most: int) -> None:
    print(f"{family}: {len(way)} files from the table to /metrics, page, text, JSON and Grafana")  # noqa: T201
    assert [file for file, name in way.items() if name not in names(file)] == []
    modules = {file: file.removesuffix(".py").replace("/", ".") for file in way}
    alone = [
        file
        for file, module in modules.items()
        if not names(file) & (set(modules.values()) - {module})
        and not any(module in names(other) for other in way if other != file)
    ]
    assert [file for file in alone if "grafana" not in file] == []
    assert len(way) <= most


def test_the_boards_and_the_records_name_both() -> None:
    for family, board in (("active_contributors", "growing"), ("leadership_strength_ratio", "leading")):
        assert family in (ROOT / f"infra/monitoring/grafana/{board}.py").read_text("utf-8")
