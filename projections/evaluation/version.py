"""Which code numbers come from: derived from that code, so that nobody has to remember to say that it changed."""

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

ROOT: Final = "projections"
COUNTS_NOTHING: Final = frozenset({"explain", "disclosure"})
"""Packages of projections that say what is behind a number, and who may see it: no number follows from them."""


@cache
def read_model_version() -> int:
    """A number that changes whenever the code that counts, or a family, does; not with words about it.

    It has 29 bits: events bear counts up to 1,000,000,000.
    """
    digest = hashlib.sha256()
    for module in counting(files(ROOT)):
        digest.update(ast.dump(without_words(ast.parse(module.read_text("utf-8")))).encode())
    return int.from_bytes(digest.digest()[:4], "big") >> 3


def counting(folder: Traversable) -> Iterator[Traversable]:
    """The modules that count, in an order of their own."""
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        if one.is_dir() and one.name not in COUNTS_NOTHING:
            yield from counting(one)
        elif one.name.endswith(".py"):
            yield one


def without_words(tree: ast.Module) -> ast.Module:
    """A module without docstrings; comments are gone already."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node, clean=False
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return tree
