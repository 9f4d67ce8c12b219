"""Splits of the flows add up, and say what a person was when they came or before they went."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from events.contributions import ContributionRecorded
from events.envelope import Event
from events.people import PersonAffiliated
from projections.activity.flows import FLOWS, active_by_basis, flows
from projections.community.snapshot import CommunitySnapshot
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import series

START = datetime(2024, 1, 1, tzinfo=UTC)
POLICY = CommunityPolicy(windows_days=(30,), headline_window_days=30, teams=("docs", "tools"), min_people=1)


def commit(who: str, day: int, team: str | None = None) -> ContributionRecorded:
    return ContributionRecorded.model_validate(
        {
            "id": f"{who}-{day}-{team}",
            "source": "git:moss",
            "community": "moss",
            "subject": who,
            "time": START + timedelta(days=day),
            "team": team,
            "data": {"kind": "commit"},
        }
    )


def belongs(who: str, basis: str, day: int) -> PersonAffiliated:
    since = (START + timedelta(days=day)).date()
    data = {"organisation": "Acme", "basis": basis, "since": since}
    about = {"id": f"a-{who}-{day}-{basis}", "source": "by-hand", "community": "moss", "time": START}
    return PersonAffiliated.model_validate(about | {"subject": who, "data": data})


def snapshot(events: Sequence[Event]) -> CommunitySnapshot:
    community = community_of(events, POLICY, "moss")
    return community.snapshot


people = st.sampled_from([f"github:{number}" for number in range(6)])
work = st.builds(commit, people, st.integers(0, 120), st.sampled_from((None, "docs", "tools", "x")))
affiliation = st.builds(belongs, people, st.sampled_from(("paid", "volunteer")), st.integers(0, 99))


@settings(max_examples=60, deadline=None)
@given(st.lists(work | affiliation, min_size=1, unique_by=lambda one: one.id), st.integers(0, 150))
def test_every_split_adds_up_to_the_flow(events: list[Event], day: int) -> None:
    as_of = START.date() + timedelta(days=day)
    community = community_of(events, POLICY, "moss")
    history = community.history(as_of)
    found = flows(community.snapshot, number_of(as_of))
    for flow in FLOWS:
        value = history.value(series(f"{flow}_contributors", window_days=30), as_of)
        assert found[flow].people == (0 if value != value else value)  # noqa: PLR0124 - NaN alone is not itself
        for split in (found[flow].by_team, found[flow].by_basis, found[flow].by_class):
            assert not split or sum(split.values()) == found[flow].people


def test_who_works_in_two_teams_is_several_and_without_any_none() -> None:
    events: list[Event] = [commit("github:1", 1, "docs"), commit("github:2", 1, "docs"), commit("github:2", 2, "x")]
    found = flows(snapshot([*events, commit("github:3", 3)]), number_of(START.date()) + 10)
    assert found["new"].by_team == {"docs": 1, "several": 1, "none": 1}


def test_who_lapsed_is_what_they_were() -> None:
    events = [commit("github:1", 1, "docs"), belongs("github:1", "paid", 0), belongs("github:1", "volunteer", 20)]
    found = flows(snapshot(events), number_of(START.date()) + 40)
    assert found["lapsed"].by_team == {"docs": 1}
    assert found["lapsed"].by_basis == {"paid": 1}
    assert found["lapsed"].by_class == {"core": 1, "regular": 0, "casual": 0}


def test_shares_by_basis_count_the_unknown() -> None:
    events = [commit("github:1", 1), commit("github:2", 1), belongs("github:1", "paid", 0)]
    assert active_by_basis(snapshot(events), number_of(START.date()) + 5) == {"paid": 0.5, "unknown": 0.5}
