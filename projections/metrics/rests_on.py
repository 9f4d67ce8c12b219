"""What somebody has to read before a number of a family is known: contributions, roles, both, or nothing."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from projections.community.covered import Read
from projections.policy.policy import CommunityPolicy

RestsOn: TypeAlias = Callable[[Mapping[str, str], CommunityPolicy], Read]
"""Says it of a number with these labels."""


def contributions(_labels: Mapping[str, str], _policy: CommunityPolicy) -> Read:
    """What people did."""
    return Read.CONTRIBUTIONS


def roles(_labels: Mapping[str, str], _policy: CommunityPolicy) -> Read:
    """Who holds which role."""
    return Read.ROLES


def both(_labels: Mapping[str, str], _policy: CommunityPolicy) -> Read:
    """What people did who hold roles."""
    return Read.CONTRIBUTIONS | Read.ROLES


def seats(labels: Mapping[str, str], policy: CommunityPolicy) -> Read:
    """The seats that the label names, or else those that the policy judges by; active ones are of who worked."""
    active = labels.get("seats", policy.judge_by) == "active"
    return Read.CONTRIBUTIONS | Read.ROLES if active else Read.ROLES


def words(_labels: Mapping[str, str], _policy: CommunityPolicy) -> Read:
    """What people say themselves, what is about sources, and states that say themselves when they are unknown."""
    return Read.NOTHING
