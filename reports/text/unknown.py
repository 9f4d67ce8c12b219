"""What of the stage cannot be told yet, gathered into one sentence with what would have to be recorded. Pure."""

from collections.abc import Iterator, Mapping

from reports.format.words import listed
from reports.stage.report import StageReport
from reports.text.wrap import wrap

UNKNOWN = "unknown"
MILESTONES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "core_mentored": ("whether new core members are mentored", ("roles", "mentoring")),
    "leadership_chances": ("whether contributors get to lead", ("roles", "opportunities")),
    "synergy": ("work with other teams", ("relationships",)),
    "communication": ("communication about impact", ("reports",)),
}
SUCCESS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "growth": ("growth to a goal", ("a goal",)),
    "distribution": ("how far leadership is spread", ("roles",)),
    "strength": ("how strong leadership is", ("roles",)),
    "momentum": ("momentum", ("roles", "mentoring", "check-ins")),
}
RISKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "coordinator_runway": ("whether a coordinator could be replaced", ("who coordinates",)),
    "ownership_openness": ("how open ownership is", ("roles",)),
    "pathway_gaps": ("where people stop (too few came so far)", ()),
}
"""What is not known, and what would have to be recorded for it."""


def unknown_part(told: StageReport, *, roles: bool, unread: str | None = None) -> list[str]:
    """One part; nothing where everything can be told.

    Args:
        told: The stage.
        roles: Whether roles were recorded, so that nobody is asked for them.
        unread: What nobody read, where that is so: it is to be read, and nothing else to be recorded.
    """
    found = list(unknown(told))
    if not found:
        return []
    wanted = [one for _, record in found for one in record if not (roles and one == "roles")]
    if unread:
        wanted = []
    record = f" \N{EN DASH} record {listed(list(dict.fromkeys(wanted)))}" if wanted else ""
    return wrap(f"Cannot be told yet: {', '.join(what for what, _ in found)}{record}.", indent=0)


def unknown(told: StageReport) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What cannot be told, in the order of the report."""
    yield from (MILESTONES[name] for name, one in told.milestones.items() if one.state == UNKNOWN)
    yield from (SUCCESS[name] for name, one in told.success.items() if one.holds is None)
    yield from (RISKS[name] for name, one in told.risks.items() if one.state == UNKNOWN)
