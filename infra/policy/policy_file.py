"""Reads the file that holds the policy, whatever that file is."""

import stat
from pathlib import Path

from projections.policy.policy import LONGEST_BYTES, Policy, PolicyError


def read_policy(file: Path | None) -> Policy:
    """The policy that a file holds; the defaults where there is none.

    Raises:
        PolicyError: it does not hold one that can be followed, or is no file that has an end.
        OSError: it cannot be read, now.
    """
    if file is None:
        return Policy()
    if not stat.S_ISREG(file.stat().st_mode):
        raise PolicyError("policy is not a regular file")
    with file.open("rb") as opened:
        content = opened.read(LONGEST_BYTES + 1)
    if len(content) > LONGEST_BYTES:
        raise PolicyError(f"policy is longer than {LONGEST_BYTES // 1024} KiB")
    try:
        return Policy.load(content.decode())
    except UnicodeDecodeError as error:
        raise PolicyError(f"policy is not UTF-8: {error.reason} at byte {error.start}") from error
