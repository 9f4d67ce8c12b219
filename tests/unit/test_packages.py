from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["events", "projections", "reports", "streams", "infra"])
def test_our_packages_are_those_of_this_repository(name: str) -> None:
    origin = import_module(name).__file__
    assert origin is not None
    assert Path(origin) == ROOT / name / "__init__.py"
