"""Adding and subtracting what everybody sees of a small community, on all of its days, finds out nothing hidden."""

from collections.abc import Callable
from datetime import date
from functools import cache

import numpy as np
import pytest

from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from infra.simulate.world import TEAMS
from projections.disclosure.threshold import is_few
from projections.disclosure.view import Disclosure, everything, public
from projections.evaluation.catalog import FAMILIES
from projections.evaluation.fold import fold
from projections.metrics.privacy import PrivacyClass
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import History
from tests.support.attack import Attack, across_days, same_day
from tests.support.attack_on_work import MADE, days_found_out, days_of_few, made_on, of_last_events, of_work
from tests.support.lone import LAST as LAST_OF_LONE
from tests.support.lone import LONE_DAYS, REST, lone

POLICY = CommunityPolicy(teams=TEAMS)
LAST = date(2026, 8, 21)
SMALL = [(Outlook.STALLING, 1, 0.1), (Outlook.CONCENTRATING, 2, 0.25), (Outlook.GROWING, 1, 0.4)]


@cache
def history_of(outlook: Outlook, seed: int, size: float) -> History:
    return fold(list(Simulation(SCENARIOS[outlook], seed, 2.2, "small", LAST, size).events()), POLICY, LAST)


@pytest.mark.parametrize("community", SMALL)
def test_no_hidden_number_and_no_rest_follows_from_what_is_shown_on_all_days(
    community: tuple[Outlook, int, float],
) -> None:
    history = history_of(*community)
    attack = Attack(history, public(history, POLICY), POLICY)
    same_day(attack)
    assert list(attack.derived()) == []


@pytest.mark.parametrize("community", SMALL)
def test_across_days_and_windows_only_who_came_when_follows(community: tuple[Outlook, int, float]) -> None:
    """The one thing that a history of daily numbers tells: on which day how many came."""
    history = history_of(*community)
    attack = Attack(history, public(history, POLICY), POLICY)
    same_day(attack)
    across_days(attack)
    assert all(name.startswith(("('tenfold_new", "ever new")) for name in attack.derived())


def test_it_would_find_out_what_is_only_blotted_out() -> None:
    history = history_of(*SMALL[0])
    counts = {family.metric for family in FAMILIES.values() if family.privacy.of is PrivacyClass.COUNT}
    few = {key: is_few(values) for key, values in history.series.items() if key[0] in counts}
    shown = {key: np.where(few.get(key, False), np.nan, values) for key, values in history.series.items()}
    attack = Attack(history, Disclosure(History(history.first_day, shown), few, hides=True), POLICY)
    same_day(attack)
    found = set(attack.derived())
    assert {"not in newcomer_share_ratio", "not in affiliation_known_ratio"} < found
    assert any(name.startswith("('tenfold_lapsed") for name in found)
    assert any("without ('tenfold_team" in name for name in found)


@pytest.mark.parametrize("passers_by", [False, True])
def test_the_days_of_somebody_who_works_alone_are_not_found_out(passers_by: bool) -> None:
    history = lone(POLICY, passers_by=passers_by).history(LAST_OF_LONE)
    attack = Attack(history, public(history, POLICY), POLICY)
    of_work(attack)
    of_last_events(attack)
    few = days_of_few(attack)
    assert few[-LONE_DAYS:].all()
    assert np.flatnonzero(days_found_out(attack) & few).tolist() == []


@pytest.mark.parametrize("community", SMALL)
def test_no_day_is_found_out_of_a_window_in_which_few_were_active(community: tuple[Outlook, int, float]) -> None:
    history = history_of(*community)
    attack = Attack(history, public(history, POLICY), POLICY)
    of_work(attack)
    assert np.flatnonzero(days_found_out(attack) & days_of_few(attack)).tolist() == []


@pytest.mark.parametrize("look", [of_work, of_last_events])
def test_from_true_numbers_it_would_find_out_all_those_days(look: Callable[[Attack], None]) -> None:
    history = lone(POLICY).history(LAST_OF_LONE)
    attack = Attack(history, everything(history), POLICY)
    attack.unknown(MADE, made_on(attack, 30)[0])
    look(attack)
    found = days_found_out(attack)[-LONE_DAYS:]
    assert np.flatnonzero(~found).tolist() == sorted(REST)
