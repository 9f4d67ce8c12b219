"""The example that comes with the repository: a real community, under pseudonyms."""

from pathlib import Path
from typing import Final

from events.errors import TenfoldError

COMMUNITY: Final = "rust"
FOLDER: Final = Path(__file__).parents[1] / "examples" / COMMUNITY
EVENTS: Final = FOLDER / "events.jsonl.gz"


def events_file() -> Path:
    """Where the example's events are.

    Raises:
        TenfoldError: this is an installation without the repository.
    """
    if not EVENTS.is_file():
        raise TenfoldError("the example lies in the repository, in examples/rust; here, name a repository with --repo")
    return EVENTS
