"""Goldens that stay: what one simulated community's surfaces say, word for word.

Where one differs as it should, write it anew: `python -m tests.goldens.test_goldens`.
"""

import asyncio
from pathlib import Path
from typing import Final

from tests.goldens.communities import GARDEN
from tests.goldens.files import differences, write
from tests.goldens.product import filled, postgres, served
from tests.goldens.surfaces import Surface, few

KEPT: Final = Path(__file__).parent / "kept"
ANEW: Final = "python -m tests.goldens.test_goldens"


async def rendered() -> list[Surface]:
    async with postgres() as url, filled(url, [GARDEN]), served() as client:
        return [surface async for surface in few(client, GARDEN)]


async def test_what_a_community_s_surfaces_say_is_what_is_kept() -> None:
    found = differences(KEPT, await rendered())
    words = "\n".join(line for lines in found.values() for line in lines)
    assert not found, f"{words}\n{len(found)} surfaces differ. If they are to: {ANEW}"


if __name__ == "__main__":
    write(KEPT, asyncio.run(rendered()))
