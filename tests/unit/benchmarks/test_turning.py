"""How often leadership's verdict turns by a rule, and on whom that hangs."""

import numpy as np

from benchmarks.role_histories import RULES, grids_of_events
from benchmarks.turning import Rule, Then, by_one, tried, turns
from events.envelope import Event
from tests.oracle.writing import declared, granted, revoked

IN_FORCE, SURVIVES = RULES[0], Rule("without any one person", survives=True)


def scopes(many: int) -> list[Event]:
    """Each with a leader of its own, since 2020."""
    return [granted(f"github:{who}", f"s{who}", "2020-01-01") for who in range(many)]


def turned(log: list[Event], rule: Rule) -> list[tuple[str, bool, bool]]:
    """The verdicts that it turned to, whether by one person, and whether they hang by one person's changes."""
    grids = grids_of_events([*log, declared("last", "2022-06-30")])
    told = Then(grids, grids.nominal, grids.nominal)
    found = turns(told, np.arange(grids.days[0], grids.days[-1] + 1), rule)
    return [(one.verdict, by_one(told, one), one.fragile) for one in found]


def test_one_of_six_who_goes_turns_the_verdict_unless_it_must_hold_without_any_one_person() -> None:
    """A year later it is steady again, by the same person, whose going lies in no year then."""
    log = [*scopes(6), revoked("github:0", "s0", "2021-03-01")]
    assert turned(log, IN_FORCE) == [("concentrating", True, True), ("steady", True, False)]
    assert turned(log, SURVIVES) == []


def test_two_of_ten_who_go_hang_by_either_and_three_of_ten_by_none() -> None:
    gone = [revoked(f"github:{who}", f"s{who}", "2021-03-01") for who in range(3)]
    assert turned([*scopes(10), *gone[:2]], IN_FORCE)[0] == ("concentrating", False, True)
    assert turned([*scopes(10), *gone[:2]], SURVIVES) == []
    assert turned([*scopes(10), *gone], SURVIVES)[0] == ("concentrating", False, False)


def test_one_of_six_is_not_told_where_a_reading_must_hold_with_one_leader_more() -> None:
    gone = [revoked(f"github:{who}", f"s{who}", "2021-03-01") for who in range(4)]
    assert turned([*scopes(6), *gone[:1]], Rule("one", margin=1)) == []
    assert turned([*scopes(20), *gone], Rule("one", margin=1))[0] == ("concentrating", False, False)


def test_a_change_that_is_made_is_told_after_as_many_days_as_the_rule_waits() -> None:
    grids = grids_of_events([*scopes(20), declared("last", "2022-06-30")])
    assert tried(grids, IN_FORCE) == {"concentrating": [28], "spreading": [28]}
    assert tried(grids, Rule("56", 56)) == {"concentrating": [56], "spreading": [56]}
