"""Work across teams and communication against their oracle, in communities that are drawn."""

from datetime import timedelta
from random import Random

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from projections.collaboration.counts import CrossTeamCounts
from projections.collaboration.flows import Flows
from projections.communication.counts import WorkShareCounts
from projections.community.counts import CommunityCounts, Coverage
from projections.evaluation.community import Community as Counted
from projections.evaluation.fold import community_of
from projections.timeline.days import number_of
from tests.oracle import communication, teams
from tests.oracle.contributions import know
from tests.support.against_oracle import unlike, values_of
from tests.support.drawn_communities import Community, communities_together

BACK_DAYS = (-366, -180, -179, -90, -31, -1, 0, 1, 8, 30, 45, 90, 120, 180, 365)
OURS = ("cross_team", "bridges", "relationships", "last_engagement", "engagement_slots", "work_share", "practice")
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate])


def is_ours(family: str) -> bool:
    return family.removeprefix("tenfold_").startswith(OURS)


@settings(slowly, max_examples=20)
@given(communities_together())
def test_every_number_is_the_oracles(community: Community) -> None:
    assert unlike(community, [teams.families, communication.families], BACK_DAYS, is_ours) == []


def counted(community: Community, days: int) -> tuple[Counted, CommunityCounts]:
    """Everything counted on so many days up to the day around which things happen."""
    log, policy, pivot = community
    held = community_of(log, policy, "valley")
    coverage = Coverage(number_of(pivot) - days + 1, days, by_organisation=True)
    counts = CommunityCounts(policy, coverage, (CrossTeamCounts, WorkShareCounts))
    return held, counts


@settings(slowly, max_examples=30)
@given(communities_together())
def test_every_flow_is_the_oracles(community: Community) -> None:
    log, policy, pivot = community
    held, counts = counted(community, 400)
    counts.add(held.cells, held.who, held.names)
    found, known = Flows(counts.of(CrossTeamCounts), held.names.teams), know(log, values_of(policy))
    both_ways = counts.of(CrossTeamCounts).pairs.things("both ways")
    for back in (0, 1, 30, 90, 180, 365):
        wanted = teams.flows(known, values_of(policy), pivot - timedelta(days=back))
        assert {pair: int(people[-1 - back]) for pair, people in found.items() if people[-1 - back]} == wanted
        mutual = sum(people > 1 and wanted[other, one] > 1 for (one, other), people in wanted.items())
        assert both_ways[-1 - back] == mutual / 2
        for team in {team for pair in wanted for team in pair}:
            assert found.into(team)[-1 - back] == any(goal == team for _, goal in wanted)


@settings(slowly, max_examples=20)
@given(communities_together(), st.randoms(use_true_random=True))
def test_what_is_added_in_pieces_and_taken_away_leaves_what_would_have_been_there(
    community: Community, chance: Random
) -> None:
    held, whole = counted(community, 400)
    whole.add(held.cells, held.who, held.names)
    pieces = counted(community, 400)[1]
    persons = chance.sample(range(len(held.who.persons)), len(held.who.persons))
    for at in range(0, len(persons), 2):
        cells = held.cells.of_identities(held.who.identities_of(np.array(persons[at : at + 2])))
        for sign in (1, -1, 1):
            pieces.add(cells, held.who, held.names, sign)
    for one, other in zip(
        pieces.of(CrossTeamCounts).pairs.changes.columns, whole.of(CrossTeamCounts).pairs.changes.columns, strict=True
    ):
        assert one.tolist() == other.tolist()
    assert pieces.of(CrossTeamCounts).cross_team.tolist() == whole.of(CrossTeamCounts).cross_team.tolist()
    for test in ("rests on one", "both ways"):
        assert (
            pieces.of(CrossTeamCounts).pairs.things(test).tolist()
            == whole.of(CrossTeamCounts).pairs.things(test).tolist()
        )
    for kind in whole.of(WorkShareCounts).kinds:
        assert pieces.of(WorkShareCounts).people(kind).tolist() == whole.of(WorkShareCounts).people(kind).tolist()
