"""Small logs whose people and activity anybody can count: the oracle is right about them, and so are we."""

from datetime import date, timedelta

import pytest

from events.envelope import Event
from projections.policy.policy import CommunityPolicy, Organisations, SourcePolicy
from tests.oracle.writing import affiliated, contribution, event, linked, moment, unlinked, work_days
from tests.support import asking
from tests.support.asking import Ask

ask = asking.ask
"""The fixture that asks the oracle and us."""


def test_a_leap_day_is_active_for_thirty_days(ask: Ask) -> None:
    log = [contribution("github:1", "2020-02-29")]
    days = ("2020-02-28", "2020-02-29", "2020-03-29", "2020-03-30")
    assert [ask(log, day, "active_contributors", window_days=30) for day in days] == [None, 1, 1, 0]


def test_the_last_microsecond_of_a_day_is_that_day(ask: Ask) -> None:
    log = [contribution("github:1", moment("2020-01-01") + timedelta(hours=12, microseconds=-1))]
    assert ask(log, "2020-01-01", "contributions", window_days=30) == 1


def test_light_work_makes_a_newcomer_and_nobody_active(ask: Ask) -> None:
    log = [contribution("github:1", "2020-01-01", "bug_report")]
    families = ("contributions", "newcomers", "active_contributors", "retention_ratio")
    assert [ask(log, "2020-01-01", family, window_days=90) for family in families] == [1, 1, 0, None]
    assert ask(log, "2020-01-01", "newcomer_share_ratio") is None


def test_flows_of_a_person_who_comes_goes_and_comes_back(ask: Ask) -> None:
    log = [contribution("github:1", "2020-01-01"), contribution("github:1", "2020-06-01")]
    flows = {"2020-01-15": "new", "2020-02-15": "lapsed", "2020-06-15": "returned"}
    for day, flow in flows.items():
        counted = [ask(log, day, f"{name}_contributors", window_days=30) for name in ("new", "lapsed", "returned")]
        assert counted == [float(name == flow) for name in ("new", "lapsed", "returned")]


def test_who_did_something_is_lapsing_in_the_last_fourteen_days_of_it(ask: Ask) -> None:
    log = [contribution("github:1", "2020-01-01")]
    lapsing = {"2020-03-16": 0, "2020-03-17": 1, "2020-03-30": 1, "2020-03-31": 0}
    assert {day: ask(log, day, "lapsing_contributors", window_days=90) for day in lapsing} == lapsing


def test_who_did_enough_again_is_lapsing_no_more(ask: Ask) -> None:
    policy = CommunityPolicy(min_contributions=2)
    log = [contribution("github:1", day) for day in ("2020-01-01", "2020-01-20", "2020-03-25")]
    lapsing = {"2020-03-24": 1, "2020-03-25": 0, "2020-04-04": 0, "2020-04-05": 1}
    assert {day: ask(log, day, "lapsing_contributors", policy, window_days=90) for day in lapsing} == lapsing


def test_recurring_needs_seven_days_between(ask: Ask) -> None:
    six = [contribution("github:1", "2020-01-01"), contribution("github:1", "2020-01-07")]
    seven = [contribution("github:1", "2020-01-01"), contribution("github:1", "2020-01-08")]
    assert ask(six, "2020-01-08", "recurring_contributors", window_days=30) == 0
    assert ask(seven, "2020-01-08", "recurring_contributors", window_days=30) == 1
    assert ask(seven, "2020-01-31", "recurring_contributors", window_days=30) == 0


def test_two_contributions_within_the_window_where_the_policy_asks_for_two(ask: Ask) -> None:
    policy = CommunityPolicy(min_contributions=2)
    log = [contribution("github:1", day) for day in ("2020-01-01", "2020-01-31", "2020-02-10")]
    days = ("2020-01-31", "2020-02-10", "2020-02-29", "2020-03-01")
    assert [ask(log, day, "active_contributors", policy, window_days=30) for day in days] == [0, 1, 1, 0]
    assert ask(log, "2020-02-29", "new_contributors", policy, window_days=30) == 1
    assert ask(log, "2020-03-01", "active_contributors", policy, window_days=90) == 1


def test_who_reached_two_only_across_a_window_was_not_active_yet(ask: Ask) -> None:
    policy = CommunityPolicy(min_contributions=2)
    log = [contribution("github:1", day) for day in ("2020-01-01", "2020-01-31", "2020-02-10", "2020-03-01")]
    assert ask(log, "2020-03-06", "new_contributors", policy, window_days=30) == 1
    assert ask(log, "2020-03-06", "returned_contributors", policy, window_days=30) == 0


def test_retention_counts_those_who_stayed(ask: Ask) -> None:
    stayed = [contribution("github:1", "2020-01-01"), contribution("github:1", "2020-02-01")]
    log = [*stayed, contribution("github:2", "2020-01-01"), contribution("github:3", "2020-02-01")]
    assert ask(log, "2020-02-01", "retention_ratio", window_days=30) == 0.5


def test_a_merge_and_its_undoing(ask: Ask) -> None:
    log = [contribution("github:1", "2020-01-01"), contribution("email:a@x.org", "2020-01-02")]
    merge = linked("email:a@x.org", "github:1", "2021-01-01")
    assert ask(log, "2020-01-02", "active_contributors", window_days=30) == 2
    assert ask([*log, merge], "2020-01-02", "active_contributors", window_days=30) == 1
    undone = [*log, merge, unlinked("email:a@x.org", "2021-01-02")]
    assert ask(undone, "2020-01-02", "active_contributors", window_days=30) == 2


def test_a_correction_by_hand_outranks_a_later_link(ask: Ask) -> None:
    log = [contribution("github:1", "2020-01-01"), contribution("email:a@x.org", "2020-01-02")]
    by_hand = unlinked("email:a@x.org", "2020-02-01", actor="github:9")
    later = linked("email:a@x.org", "github:1", "2020-03-01")
    assert ask([*log, by_hand, later], "2020-01-02", "active_contributors", window_days=30) == 2


def test_a_cycle_is_broken_at_its_newest_link(ask: Ask) -> None:
    log = [contribution(f"github:{number}", "2020-01-01") for number in (1, 2, 3)]
    cycle = [
        linked("github:1", "github:2", "2020-01-01"),
        linked("github:2", "github:3", "2020-01-02"),
        linked("github:3", "github:1", "2020-01-03"),
    ]
    assert ask([*log, *cycle], "2020-01-01", "active_contributors", window_days=30) == 1
    itself = linked("github:1", "github:1", "2020-01-04")
    assert ask([*log, itself], "2020-01-01", "active_contributors", window_days=30) == 3


def test_what_points_at_a_team_is_in_no_number(ask: Ask) -> None:
    log = [contribution(who, "2020-01-01") for who in ("github:1", "github:2", "github-team:a/b")]
    log.append(linked("github:2", "github-team:a/b", "2020-01-01"))
    assert ask(log, "2020-01-01", "contributions", window_days=30) == 1
    assert ask(log, "2020-01-01", "excluded_contributions", reason="bot") == 0


def test_whose_contributions_are_left_out(ask: Ask) -> None:
    names = [
        event("person.named", "2020-01-01", {"name": name}, f"name {who} {name}", subject=who)
        for who, name in (("email:r@x.org", "renovate-bot"), ("github:2", "renovate-bot"), ("github:2", "Renée"))
    ]
    human = event(
        "person.classified", "2020-01-01", {"bot": False, "reason": "a person"}, "human", subject="github-login:my-bot"
    )
    whose = ("github-login:x[bot]", "email:noreply@anthropic.com", "github:noreply@anthropic.com", "email:r@x.org")
    more = ("github:2", "github-login:my-bot", "github-team:a/b", "github-login:copilot-swe")
    log = [*names, human, *(contribution(who, "2020-01-01") for who in whose + more)]
    assert ask(log, "2020-01-01", "contributions", window_days=30) == 3
    assert ask(log, "2020-01-01", "excluded_contributions", reason="bot") == 2
    assert ask(log, "2020-01-01", "excluded_contributions", reason="agent") == 2
    assert ask(log, "2020-03-31", "excluded_contributions", reason="agent") == 0


def test_retractions_and_withdrawals_hold_for_all_of_history(ask: Ask) -> None:
    log = [contribution(f"github:{day}", f"2020-01-0{day}", id_=str(day)) for day in range(1, 6)]
    retraction = {"retracts": {"source": "git:one", "id": "5"}, "reason": "a test"}
    withdrawal = {"source": "git:one", "before": moment("2020-01-03")}
    later = [
        event("contribution.retracted", "2022-01-01", retraction, "retraction"),
        event("source.withdrawn", "2022-01-01", withdrawal, "withdrawal"),
    ]
    assert ask(log + later, "2020-01-05", "contributions", window_days=30) == 2


def test_teams_that_nobody_listed_are_other_together(ask: Ask) -> None:
    policy = CommunityPolicy(teams=("core", "quiet"))
    log = [contribution("github:1", "2020-01-01", team=team, id_=str(team)) for team in ("core", "docs", "web", None)]
    counted = {
        team: ask(log, "2020-01-01", "team_active_contributors", policy, team=team, window_days=30)
        for team in ("core", "quiet", "docs", "other")
    }
    assert counted == {"core": 1, "quiet": None, "docs": None, "other": 1}


def by_team(ask: Ask, log: list[Event], policy: CommunityPolicy, *teams: str) -> dict[str, float | None]:
    family = "team_active_contributors"
    return {team: ask(log, "2020-01-03", family, policy, team=team, window_days=30) for team in teams}


def test_where_the_policy_lists_no_teams_they_are_called_by_name(ask: Ask) -> None:
    log = [contribution("github:1", "2020-01-01", team=team, id_=str(team)) for team in ("core", "docs", None)]
    assert by_team(ask, log, CommunityPolicy(), "core", "docs", "other") == {"core": 1, "docs": 1, "other": None}


def test_of_more_teams_than_there_may_be_those_that_came_first_are_called_by_name(ask: Ask) -> None:
    came = {"late": "2020-01-03", "web": "2020-01-02", "docs": "2020-01-02", "first": "2020-01-01"}
    log = [contribution(f"email:{team}@x.org", day, team=team, id_=team) for team, day in came.items()]
    counted = by_team(ask, log, CommunityPolicy(teams_shown_max=2), *came, "other")
    assert counted == {"first": 1, "docs": 1, "web": None, "late": None, "other": 2}


def test_the_policy_says_of_which_team_a_source_is(ask: Ask) -> None:
    log = [
        contribution("github:1", "2020-01-01", source="git:x/roses", team="core", id_="1"),
        contribution("github:2", "2020-01-01", source="git:x/tulips", id_="2"),
        contribution("github:3", "2020-01-01", source="git:x/tulips-old", team="core", id_="3"),
        contribution("github:4", "2020-01-01", source="forge", team="core", id_="4"),
        contribution("github:5", "2020-01-01", source="forge", id_="5"),
    ]
    patterns = {"git:x/*": "flowers", "git:x/tulips": "tulips", "git:X/TULIPS-*": "core"}
    policy = CommunityPolicy(sources={name: SourcePolicy(team=team) for name, team in patterns.items()})
    assert by_team(ask, log, policy, "flowers", "tulips", "core") == {"flowers": 1, "tulips": 1, "core": 2}
    assert ask(log, "2020-01-03", "active_contributors", policy, window_days=30) == 5


def test_levels_go_by_the_team_that_the_policy_says(ask: Ask) -> None:
    log = [contribution("github:1", "2020-01-01", "tea", source="git:x", team="core")]
    levels = {"team_levels": {"docs": {"tea": "substantial"}}}
    assert ask(log, "2020-01-03", "active_contributors", CommunityPolicy(**levels), window_days=30) == 0
    policy = CommunityPolicy(**levels, sources={"git:*": SourcePolicy(team="docs")})
    assert ask(log, "2020-01-03", "active_contributors", policy, window_days=30) == 1


def test_below_five_active_people_there_is_no_onion(ask: Ask) -> None:
    day = date(2020, 3, 1)
    assert ask(work_days([3, 3, 3, 3], day), "2020-03-01", "core_contributors_by_volume") is None
    assert ask(work_days([3, 3, 3, 3, 3], day), "2020-03-01", "core_contributors_by_volume") == 4
    assert (
        ask(work_days([6, 1, 1, 1, 1], day), "2020-03-01", "departure_exposure_ratio", unit="person", of="volume")
        == 0.6
    )


def test_organisations_hold_the_work_of_their_own_days(ask: Ask) -> None:
    day = date(2020, 3, 10)
    log = work_days([10, 2, 2, 2, 2], day)
    known = [affiliated(f"github:{who}", "Acme, Inc.", "2020-01-01") for who in (1, 2)]
    moved = [affiliated("github:0", "ACME", "2020-01-01"), affiliated("github:0", "Initech", "2020-03-06")]
    assert ask(log + moved + known, "2020-03-10", "affiliation_known_ratio") == 0.6
    assert ask(log + moved + known, "2020-03-10", "elephant_factor") is None
    alone = [affiliated("github:3", "Independent", "2020-01-01")]
    assert ask(log + moved + known + alone, "2020-03-10", "elephant_factor") == 1
    exposed = ask(
        log + moved + known + alone, "2020-03-10", "departure_exposure_ratio", unit="organisation", of="volume"
    )
    assert exposed == 0.5
    aliased = CommunityPolicy(organisations=Organisations(aliases={"Initech": "Acme"}))
    merged = ask(
        log + moved + known + alone, "2020-03-10", "departure_exposure_ratio", aliased, unit="organisation", of="volume"
    )
    assert merged == pytest.approx(14 / 18)
