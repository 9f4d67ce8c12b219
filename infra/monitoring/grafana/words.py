"""What descriptions say: the families' own help, and where the numbers come from."""

from typing import Final

from projections.evaluation.catalog import HELP

LIVE: Final = "Live, from Prometheus."
PAST: Final = "From PostgreSQL: closed days, always as known now."
PUBLISHED: Final = (
    "As published, from Prometheus: what was said at the time; days of before it ran have one sample each. "
    "Where it leaves PostgreSQL's line, the past was corrected since."
)


def says(*families: str) -> str:
    """What these families count, as the page, `explain` and the definitions have it."""
    return " ".join(HELP[family] for family in families)
