"""Declared agents in small logs that anybody can count: the oracle is right about them, and so are we."""

from typing import Any

from events.envelope import Event
from projections.policy.policy import CommunityPolicy
from tests.oracle.writing import contribution, event, linked
from tests.support import asking
from tests.support.asking import Ask

ask = asking.ask
"""The fixture that asks the oracle and us."""

CLAUDE = "email:noreply@anthropic.com"


def commits(who: str, *days: str) -> list[Event]:
    return [contribution(who, day, id_=f"{who} {day}") for day in days]


def declares(who: str, day: str, **more: Any) -> Event:
    data = {"agent": CLAUDE, "contribution": {"source": "git:one", "id": f"{who} {day}"}}
    return event("agent.declared", day, data, f"{who} {day} {more}", subject=who, source="git:one")


A, B = "email:a@x.org", "email:b@x.org"
WORKED = [
    *commits(A, "2020-01-01", "2020-01-02", "2020-01-03"),
    contribution(A, "2020-01-03", id_="another"),
    *commits(B, "2020-01-02"),
    declares(A, "2020-01-02"),
    declares(A, "2020-01-03"),
    declares(A, "2020-01-03", again=True),
]


def test_the_share_of_person_days_on_which_an_agent_was_declared(ask: Ask) -> None:
    assert ask(WORKED, "2020-01-03", "work_volume") == 4
    assert ask(WORKED, "2020-01-03", "agent_assisted_ratio") == 0.5
    assert ask(WORKED, "2020-01-03", "agent_assisted_contributors", window_days=90) == 1


def test_it_is_absent_before_anybody_declared_one_and_where_nobody_is_active(ask: Ask) -> None:
    days = {
        "2020-01-01": None,
        "2020-01-02": 1 / 3,
        "2020-03-30": 0.5,
        "2020-03-31": 2 / 3,
        "2020-04-01": 1,
        "2020-04-02": None,
    }
    assert {day: ask(WORKED, day, "agent_assisted_ratio") for day in days} == days
    assert ask(WORKED, "2020-04-02", "agent_assisted_contributors", window_days=90) == 0


def test_a_declaration_goes_with_its_contribution(ask: Ask) -> None:
    data = {"retracts": {"source": "git:one", "id": f"{A} 2020-01-03"}, "reason": "a test"}
    log = [*WORKED, event("contribution.retracted", "2020-02-01", data, "r", source="git:one")]
    assert ask(log, "2020-01-03", "agent_assisted_ratio") == 1 / 4
    withdrawn = event("source.withdrawn", "2020-02-01", {"source": "git:one", "before": None}, "w", source="git:one")
    assert ask([*log, withdrawn, contribution(B, "2020-01-02", id_="z", source="other")], "2020-01-03",
               "agent_assisted_ratio") is None  # fmt: skip


def test_two_identities_of_one_person_share_their_days(ask: Ask) -> None:
    log = [*WORKED, linked(B, A, "2020-05-01")]
    assert ask(log, "2020-01-03", "agent_assisted_ratio") == 2 / 3


def test_what_a_bot_declares_counts_nowhere(ask: Ask) -> None:
    bot = "github-login:renovate[bot]"
    log = [*commits(A, "2020-01-01"), *commits(bot, "2020-01-01"), declares(bot, "2020-01-01")]
    assert ask(log, "2020-01-01", "agent_assisted_ratio") is None


def test_light_work_is_no_person_day(ask: Ask) -> None:
    log = [*commits(A, "2020-01-01"), contribution(A, "2020-01-02", "bug_report"), declares(A, "2020-01-02")]
    assert ask(log, "2020-01-02", "agent_assisted_ratio") is None


def test_only_the_days_of_active_people_count(ask: Ask) -> None:
    policy = CommunityPolicy(min_contributions=2)
    log = [*commits(A, "2020-01-01", "2020-01-02"), *commits(B, "2020-01-02"), declares(A, "2020-01-02")]
    log.append(declares(B, "2020-01-02"))
    assert ask(log, "2020-01-02", "work_volume", policy) == 2
    assert ask(log, "2020-01-02", "agent_assisted_ratio", policy) == 0.5
    assert ask(log, "2020-01-02", "agent_assisted_contributors", policy, window_days=90) == 1
