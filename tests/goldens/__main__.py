"""Every surface of Tenfold as a file: `python -m tests.goldens write FOLDER`, then `compare FOLDER` after a change.

It takes minutes. `--community NAME` (again for several) is about fewer; files about others are left alone.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.goldens.communities import NAMES
from tests.goldens.files import differences, write
from tests.goldens.product import filled, postgres, served
from tests.goldens.surfaces import Surface, every

LONGEST = 400


async def rendered(names: Sequence[str]) -> list[Surface]:
    async with postgres() as url, filled(url, names), served() as client:
        return [surface async for surface in every(client, names)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.goldens", description=__doc__)
    parser.add_argument("what", choices=("write", "compare"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--community", choices=NAMES, action="append")
    parser.add_argument("--lines", type=int, default=60, help="most lines of difference to show of one file")
    given = parser.parse_args()
    names = [name for name in NAMES if name in (given.community or NAMES)]
    logging.basicConfig(level=logging.WARNING)
    surfaces = asyncio.run(rendered(names))
    if given.what == "write":
        write(given.folder, surfaces)
        print(f"{len(surfaces)} surfaces in {given.folder}")  # noqa: T201 - its answer
        return 0
    wanted = (*names, "all") if len(names) == len(NAMES) else names
    found = differences(given.folder, surfaces, wanted)
    for lines in found.values():
        more = [f"… and {len(lines) - given.lines} lines more"] if len(lines) > given.lines else []
        print("\n".join(line[:LONGEST] for line in [*lines[: given.lines], *more]))  # noqa: T201
    print(f"{len(found)} of {len(surfaces)} surfaces differ", *sorted(found), sep="\n  ")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
