"""What contributions say of artefacts, as rows: one for each that says what it concerns, answers or settles.

Keys are hashes. Their first 64 bits tell rows apart here: among two million, the chance that any two agree is one in
ten million. Zero stands for "none".
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
HALF_BYTES: Final = 8

ROW: Final = np.dtype(
    [
        *((name, np.uint64) for name in ("key", "key_rest", "about", "responds_to")),
        *((name, np.int64) for name in ("identity", "source", "time", "outcome")),
    ]
)
"""A key in two halves; first halves of the keys of what it is about and responds to; identity and source as numbers of
names; `time` in microseconds since the epoch; `outcome` as a place in `OUTCOMES`."""

COPIED: Final = np.dtype(
    [
        ("fields", ">i2"),
        *(
            field
            for name in ("key", "responds_to")
            for field in ((f"{name}_size", ">i4"), (name, ">u8"), (f"{name}_rest", ">u8"))
        ),
        *(
            field
            for name in ("about", "identity", "source", "time", "outcome")
            for field in ((f"{name}_size", ">i4"), (name, ">u8" if name == "about" else ">i8"))
        ),
    ]
)
"""A row as PostgreSQL's binary COPY gives it: two uuid and five bigint, none of them null."""


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
    data, key = event.data, fact_key(event.community, event.source, event.id)
    about = 0 if data.about is None else number(fact_key(event.community, event.source, data.about)[:HALF_BYTES])
    answered = data.responds_to
    target = fact_key(event.community, answered.source, answered.id)[:HALF_BYTES] if answered else b""
    keys = (number(key[:HALF_BYTES]), number(key[HALF_BYTES:]), about, number(target))
    return (*keys, identity, source, microseconds(event.time), OUTCOMES.index(data.outcome or ""))


def number(half: bytes) -> int:
    """Half a key as a number that sorts as it does; 0 for nothing."""
    return int.from_bytes(half, "big")


def key_at(rows: Rows, at: int) -> bytes:
    """The key of the contribution of a row."""
    return b"".join(int(rows[half][at]).to_bytes(HALF_BYTES, "big") for half in ("key", "key_rest"))
