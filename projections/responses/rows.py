"""What contributions say of artefacts, as rows: one for each that says what it concerns, answers or settles.

Keys are hashes of 16 bytes, held as two numbers; zeros stand for "none".
"""

from collections.abc import Iterable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from events.contributions import ContributionRecorded
from events.fast_contribution import microseconds
from events.keys import fact_key

Rows: TypeAlias = "NDArray[np.void]"
OUTCOMES: Final = ("", "opened", "accepted", "declined")
OPENED, ACCEPTED, DECLINED = 1, 2, 3
NONE: Final = bytes(16)

_KEYS: Final = [(f"{of}_{half}", ">u8") for of in ("key", "about", "responds_to") for half in ("high", "low")]
ROW: Final = np.dtype([*_KEYS, ("identity", "i8"), ("source", "i8"), ("time", "i8"), ("outcome", "i8")])
"""Identity and source are numbers of names, `time` microseconds since the epoch, `outcome` a place in `OUTCOMES`."""

COPIED: Final = np.dtype(
    [
        ("fields", ">i2"),
        *(
            field
            for of in ("key", "about", "responds_to")
            for field in ((f"{of}_size", ">i4"), (f"{of}_high", ">u8"), (f"{of}_low", ">u8"))
        ),
        *(field for of in ("identity", "source", "time", "outcome") for field in ((f"{of}_size", ">i4"), (of, ">i8"))),
    ]
)
"""A row as PostgreSQL's binary COPY gives it: three uuid and four bigint, none of them null."""


def no_rows() -> Rows:
    """Nothing said."""
    return np.empty(0, ROW)


def from_copy(body: bytes) -> Rows:
    """Rows of a binary COPY without its header and trailer."""
    copied = np.frombuffer(body, COPIED)
    rows = np.empty(len(copied), ROW)
    for name in ROW.names or ():
        rows[name] = copied[name]
    return rows


def of_events(told: Iterable[tuple[ContributionRecorded, int, int]]) -> Rows:
    """The rows of contributions that say anything of artefacts, each beside the numbers of identity and source."""
    rows = [row_of(*one) for one in told if says_something(one[0])]
    return np.array(rows, ROW) if rows else no_rows()


def says_something(event: ContributionRecorded) -> bool:
    """Whether it says what it concerns, answers or settles."""
    data = event.data
    return data.about is not None or data.responds_to is not None or data.outcome is not None


def row_of(event: ContributionRecorded, identity: int, source: int) -> tuple[int, ...]:
    """The row of one contribution."""
    data = event.data
    about = NONE if data.about is None else fact_key(event.community, event.source, data.about)
    answered = data.responds_to
    target = NONE if answered is None else fact_key(event.community, answered.source, answered.id)
    keys = [half for key in (fact_key(event.community, event.source, event.id), about, target) for half in halves(key)]
    return (*keys, identity, source, microseconds(event.time), OUTCOMES.index(data.outcome or ""))


def halves(key: bytes) -> tuple[int, int]:
    """A key as two numbers that sort as it does."""
    return int.from_bytes(key[:8], "big"), int.from_bytes(key[8:], "big")


def key_at(rows: Rows, at: int) -> bytes:
    """The key of the contribution of a row."""
    return int(rows["key_high"][at]).to_bytes(8, "big") + int(rows["key_low"][at]).to_bytes(8, "big")
