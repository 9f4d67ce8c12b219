"""Mentoring by hand: who mentors whom, how far it reaches, and who stays."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from events.envelope import Event
from events.sources.addresses import Signature
from events.sources.commits import Commit, Origin
from events.sources.git import LeftOut, translate
from events.sources.landing import Dated, Landed
from projections.policy.policy import CommunityPolicy
from projections.policy.thresholds import MentoringPolicy
from projections.timeline.intervals import of_difference
from tests.oracle.writing import contribution, event, granted, linked, moment
from tests.support.asking import Ask, ask

__all__ = ["ask"]
ADA, BO, CY, DI = "github:1", "github:2", "github:3", "github:4"
NOW = ("mentorships_active", "mentors_active", "mentor_load_max")


def told(kind: str, mentor: str, mentee: str, when: str, **attributes: Any) -> Event:
    """A mentorship that started, met, or ended."""
    data = {"mentor": mentor} | ({"outcome": "completed"} if kind == "ended" else {})
    return event(f"mentoring.{kind}", when, data, f"{kind} {mentor} {mentee} {when}", subject=mentee, **attributes)


def after(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))


def each(ask: Ask, log: Sequence[Event], day: str, **labels: object) -> tuple[float | None, ...]:
    return tuple(ask(log, day, family, **labels) for family in NOW)


def test_a_mentorship_holds_from_its_start_to_its_end(ask: Ask) -> None:
    log = [told("started", ADA, BO, "2020-03-01"), told("ended", ADA, BO, "2020-03-20")]
    days = ("2020-02-29", "2020-03-01", "2020-03-19", "2020-03-20")
    assert [ask(log, day, "mentorships_active") for day in days] == [None, 1, 1, 0]


def test_a_meeting_outside_of_one_opens_one_and_an_end_alone_says_nothing(ask: Ask) -> None:
    log = [told("ended", ADA, BO, "2020-03-01"), told("met", ADA, BO, "2020-03-02")]
    assert [ask(log, day, "mentorships_active") for day in ("2020-03-01", "2020-03-02")] == [0, 1]


def test_a_mentorship_is_dormant_90_days_after_its_last_event_until_it_is_taken_up_again(ask: Ask) -> None:
    log = [told("started", ADA, BO, "2020-01-01"), told("met", ADA, BO, "2020-01-11")]
    log += [told("met", ADA, BO, after("2020-01-11", 100))]
    days = [after("2020-01-11", days) for days in (89, 90, 99, 100, 189, 190)]
    assert [ask(log, day, "mentorships_active") for day in days] == [1, 0, 0, 1, 1, 0]


def test_one_mentee_in_two_teams_is_two_mentorships_and_one_to_carry(ask: Ask) -> None:
    log = [told("started", ADA, BO, "2020-01-01", team=team) for team in (None, "docs")]
    log = [log[0], log[1].model_copy(update={"id": "docs"}), told("started", ADA, CY, "2020-01-01")]
    log += [told("started", DI, CY, "2020-01-01")]
    assert each(ask, log, "2020-01-01") == (4, 2, 2)


def test_two_identities_of_one_person_do_not_mentor_each_other(ask: Ask) -> None:
    log = [
        told("started", ADA, BO, "2020-01-01"),
        told("started", ADA, CY, "2020-01-01"),
        linked(CY, ADA, "2020-05-05"),
    ]
    assert each(ask, log, "2020-01-01") == (1, 1, 1)


def test_a_bot_neither_mentors_nor_is_mentored(ask: Ask) -> None:
    log = [told("started", "github-login:welcome-bot", BO, "2020-01-01")]
    log += [told("started", ADA, "github-login:welcome-bot", "2020-01-01")]
    assert each(ask, log, "2020-01-01") == (0, 0, 0)


def test_coverage_counts_newcomers_of_90_days_who_have_or_had_a_mentor(ask: Ask) -> None:
    """Bo's mentorship ended before he came, Cy's begins later, Di has none."""
    log = [contribution(who, "2020-04-01", "bug_report") for who in (BO, CY, DI)]
    log += [told("started", ADA, BO, "2020-03-01"), told("ended", ADA, BO, "2020-03-02")]
    log += [told("met", ADA, CY, "2020-04-11")]
    days = ("2020-03-31", "2020-04-01", "2020-04-11", "2020-06-29", "2020-06-30")
    found = [ask(log, day, "mentoring_coverage_ratio") for day in days]
    assert found == [None, pytest.approx(1 / 3), pytest.approx(2 / 3), pytest.approx(2 / 3), None]


def cohort(came: str, people: int, staying: int, mentored: str | None, first: int) -> list[Event]:
    """People who come on a day; some stay; all of them mentored on a day, or none."""
    log: list[Event] = []
    for place in range(people):
        who = f"github:{first + place}"
        log.append(contribution(who, came, "bug_report"))
        log += [contribution(who, after(came, 31))] if place < staying else []
        log += [told("started", ADA, who, mentored)] if mentored else []
    return log


def test_outcome_by_landmark(ask: Ask) -> None:
    """Twelve mentored by day 14, of whom 9 stay; eleven only on day 15, and ten never, of whom 7 of 21 stay."""
    came = "2020-01-01"
    log = cohort(came, 12, 9, after(came, 14), 100) + cohort(came, 11, 4, after(came, 15), 200)
    log += cohort(came, 10, 3, None, 300)
    for ahead, shares, people in (
        (120, (None, None), (0, 0)),
        (121, (9 / 12, 7 / 21), (12, 21)),
        (365, (9 / 12, 7 / 21), (12, 21)),
        (366, (None, None), (0, 0)),
    ):
        for mentored, share, count in zip(("yes", "no"), shares, people, strict=True):
            asked = ask(log, after(came, ahead), "newcomer_retention_ratio", mentored=mentored)
            assert asked == (None if share is None else pytest.approx(share))
            assert ask(log, after(came, ahead), "newcomer_retention_people", mentored=mentored) == count


@pytest.mark.parametrize(("later", "stays"), [(30, 0), (31, 1), (120, 1), (121, 0)])
def test_who_stays_does_active_work_on_days_31_to_120(ask: Ask, later: int, stays: int) -> None:
    policy = CommunityPolicy(mentoring=MentoringPolicy(fewest_in_group=1))
    log = [contribution(BO, "2020-01-01"), told("met", ADA, BO, "2020-01-01")]
    log += [contribution(BO, after("2020-01-01", later)), contribution(BO, after("2020-01-01", 60), "bug_report")]
    assert ask(log, after("2020-01-01", 130), "newcomer_retention_ratio", policy, mentored="yes") == stays


@pytest.mark.parametrize("people", [0, 1, 4, 5, 9, 10])
def test_a_group_of_fewer_than_ten_has_no_share(ask: Ask, people: int) -> None:
    log = [told("started", DI, CY, "2020-01-01"), *cohort("2020-01-01", people, people, "2020-01-01", 100)]
    day = after("2020-01-01", 200)
    assert ask(log, day, "newcomer_retention_people", mentored="yes") == people
    assert ask(log, day, "newcomer_retention_ratio", mentored="yes") == (1 if people == 10 else None)
    assert ask(log, day, "newcomer_retention_ratio", mentored="no") is None


def test_recruits_took_their_first_seat_of_any_role_within_180_days(ask: Ask) -> None:
    """Bo is one; Cy held a seat when records began; Di's second seat is not her first."""
    log = [granted(BO, "core", "2020-06-01", "triager"), granted(CY, "core", "2019-01-01", already_held=True)]
    log += [granted(CY, "docs", "2020-06-01"), granted(DI, "core", "2019-01-01"), granted(DI, "docs", "2020-06-01")]
    days = ("2018-12-31", "2019-01-01", "2020-06-01", after("2020-06-01", 179), after("2020-06-01", 180))
    assert [ask(log, day, "core_by_role_recruited") for day in days] == [None, 1, 1, 1, 0]
    assert [ask(log, day, "core_by_role_recruited_mentored") for day in days] == [None] * 5


@pytest.mark.parametrize(
    ("met", "mentored"), [("2020-06-02", 0), ("2020-06-01", 0), ("2020-05-31", 1), ("2019-03-04", 1), ("2019-03-03", 0)]
)
def test_a_recruit_was_mentored_in_the_365_days_before_the_seat(ask: Ask, met: str, mentored: int) -> None:
    """Both at noon: a meeting of the same moment is not before. One of 4 March 2019 is dormant on 2 June, day 365."""
    log = [granted(BO, "core", "2020-06-01"), told("met", ADA, BO, met)]
    assert ask(log, "2020-06-02", "core_by_role_recruited_mentored") == mentored


@pytest.mark.parametrize(("ended", "mentored"), [("2019-06-02", 1), ("2019-06-01", 0)])
def test_a_mentorship_that_ended_before_those_days_is_none_of_them(ask: Ask, ended: str, mentored: int) -> None:
    log = [granted(BO, "core", "2020-06-01"), told("started", ADA, BO, "2019-05-20"), told("ended", ADA, BO, ended)]
    assert ask(log, "2020-06-01", "core_by_role_recruited_mentored") == mentored


def test_a_trailer_makes_a_mentorship(ask: Ask) -> None:
    """Bo's commit of 1 March says that Ada mentored him."""
    landing, trailers = moment("2020-03-01"), (("Mentored-by", "Ada <ada@x.org>"),)
    commit = Commit("h", (), Signature.parse("Bo <bo@x.org>"), landing, landing, trailers)
    origin = Origin("valley", "valley.example/hill", read_at=landing, team="hill")
    log = [one for one in translate([Dated(Landed(commit, landing), landing)], origin) if not isinstance(one, LeftOut)]
    assert each(ask, log, "2020-03-01") == (1, 1, 1)
    assert ask(log, "2020-03-01", "mentoring_coverage_ratio") == 1


@pytest.mark.parametrize(
    ("shares", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference(shares: tuple[int, int, int, int], low: float, high: float) -> None:
    """Newcombe (1998), table II, method 10."""
    part, people, other, others = (np.array(one, float) for one in shares)
    found = of_difference(part / people, people, other / others, others)
    assert [float(end) for end in found] == pytest.approx([low, high], abs=5e-5)


def test_who_is_a_bot_does_not_go_with_the_source_that_said_so(ask: Ask) -> None:
    verdict = event("person.classified", "2020-01-01", {"bot": True, "reason": "a test"}, "a bot", subject=BO)
    gone = event("source.withdrawn", "2020-03-01", {"source": "git:one", "before": None}, "gone", source="by-hand")
    log = [granted(who, "core", "2020-02-01", source="roles:one") for who in (BO, CY)] + [verdict, gone]
    assert ask(log, "2020-02-01", "core_by_role_recruited") == 1
