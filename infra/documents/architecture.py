"""The parts of `docs/architecture.md` that follow from the code; all else in it is written by hand.

A part stands between `<!-- made: NAME -->` and `<!-- end -->`.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from infra.documents.markdown import row
from projections.evaluation.order import EVALUATIONS, in_order
from projections.metrics.evaluation import Evaluation

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "architecture.md"
PART: Final = re.compile(r"(?<=<!-- made: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)

Asked = type[Evaluation]


def architecture() -> str:
    """The document as it stands, its made parts anew."""
    return PART.sub(lambda part: f"{part[1]}{part[2]}{PARTS[part[1]]()}", PAGE.read_text("utf-8"))


def rings() -> str:
    """The rings: what is at the tail of an arrow may import what is at its head."""
    floors = [floor.split(" | ") for floor in _contract(lambda one: "containers" not in one)["layers"]]
    between = pairwise(floors)
    return _picture("LR", (f"{' & '.join(above)} --> {' & '.join(below)}" for above, below in between))


def packages_of_projections() -> str:
    """The packages inside of `projections/`, the lowest first."""
    return _packages("projections")


def packages_of_infra() -> str:
    """The rooms of `infra/`, the lowest first; those of one line know nothing of each other."""
    return _packages("infra")


def questions() -> str:
    """The questions: an arrow leads from one to those that need it, but where another way leads there already."""
    order = in_order(EVALUATIONS)
    nodes = [f'{_room(one)}["<b>{_room(one)}</b><br>{_first_sentence(one.__doc__)}"]' for one in order]
    arrows = [f"{_room(needed)} --> {_room(one)}" for one in order for needed in order if needed in _directly(one)]
    return _picture("LR", [*nodes, *arrows])


PARTS: Final[Mapping[str, Callable[[], str]]] = {
    one.__name__: one for one in (rings, packages_of_projections, packages_of_infra, questions)
}
"""Name of a part → what makes it."""


def _contract(is_it: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any]:
    """The contract about layers that fits, from import-linter's settings."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    return next(one for one in settings["contracts"] if one["type"] == "layers" and is_it(one))


def _packages(ring: str) -> str:
    floors: Sequence[str] = _contract(lambda one: one.get("containers") == [ring])["layers"]
    rows = [row("Package", "What it is about"), row("---", "---")]
    for floor in reversed(floors):
        rows += [row(_link(ring, one), _first_sentence(_words(ring, one))) for one in re.split(r" [|:] ", floor)]
    return "\n".join(["", *rows, "", ""])


def _link(ring: str, name: str) -> str:
    return f"[{name}](../{_file(ring, name).relative_to(ROOT)})"


def _file(ring: str, name: str) -> Path:
    package = ROOT / ring / name / "__init__.py"
    return package if package.exists() else ROOT / ring / f"{name}.py"


def _words(ring: str, name: str) -> str | None:
    return ast.get_docstring(ast.parse(_file(ring, name).read_text("utf-8")))


def _first_sentence(words: str | None) -> str:
    """Up to the first end of a sentence, on one line."""
    told = " ".join((words or "").split("\n\n")[0].split())
    return re.split(r"(?<=[.?!]) ", told)[0].rstrip(".")


def _room(one: Asked) -> str:
    return one.__module__.split(".")[1]


def _directly(one: Asked) -> set[Asked]:
    """What it needs and nothing that it needs does."""
    return set(one.needs) - {further for needed in one.needs for further in _needed(needed)}


def _needed(one: Asked) -> Iterator[Asked]:
    for needed in one.needs:
        yield needed
        yield from _needed(needed)


def _picture(direction: str, lines: Sequence[str] | Iterator[str]) -> str:
    return "\n".join(["```mermaid", f"flowchart {direction}", *(f"  {line}" for line in lines), "```", ""])
