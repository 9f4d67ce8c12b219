"""Teams by the policy, taken in step by step: what is called otherwise later is counted anew."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from events.envelope import Event
from projections.community.change import Change
from projections.evaluation.community import Community
from projections.evaluation.fold import change_of, fold
from projections.policy.policy import CommunityPolicy, Policy, PolicyError, SourcePolicy
from projections.timeline.history import History, series
from tests.oracle.writing import contribution

LAST = date(2020, 1, 9)
CAME = {"web": "2020-01-02", "docs": "2020-01-03", "early": "2020-01-01"}
LOG: list[Event] = [
    contribution(f"email:{team}{one}@x.org", day, team=team, id_=f"{team} {one}")
    for team, day in CAME.items()
    for one in range(2)
]


def stepwise(change: Change, policy: CommunityPolicy, late_teams: set[str]) -> History:
    """Those of some teams after all others, and after everything was counted once."""
    community = Community("", policy)
    is_late = np.isin(change.cells.team, [change.names.teams.index(team) for team in late_teams])
    community.apply(replace(change, cells=change.cells.where(~is_late)))
    community.history(LAST)
    community.apply(Change(change.names, change.cells.where(is_late)))
    return community.history(LAST)


@pytest.mark.parametrize("late", [{"early"}, {"web"}, {"docs", "early"}])
def test_a_team_that_turns_out_to_have_come_first_is_called_by_name(late: set[str]) -> None:
    policy = CommunityPolicy(teams_shown_max=1)
    found = stepwise(change_of(LOG), policy, late)
    for history in (found, fold(LOG, policy, LAST)):
        numbers = {
            team: history.value(series("team_active_contributors", team=team, window_days=30), LAST)
            for team in ("early", "other")
        }
        assert numbers == {"early": 2, "other": 4}


def test_sources_keep_their_teams_when_more_teams_come() -> None:
    sources = {"git:one": SourcePolicy(team="zoo"), "git:two*": SourcePolicy(team="web")}
    policy = CommunityPolicy(sources=sources)
    log = [*LOG, contribution("email:z@x.org", "2020-01-04", team="web", source="forge", id_="z")]
    found = stepwise(change_of(log), policy, {"early"})
    numbers = {
        team: found.value(series("team_active_contributors", team=team, window_days=30), LAST)
        for team in ("zoo", "web")
    }
    assert numbers == {"zoo": 6, "web": 1}


def test_a_pattern_gives_nothing_but_a_team() -> None:
    with pytest.raises(PolicyError, match="a pattern gives a team"):
        Policy.load('[communities.moss.sources."git:*"]\ncadence_days = 3\n')
