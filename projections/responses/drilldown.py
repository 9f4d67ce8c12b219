"""A number about responses opened up: whose artefacts it counts on a day, and the contributions that say so."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from projections.community.artefacts import key_at
from projections.community.snapshot import CommunitySnapshot
from projections.responses.families import FAMILIES
from projections.responses.outcomes import ResponsesEvaluation, Settled

IS_NEWCOMER: Mapping[str, bool] = {"yes": True, "no": False}


def opened(
    snapshot: CommunitySnapshot, family: str, labels: Mapping[str, str], day: int
) -> Mapping[int, Sequence[bytes]]:
    """The number of each person → keys of what they opened and of what answered or settled it.

    Args:
        snapshot: a community that was asked about its responses.
        family: without prefix.
        labels: of the series.
        day: a day number.
    """
    found: dict[int, list[bytes]] = defaultdict(list)
    answered = snapshot.find(ResponsesEvaluation)
    if answered is None or family not in FAMILIES:
        return found
    settled = of_family(answered, family)
    settled = settled.where((settled.start <= day) & (settled.end > day))
    newcomer = IS_NEWCOMER.get(labels.get("newcomer", ""))
    if newcomer is not None:
        settled = settled.where(settled.newcomer == newcomer)
    for person, artefact, by in zip(
        *(one.tolist() for one in (settled.person, settled.artefact, settled.by)), strict=True
    ):
        found[person] += [key_at(answered.rows, row) for row in dict.fromkeys((artefact, by))]
    return found


def of_family(answered: ResponsesEvaluation, family: str) -> Settled:
    """What a family counts."""
    if family == "newcomers_unanswered":
        return answered.waiting
    return answered.decisions if family.startswith("acceptance") else answered.responses
