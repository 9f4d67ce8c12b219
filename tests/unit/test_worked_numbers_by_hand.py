"""Small logs whose numbers anybody can count: the oracle is right about them, and so are we."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from math import exp

import pytest

from events.envelope import Event
from projections.policy import CommunityPolicy, Organisations, SourcePolicy
from tests.against_oracle import by_oracle, by_us
from tests.oracle.writing import (
    affiliated,
    checked,
    contribution,
    event,
    goal,
    linked,
    moment,
    unlinked,
    weeks_of,
    work_days,
)

Numbers = Mapping[tuple[str, frozenset[tuple[str, str]]], float]
Ask = Callable[..., float | None]
DEFAULT = CommunityPolicy()


@pytest.fixture(params=[by_oracle, by_us], ids=["oracle", "ours"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Ask for one number of a day; None where it is absent."""
    numbers: Callable[[Sequence[Event], CommunityPolicy, date], Numbers] = request.param

    def asked(
        events: Sequence[Event], day: str, family: str, policy: CommunityPolicy = DEFAULT, **labels: object
    ) -> float | None:
        key = (f"tenfold_{family}", frozenset((name, str(value)) for name, value in labels.items()))
        return numbers(events, policy, date.fromisoformat(day)).get(key)

    return asked


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


MONDAY = date(2020, 1, 6)


def sunday(weeks: int) -> str:
    return str(MONDAY + timedelta(days=7 * weeks - 1))


def test_the_week_in_which_it_began_does_not_count(ask: Ask) -> None:
    log = [contribution("github:1", "2020-01-07"), *weeks_of([2], date(2020, 1, 13))]
    days = ("2020-01-12", "2020-01-18", "2020-01-19", "2020-01-25", "2020-01-26")
    assert [ask(log, day, "weekly_contributors") for day in days] == [None, None, 2, 2, 0]


def test_no_verdict_before_ninety_one_weeks(ask: Ask) -> None:
    log = weeks_of([3] * 91, MONDAY)
    early = [contribution("github:0", MONDAY)]
    assert ask(early + log, sunday(90), "growth_verdict", verdict="unknown") == 1
    assert ask(early + log, sunday(90), "growth_change_ratio") is None
    assert ask(early + log, sunday(91), "growth_verdict", verdict="flat") == 1
    assert ask(early + log, sunday(91), "growth_change_high_ratio") == 0


def test_double_of_a_year_ago_is_growing(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY), *weeks_of([2] * 52 + [4] * 39, MONDAY)]
    assert ask(log, sunday(91), "growth_verdict", verdict="growing") == 1
    assert ask(log, sunday(91), "growth_verdict", verdict="flat") == 0
    for family in ("growth_change_ratio", "growth_change_low_ratio", "growth_change_high_ratio"):
        assert ask(log, sunday(91), family) == pytest.approx(4.5 / 2.5 - 1)


def test_five_percent_more_is_flat_however_sure(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY), *weeks_of([20] * 52 + [21] * 39, MONDAY)]
    assert ask(log, sunday(91), "growth_change_low_ratio") == pytest.approx(21.5 / 20.5 - 1)
    assert ask(log, sunday(91), "growth_verdict", verdict="flat") == 1
    less = [contribution("github:0", MONDAY), *weeks_of([21] * 52 + [20] * 39, MONDAY)]
    assert ask(less, sunday(91), "growth_verdict", verdict="flat") == 1


def test_beyond_a_hundred_sources_the_youngest_share_a_label(ask: Ask) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(102)]
    log = [contribution("github:1", day, source=f"s{200 - number}") for number, day in enumerate(days)]
    log += [checked(f"s{200 - number}", moment(day), str(day)) for number, day in enumerate(days)]
    newest, oldest = moment(days[101]).timestamp(), moment(days[100]).timestamp()
    assert ask(log, str(days[101]), "source_last_event_timestamp_seconds", source="other") == newest
    assert ask(log, str(days[101]), "source_checked_timestamp_seconds", source="other") == oldest
    assert ask(log, str(days[101]), "source_last_event_timestamp_seconds", source="s99") is None
    assert ask(log, str(days[101]), "source_last_event_timestamp_seconds", source="s101") is not None


def test_a_source_that_is_not_checked_covers_the_verdict(ask: Ask) -> None:
    policy = CommunityPolicy(sources={"git:one": SourcePolicy(cadence_days=10)})
    log = [contribution("github:0", MONDAY), *weeks_of([3] * 100, MONDAY)]
    through = moment(sunday(91))
    log = [*log, checked("git:one", through, "2020-01-01")]
    last = str((through + timedelta(days=29)).date())
    assert ask(log, last, "growth_verdict", policy, verdict="flat") == 1
    assert ask(log, str(date.fromisoformat(last) + timedelta(days=1)), "growth_verdict", policy, verdict="unknown") == 1
    assert ask(log, "2022-03-01", "growth_verdict", verdict="flat") == 1


@pytest.mark.parametrize(("people", "verdict"), [(10, "unknown"), (11, "flat")])
def test_a_tenth_of_the_active_people_covers_the_verdict(ask: Ask, people: int, verdict: str) -> None:
    policy = CommunityPolicy(sources={"forge": SourcePolicy(cadence_days=1)})
    log = [contribution("github:0", MONDAY), *weeks_of([people] * 95, MONDAY)]
    log += [contribution("github:0", sunday(91), source="forge"), checked("forge", moment(sunday(91)), "2020-01-01")]
    assert ask(log, sunday(95), "growth_verdict", policy, verdict=verdict) == 1


def test_the_oldest_check_decides_whose_people_are_counted(ask: Ask) -> None:
    policy = CommunityPolicy(sources={name: SourcePolicy(cadence_days=1) for name in ("forge", "git:two")})
    log = [contribution("github:0", MONDAY), *weeks_of([3] * 110, MONDAY)]
    log += [contribution("github:0", sunday(104), source="forge"), checked("forge", moment(sunday(104)), "2020-01-01")]
    assert ask(log, sunday(106), "growth_verdict", policy, verdict="unknown") == 1
    older = checked("git:two", moment(sunday(100)), "2020-01-01")
    assert ask([*log, older], sunday(106), "growth_verdict", policy, verdict="flat") == 1


def test_three_checks_make_a_cadence(ask: Ask) -> None:
    log = [contribution("github:0", MONDAY), *weeks_of([3] * 100, MONDAY)]
    checks = [checked("git:one", moment("2020-03-03"), when) for when in ("2020-03-01", "2020-03-02", "2020-03-03")]
    assert ask(log + checks[:2], sunday(95), "growth_verdict", verdict="flat") == 1
    assert ask(log + checks, sunday(95), "growth_verdict", verdict="unknown") == 1
    assert ask(log + checks, sunday(95), "source_checked_timestamp_seconds", source="git:one") == 1583236800
    ended = event("source.retired", "2021-01-01", {"source": "git:one"}, "end")
    assert ask([*log, *checks, ended], sunday(95), "growth_verdict", verdict="flat") == 1
    assert ask([*log, *checks, ended], sunday(95), "source_checked_timestamp_seconds", source="git:one") is None
    assert ask([*log, *checks, ended], "2020-12-31", "source_checked_timestamp_seconds", source="git:one") == 1583236800


def test_the_path_to_the_goal(ask: Ask) -> None:
    aim = goal("2020-01-01", 2, "2020-01-01", 100, "2020-01-11", "git:two")
    log = [aim, contribution("github:1", "2020-01-01"), contribution("github:2", "2020-01-01", source="git:two")]
    days = ("2019-12-31", "2020-01-01", "2020-01-06", "2020-01-11", "2020-01-20")
    assert [ask(log, day, "goal_target_contributors") for day in days] == [None, 2, pytest.approx(20), 200, 200]
    assert ask(log, "2020-01-06", "growth_path_ratio") == pytest.approx(0.1)
    assert ask(log, "2020-01-06", "growth_ratio", coverage="all") == 1
    assert ask(log, "2020-01-06", "growth_ratio", coverage="same_sources") == 0.5
    assert ask(log, "2020-01-06", "goal_due_timestamp_seconds") == 1578700800


def test_when_a_steady_doubling_reaches_the_goal(ask: Ask) -> None:
    ends = [date(2021, month, 1) - timedelta(days=1) for month in range(2, 9)]
    log = [
        contribution(f"github:{person}", end)
        for end in ends
        for person in range(round(10 * exp((end - ends[0]).days / 31)))
    ]
    policy = CommunityPolicy(windows_days=(1,), headline_window_days=1)
    log.append(goal("2021-01-01", 1, "2021-01-01", 10_000, "2022-01-01"))
    earliest = ask(log, "2021-07-31", "goal_eta_earliest_timestamp_seconds", policy)
    latest = ask(log, "2021-07-31", "goal_eta_latest_timestamp_seconds", policy)
    assert earliest is not None
    assert latest is not None
    assert moment("2021-08-29").timestamp() <= earliest <= latest <= moment("2021-09-06").timestamp()
    assert earliest % 86400 == latest % 86400 == 0
    assert ask(log, "2021-05-31", "goal_eta_earliest_timestamp_seconds", policy) is None


def test_corrections_are_what_became_of_the_start(ask: Ask) -> None:
    published = {"name": "tenfold_active_contributors", "labels": {"window_days": "30"}, "value": 3.0}
    closed = {"day": date(2020, 1, 1), "samples": (published,), "read_model_version": 1, "policy": "x"}
    log = [contribution("github:1", "2020-01-01"), event("day.published", "2020-01-02", closed, "2020-01-01")]
    assert ask(log, "2020-01-31", "growth_corrections", window_days=30) == -2
    assert ask(log, "2020-01-30", "growth_corrections", window_days=30) is None
    assert ask(log, "2020-03-31", "growth_corrections", window_days=90) is None


def test_corrections_speak_of_days_that_a_withdrawal_emptied(ask: Ask) -> None:
    published = {"name": "tenfold_active_contributors", "labels": {"window_days": "30"}, "value": 5.0}
    closed = {"day": date(2020, 1, 1), "samples": (published,), "read_model_version": 1, "policy": "x"}
    log = [contribution("github:1", "2020-01-31"), event("day.published", "2020-01-02", closed, "2020-01-01")]
    assert ask(log, "2020-01-31", "growth_corrections", window_days=30) == -5
