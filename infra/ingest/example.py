"""The example that comes with the repository: a real community, most of it under pseudonyms."""

from pathlib import Path
from typing import Final

from events.errors import TenfoldError

COMMUNITY: Final = "rust"
FOLDER: Final = Path(__file__).parents[2] / "examples" / COMMUNITY
EVENTS: Final = FOLDER / "events.jsonl.gz"
POLICY: Final = FOLDER / "policy.toml"


def events_file() -> Path:
    """Where the example's events are.

    Raises:
        TenfoldError: this is an installation without the repository.
    """
    return _there(EVENTS)


def policy_file() -> Path:
    """Where it stands what the example is measured by: which scopes its contributions can be seen in, above all.

    Raises:
        TenfoldError: this is an installation without the repository.
    """
    return _there(POLICY)


def _there(file: Path) -> Path:
    if not file.is_file():
        raise TenfoldError("the example lies in the repository, in examples/rust; here, name a repository with --repo")
    return file
