"""Drilldown a number of leadership stand the leaders and scopes that it speaks of."""

import pytest

from projections.policy.policy import CommunityPolicy
from projections.timeline.history import series
from tests.oracle.writing import declared, event, granted
from tests.support.drilled import opened
from tests.support.two_scopes_led import BEGIN, DAY, OWNERS, counted, two_scopes


def test_behind_a_number_stand_the_leaders_it_speaks_of_with_their_seats() -> None:
    newer = [granted("github:3", "c", "2026-08-02"), declared("d", "2026-08-02")]
    community = counted(two_scopes(*newer), CommunityPolicy())
    history = community.history(DAY)

    def people(family: str, **labels: str) -> dict[str, list[str]]:
        found = opened(community.snapshot, history, family, labels, DAY)
        return {name: [seat.scope for seat in one.seats] for name, one in found.leaders.items()}

    assert people("new_leaders") == people("renewal_balance_leaders") == {"github:3": ["c"]}
    assert not opened(community.snapshot, history, "new_leaders", {}, DAY).scopes, "renewal is about people"
    assert people("scopes", strength="thin") == {"github:3": ["c"]}
    assert people("scopes", strength="vacant") == {}
    assert people("effective_leaders").keys() == {*OWNERS, "github:3"}


def test_behind_a_number_over_active_seats_stand_those_who_lead_and_work_where_it_can_be_seen() -> None:
    away = event("role.paused", "2026-07-01", {"role": "owner", "scope": "a"}, "away", subject="github:1")
    more = [away, granted("github:9", "a", BEGIN), granted("github:1", "c", BEGIN)]
    community = counted(two_scopes(*more), CommunityPolicy(observed_scopes=("a", "c")))
    history = community.history(DAY)
    found = opened(community.snapshot, history, "effective_leaders", {"seats": "active"}, DAY)
    seats = {name: [(seat.scope, one.share) for seat in one.seats] for name, one in found.leaders.items()}
    assert seats == {"github:1": [("c", 0.5)], "github:2": [("a", 0.5)]}
    assert [(one.scope, one.strength, list(one.leaders), one.lacks) for one in found.scopes] == [
        ("a", "thin", ["github:2"], "a second person"),
        ("c", "thin", ["github:1"], "a second person"),
    ]
    everybody = opened(community.snapshot, history, "effective_leaders", {"seats": "nominal"}, DAY)
    assert everybody.leaders.keys() == {*OWNERS, "github:9"}


def test_behind_what_would_go_with_one_stands_who_that_is_and_which_scopes() -> None:
    more = [granted(f"github:{who}", "b", BEGIN) for who in (3, 4)]
    more += [granted("github:5", "c", BEGIN), granted("github:6", "c", BEGIN, "member")]
    more += [granted("github:7", "d", BEGIN, "member")]
    community = counted(two_scopes(*more), CommunityPolicy())
    history = community.history(DAY)

    def found(family: str, **labels: str) -> tuple[set[str], list[str]]:
        told = opened(community.snapshot, history, family, labels, DAY)
        return set(told.leaders), [f"{one.scope} {one.deputies}" for one in told.scopes]

    exposed = found("departure_exposure_ratio", unit="person", of="scopes")
    assert exposed == ({*OWNERS, "github:5", "github:6"}, ["a 0", "c 1"]), "each would leave one of three"
    assert history.value(series("departure_exposure_ratio", unit="person", of="scopes"), DAY) == pytest.approx(1 / 3)
    assert found("departure_exposure_ratio", unit="person", of="leadership")[0] == {"github:5"}
    assert found("leadership_top_share_ratio", seats="nominal")[0] == {"github:5"}
    assert found("scopes_per_leader_max", seats="nominal") == (set(OWNERS), ["a 0", "b 0", "c 1", "d 1"])
