"""Authority that adds up along a path, scopes that any two cover, and scopes that nobody is meant to lead."""

from collections.abc import Mapping
from typing import cast

import pytest

from events.envelope import Event
from projections.policy.policy import CommunityPolicy
from tests.oracle.leadership import STRENGTHS
from tests.oracle.writing import contribution, declared, event, granted, moment, revoked, seat_event
from tests.role_histories.commit import START, Commit
from tests.role_histories.told import told
from tests.support import asking
from tests.support.asking import Ask

ask = asking.ask
"""The fixture that asks the oracle and us."""

SEVEN = "approvers: [ana, bo, cyd, dan, eve, fay, gus]\n"
BELOW = (".github", "scripts", "tools")
OTHERWISE = CommunityPolicy(inheriting_sources=())


def approvers(*below: str) -> list[Event]:
    """Seven may approve everything; a year and a half later some directories name approvers of their own."""
    files: dict[str, str | None] = {f"{folder}/OWNERS": text for folder, text in zip(BELOW, below, strict=False)}
    commits = [at("2024-01-10", {"OWNERS": SEVEN}), at("2025-06-10", files)]
    return cast("list[Event]", list(told("owners", commits).events))


def at(day: str, files: Mapping[str, str | None]) -> Commit:
    return Commit(day, int((moment(day) - START).total_seconds()), files)


def strengths(ask: Ask, log: list[Event], day: str, policy: CommunityPolicy | None = None) -> Mapping[str, float]:
    policy = policy or CommunityPolicy()
    asked = {one: ask(log, day, "scopes", policy, seats=policy.judge_by, strength=one) for one in STRENGTHS}
    return {one: scopes for one, scopes in asked.items() if scopes}


def test_who_may_approve_everything_may_be_named_below_again_and_nothing_changes(ask: Ask) -> None:
    """Three lines that say what held before: as in etcd-io/etcd, where seven approve everything."""
    log = approvers(*["approvers: [ana]\n"] * 3)
    for day in ("2025-06-09", "2025-06-10", "2025-08-01"):
        assert ask(log, day, "effective_leaders", seats="nominal") == pytest.approx(7), day
        assert ask(log, day, "leadership_strength_ratio", seats="nominal") == 1, day
        assert ask(log, day, "leadership_verdict", verdict="steady") == 1, day
    assert strengths(ask, log, "2025-06-10") == {"covered": 1, "inherited": 3}
    assert ask(log, "2025-06-10", "leadership_seats", seats="nominal") == 10
    assert ask(log, "2025-06-10", "scopes_per_leader_max", seats="nominal") == 4


def test_where_authority_does_not_add_up_it_rests_on_one(ask: Ask) -> None:
    log, masses = approvers(*["approvers: [ana]\n"] * 3), [3 + 1 / 7, *[1 / 7] * 6]
    effective = sum(masses) ** 2 / sum(one * one for one in masses)
    assert ask(log, "2025-06-10", "effective_leaders", OTHERWISE, seats="nominal") == pytest.approx(effective)
    assert strengths(ask, log, "2025-06-10", OTHERWISE) == {"covered": 1, "thin": 3}


def test_some_of_several_add_nobody_and_one_more_does(ask: Ask) -> None:
    """`tools` adds hal beside ana: it is weighed, and covered by its own; `scripts` names two of the seven."""
    log = approvers("approvers: [bo]\n", "approvers: [bo, cyd]\n", "approvers: [ana, hal]\n")
    assert strengths(ask, log, "2025-06-10") == {"covered": 2, "inherited": 2}
    masses = [1 / 2, 1 / 2 + 1 / 7, *[1 / 7] * 6]
    effective = 4 / sum(one * one for one in masses)
    assert ask(log, "2025-06-10", "effective_leaders", seats="nominal") == pytest.approx(effective)


def test_a_directory_whose_parents_do_not_approve_stands_by_itself(ask: Ask) -> None:
    log = approvers("approvers: [ana]\noptions: {no_parent_owners: true}\n")
    assert strengths(ask, log, "2025-06-10") == {"covered": 1, "thin": 1}
    assert ask(log, "2025-06-10", "effective_leaders", seats="nominal") == pytest.approx(2.8)  # 4/7 and six times 1/14


def test_the_nearest_ancestor_is_who_must_be_led_too(ask: Ask) -> None:
    """`a/b` is bo's alone, and ana, who leads `a`, leads `a/b/c`: of those who lead nearest above she is none."""
    scopes = {"a": ("ana", "bo"), "a/b": ("bo",), "a/b/c": ("ana",)}
    log: list[Event] = []
    for scope, people in scopes.items():
        parent = scope.rpartition("/")[0] or None
        log.append(declared(scope, "2020-01-01", parent, source="roles:x:owners"))
        log += [granted(f"github-login:{who}", scope, "2020-01-01", "approver") for who in people]
    assert strengths(ask, log, "2020-01-01") == {"covered": 1, "inherited": 1, "thin": 1}
    assert ask(log, "2020-01-01", "effective_leaders", seats="nominal") == pytest.approx(4 / (1.5**2 + 0.5**2))


def test_only_who_is_at_work_leads_from_above_where_active_seats_are_judged(ask: Ask) -> None:
    active = CommunityPolicy(judge_by="active")
    log = approvers("approvers: [ana]\n")
    at_work = [*log, contribution("github-login:ana", "2025-06-01"), contribution("github-login:bo", "2025-06-01")]
    assert strengths(ask, at_work, "2025-06-10", active) == {"covered": 1, "inherited": 1}
    assert strengths(ask, log, "2025-06-10", active) == {"vacant": 2}


def test_it_adds_up_as_long_as_the_source_declares_the_scope(ask: Ask) -> None:
    """By hand the scope goes on where the file is gone, and is ana's alone then."""
    log = approvers("approvers: [ana]\n")
    log.append(declared(".github", "2025-06-11", ".", source="by-hand"))
    assert strengths(ask, log, "2025-06-11") == {"covered": 1, "inherited": 1}
    log.append(event("scope.retired", "2025-06-12", {"scope": ".github"}, "gone", source=log[0].source))
    assert strengths(ask, log, "2025-06-12") == {"covered": 1, "thin": 1}


def test_any_two_cover_a_collective_scope(ask: Ask) -> None:
    log = [granted(f"github:{who}", "council", "2020-01-01", "peer") for who in (1, 2)]
    log += [granted("github:3", "docs", "2020-01-01"), granted("github:4", "docs", "2020-01-01", "member")]
    collective = CommunityPolicy(collective_scopes=("COUN*",))
    assert strengths(ask, log, "2020-01-01") == {"covered": 1, "thin": 1}
    assert strengths(ask, log, "2020-01-01", collective) == {"covered": 2}
    assert ask(log, "2020-01-01", "departure_exposure_ratio", collective, unit="person", of="scopes") == 0.5
    assert strengths(ask, [*log, revoked("github:2", "council", "2020-01-02", "peer")], "2020-01-02", collective) == {
        "covered": 1,
        "thin": 1,
    }
    owned = [*log, granted("github:5", "council", "2020-01-02"), revoked("github:5", "council", "2020-01-03")]
    assert strengths(ask, owned, "2020-01-03", collective) == {"covered": 2}


def test_a_grouping_is_in_no_number_until_somebody_ever_held_a_seat_in_it(ask: Ask) -> None:
    log = [declared("a", "2020-01-01"), declared("a/b", "2020-01-01", "a"), declared("a/b/c", "2020-01-01", "a/b")]
    assert strengths(ask, log, "2020-01-01") == {"vacant": 1}
    led = [*log, granted("github:1", "a/b/c", "2020-01-02")]
    assert strengths(ask, led, "2020-01-02") == {"thin": 1}
    assert ask(led, "2020-01-02", "leadership_strength_ratio", seats="nominal") == 0
    member = [*led, granted("github:2", "a", "2020-01-03", "member"), revoked("github:2", "a", "2020-01-05", "member")]
    assert strengths(ask, member, "2020-01-02") == {"thin": 1}
    assert strengths(ask, member, "2020-01-03") == {"thin": 2}
    assert strengths(ask, member, "2020-01-05") == {"thin": 1, "vacant": 1}


def test_a_seat_of_a_team_or_of_no_length_and_parts_that_are_gone(ask: Ask) -> None:
    """What begins and ends at one moment is no seat; where a team held one, somebody is meant to lead."""
    log = [declared("a", "2020-01-01"), declared("a/b", "2020-01-01", "a")]
    noon = moment("2020-01-02")
    kinds = enumerate(("granted", "revoked"))
    passing = [seat_event(kind, "github:1", "a", noon, id_=f"{place}") for place, kind in kinds]
    assert strengths(ask, [*log, *passing], "2020-01-03") == {"vacant": 1}
    for family in ("new_leaders", "left_leaders", "leaders"):
        labels = {"seats": "nominal"} if family == "leaders" else {}
        assert ask([*log, *passing], "2020-01-03", family, **labels) == 0, family
    of_team = [granted("github-team:x/y", "a", "2020-01-02"), revoked("github-team:x/y", "a", "2020-01-04")]
    assert strengths(ask, [*log, *of_team], "2020-01-03") == {"vacant": 1}
    assert strengths(ask, [*log, *of_team], "2020-01-04") == {"vacant": 2}
