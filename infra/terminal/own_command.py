"""How Tenfold is called where somebody reads what it prints: a hint has to work as it stands."""

import os
import shutil
import sys
from pathlib import Path


def own_command() -> str:
    """`tenfold` where the shell finds the one that runs, else the path that it was started by."""
    started = Path(sys.argv[0])
    if started.name != "tenfold":
        is_module = started.parts[-2:] == ("infra", "__main__.py")
        return f"{_shown(Path(sys.executable))} -m infra" if is_module else "tenfold"
    found = shutil.which("tenfold")
    return "tenfold" if found and Path(found).resolve() == started.resolve() else _shown(started)


def _shown(path: Path) -> str:
    """Relative where it lies below the current folder."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - a link stays a link
    here = Path.cwd()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)
