"""The house keeps its shape: no circle of packages, no name that means several things, few files outside of rooms."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RINGS = ("events", "projections", "reports", "streams", "infra")
LEFT_BEHIND = {
    *("joined", "known", "said", "told", "seen", "shown", "asked", "cells", "tally", "kept", "latch", "opened"),
    *("behind", "counted", "computed_from", "over", "parts", "sums", "comings", "hello", "together", "teams", "trust"),
    *(
        "answering",
        "wording",
        "values_text",
        "label_words",
        "paragraph",
        "edge",
        "by_hand",
        "unseen",
        "reading",
        "plain",
    ),
}
"""Names of modules that say nothing of what is in them, or a synonym of the field's term."""
IDIOM = {"logger"}
MOST_IN_A_RING = 2
MOST_FILES_OF_INFRA = 8


def modules(ring: str) -> Mapping[str, ast.Module]:
    """The modules of a ring by dotted name; a package is its `__init__`."""
    return {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(file.read_text())
        for file in sorted((ROOT / ring).rglob("*.py"))
        if "target" not in file.parts
    }


def imported(tree: ast.Module, known: Iterable[str]) -> Iterator[str]:
    """What a module imports, wherever it does, for types alone or not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in known else node.module


def uses(ring: str, depth: int) -> Mapping[str, set[str]]:
    """Package → packages of the same ring that it imports; `depth` is how many parts of a name make a package."""
    found: dict[str, set[str]] = defaultdict(set)
    trees = modules(ring)
    for name, tree in trees.items():
        here = ".".join(name.split(".")[:depth])
        for other in imported(tree, trees):
            there = ".".join(other.split(".")[:depth])
            if there.startswith(f"{ring}.") and there != here:
                found[here].add(there)
    return found


def defined(tree: ast.Module) -> Iterator[str]:
    """The names that a module defines at its top."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name))


@pytest.mark.parametrize("ring", RINGS)
@pytest.mark.parametrize("depth", [2, 9])
def test_no_packages_and_no_modules_import_each_other_in_a_circle(ring: str, depth: int) -> None:
    graph = uses(ring, depth)
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a circle: {' -> '.join(reversed(error.args[1]))}")
    print(f"{ring}: {len(order)} {'packages' if depth == 2 else 'modules'} in an order, 0 circles")  # noqa: T201


def test_no_module_bears_a_name_that_was_left_behind() -> None:
    names = {name for ring in RINGS for name in modules(ring)}
    assert sorted(name for name in names if name.rpartition(".")[2] in LEFT_BEHIND) == []


@pytest.mark.parametrize("ring", RINGS)
def test_a_name_is_defined_in_two_modules_of_a_ring_at_most(ring: str) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for module, tree in modules(ring).items():
        for name in sorted(set(defined(tree)) - IDIOM):
            places[name].append(module)
    often = {name: found for name, found in places.items() if len(found) > MOST_IN_A_RING}
    assert often == {}


def test_infra_holds_few_files_beside_its_rooms() -> None:
    files = [one.name for one in (ROOT / "infra").iterdir() if one.is_file()]
    assert len(files) <= MOST_FILES_OF_INFRA, sorted(files)
