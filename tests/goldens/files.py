"""Surfaces in a folder, each a file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path

from tests.goldens.surfaces import Surface


def write(folder: Path, surfaces: Iterable[Surface]) -> None:
    """Write each; what was there of the same name is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in surfaces:
        (folder / name).write_text(content, "utf-8")


def differences(
    folder: Path, surfaces: Iterable[Surface], about: Collection[str] | None = None
) -> Mapping[str, Sequence[str]]:
    """What differs from the files of a folder, as unified differences by name.

    Args:
        folder: What is held to be right.
        surfaces: As they are now.
        about: First words of the names that count; all where it is None.
    """
    before = {file.name: file.read_text("utf-8") for file in folder.iterdir()}
    now = dict(surfaces)
    names = [name for name in sorted(before.keys() | now.keys()) if about is None or name.split(".")[0] in about]
    return {
        name: list(_difference(name, before.get(name), now.get(name)))
        for name in names
        if before.get(name) != now.get(name)
    }


def _difference(name: str, before: str | None, now: str | None) -> Iterable[str]:
    sides = {"before": before, "now": now}
    old, new = (f"{name}, {side}{': not there' if text is None else ''}" for side, text in sides.items())
    return unified_diff((before or "").splitlines(), (now or "").splitlines(), old, new, n=1, lineterm="")
