"""Who is behind a number about responses: whose artefacts it counts on a day, and the contributions that say so."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from projections.community.artefacts import key_at
from projections.metrics.drilldown import Drilldown, NumberQuery, by_person
from projections.responses.outcomes import ResponsesEvaluation, Settled

IS_NEWCOMER: Mapping[str, bool] = {"yes": True, "no": False}


def drill_responses(query: NumberQuery) -> Drilldown:
    """The authors of the artefacts that a number about responses counts."""
    found = artefacts_of(query)
    identities = by_person(query.snapshot, np.array(list(found), np.int64))
    keys = {query.snapshot.who.persons[person]: theirs for person, theirs in found.items()}
    first = query.day - query.window + 1
    return Drilldown(identities, first, query.day, active_only=False, contributions=keys)


def artefacts_of(query: NumberQuery) -> Mapping[int, Sequence[bytes]]:
    """The number of each person → keys of what they opened and of what answered or settled it."""
    found: dict[int, list[bytes]] = defaultdict(list)
    answered = query.snapshot.find(ResponsesEvaluation)
    if answered is None:
        return found
    settled = of_family(answered, query.family)
    settled = settled.where((settled.start <= query.day) & (settled.end > query.day))
    newcomer = IS_NEWCOMER.get(query.labels.get("newcomer", ""))
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
