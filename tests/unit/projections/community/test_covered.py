"""Small communities whose sources cease to be read: which days are covered, and what is left of the others."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import pytest

from events.envelope import Event
from projections.conditions.catalog import CONDITIONS
from projections.evaluation.catalog import FAMILIES
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy, SourcePolicy
from projections.timeline.history import History, series
from tests.oracle.writing import checked, contribution, event, granted, moment, weeks_of
from tests.support import asking
from tests.support.asking import Ask

ask = asking.ask
"""The fixture that asks the oracle and us."""

WEEKS: Final = 40
READ: Final = date(2026, 6, 29)
"""The last Monday on which anybody worked, up to which the only source was read, once."""
MONDAY: Final = READ - timedelta(days=7 * (WEEKS - 1))
GRANTED: Final = "2024-01-01"
LAST_COVERED, TODAY = "2026-07-19", "2026-11-30"


def regulars(people: int = 12, source: str = "git:one", weeks: int = WEEKS) -> list[Event]:
    """The same people every Monday."""
    return [
        contribution(f"github:{who}", MONDAY + timedelta(days=7 * week), source=source)
        for week in range(weeks)
        for who in range(people)
    ]


def stopped() -> list[Event]:
    """Read once, long ago."""
    return [*regulars(), checked("git:one", moment(READ), "2026-07-01")]


def active_on(history: History, day: str) -> float:
    return history.value(series("active_contributors", window_days=90), date.fromisoformat(day))


def test_a_source_that_was_read_once_is_expected_again_within_three_weeks(ask: Ask) -> None:
    """Twelve worked every week until the source was read for the last time: afterwards nobody knows."""
    assert ask(stopped(), LAST_COVERED, "active_contributors", window_days=90) == 12
    assert ask(stopped(), "2026-07-20", "active_contributors", window_days=90) is None
    assert ask(stopped(), TODAY, "growth_verdict", verdict="unknown") == 1


def test_it_is_told_up_to_which_day_is_known(ask: Ask) -> None:
    through = moment(LAST_COVERED).replace(hour=0).timestamp()
    log = stopped()
    assert ask(log, TODAY, "known_through_timestamp_seconds", of="contributions") == through
    assert ask(log, LAST_COVERED, "known_through_timestamp_seconds", of="contributions") == through
    assert ask(log, "2026-07-18", "known_through_timestamp_seconds", of="contributions") == through - 86400
    assert ask(log, TODAY, "known_through_timestamp_seconds", of="roles") is None


def test_without_a_check_silence_is_what_it_is(ask: Ask) -> None:
    """Who emits by themselves is never not checked: that nobody came is a finding."""
    assert ask(regulars(), TODAY, "active_contributors", window_days=90) == 0
    assert (
        ask(regulars(), TODAY, "known_through_timestamp_seconds", of="contributions")
        == moment(TODAY).replace(hour=0).timestamp()
    )


@pytest.mark.parametrize("cadence", [1, 30])
def test_the_policy_says_how_often_a_source_is_read(ask: Ask, cadence: float) -> None:
    policy = CommunityPolicy(sources={"git:one": SourcePolicy(cadence_days=cadence)})
    last = READ + timedelta(days=3 * cadence - 1)
    for day, active in ((last, True), (last + timedelta(days=1), False)):
        found = ask(stopped(), str(day), "newcomers", policy, window_days=90)
        assert (found is not None) is active


def test_of_two_sources_the_one_that_stops_hides_what_it_held(ask: Ask) -> None:
    """Ten work in one source and one in another that is read no more: 1 of 11 is less than a tenth, 1 of 10 is not."""
    other = [contribution("github:99", MONDAY + timedelta(days=7 * week), source="forge") for week in range(WEEKS)]
    checks = [checked("git:one", moment(TODAY), TODAY), checked("forge", moment(READ), "2026-07-01")]
    assert ask([*regulars(10), *other, *checks], TODAY, "active_contributors", window_days=90) == 0
    assert ask([*regulars(9), *other, *checks], TODAY, "active_contributors", window_days=90) is None
    assert ask([*regulars(9), *other, *checks], LAST_COVERED, "active_contributors", window_days=90) == 10


def test_a_source_that_comes_back_makes_all_days_known_again(ask: Ask) -> None:
    back = [*stopped(), checked("git:one", moment(TODAY), TODAY)]
    assert ask(back, "2026-09-28", "active_contributors", window_days=90) == 0
    assert ask(back, "2026-08-01", "active_contributors", window_days=90) == 12


def test_a_source_that_was_retired_is_expected_no_more(ask: Ask) -> None:
    ended = [*stopped(), event("source.retired", "2026-10-01", {"source": "git:one"}, "end")]
    assert ask(ended, "2026-09-30", "active_contributors", window_days=90) is None
    assert ask(ended, "2026-10-01", "active_contributors", window_days=90) == 0


def test_roles_alone_stay_while_their_sources_are_checked(ask: Ask) -> None:
    roles = [granted(f"github:{who}", "core", GRANTED, source="roles:one:owners") for who in range(3)]
    log = [*stopped(), *roles, checked("roles:one:owners", moment(TODAY), TODAY)]
    assert ask(log, TODAY, "effective_leaders", seats="nominal") == pytest.approx(3)
    assert ask(log, TODAY, "effective_leaders", seats="active") is None
    assert ask(log, TODAY, "leadership_verdict", verdict="steady") == 1
    for family in ("contributors_per_effective_leader", "leaders_without_known_work"):
        assert ask(log, TODAY, family) is None
        assert ask(log, LAST_COVERED, family) is not None


def test_where_roles_are_read_no_more_nobody_knows_who_leads(ask: Ask) -> None:
    roles = [granted(f"github:{who}", "core", GRANTED, source="roles:one:owners") for who in range(3)]
    log = [*regulars(), checked("git:one", moment(TODAY), TODAY), *roles]
    log += [checked("roles:one:owners", moment(READ), "2026-07-01")]
    assert ask(log, LAST_COVERED, "effective_leaders", seats="nominal") == pytest.approx(3)
    assert ask(log, TODAY, "effective_leaders", seats="nominal") is None
    assert ask(log, TODAY, "leadership_verdict", verdict="unknown") == 1
    assert ask(log, TODAY, "last_new_leader_timestamp_seconds") is None
    assert ask(log, TODAY, "active_contributors", window_days=90) == 0


def test_a_role_source_of_less_than_a_tenth_hides_nothing(ask: Ask) -> None:
    roles = [granted(f"github:{who}", f"s{who}", GRANTED, source="roles:one:owners") for who in range(10)]
    late = granted("github:99", "far", GRANTED, source="roles:two:owners")
    log = [*regulars(), checked("git:one", moment(TODAY), TODAY), *roles, late]
    log += [checked("roles:one:owners", moment(TODAY), TODAY), checked("roles:two:owners", moment(READ), "2026-07-01")]
    assert ask(log, TODAY, "leaders", seats="nominal") == 11
    assert ask([one for one in log if one is not roles[0]], TODAY, "leaders", seats="nominal") is None


def test_by_active_seats_leadership_is_as_unknown_as_the_work(ask: Ask) -> None:
    policy = CommunityPolicy(judge_by="active")
    roles = [granted(f"github:{who}", "core", GRANTED, source="by-hand") for who in range(3)]
    log = [*stopped(), *roles]
    exposure = {"unit": "person", "of": "leadership"}
    assert ask(log, LAST_COVERED, "departure_exposure_ratio", policy, **exposure) == pytest.approx(1 / 3)
    assert ask(log, TODAY, "leadership_verdict", policy, verdict="unknown") == 1
    assert ask(log, TODAY, "departure_exposure_ratio", policy, **exposure) is None
    assert ask(log, TODAY, "departure_exposure_ratio", **exposure) is not None


def test_milestones_risks_and_success_say_what_is_unknown(ask: Ask) -> None:
    told = event("relationship.established", GRANTED, {"with": "docs", "nature": "partner"}, "rel")
    log = [*stopped(), told]
    assert ask(log, LAST_COVERED, "milestone", milestone="synergy", state="unknown") == 0
    assert ask(log, TODAY, "milestone", milestone="synergy", state="unknown") == 1
    assert ask(log, TODAY, "risk", risk="pathway_gaps", state="unknown") == 1
    assert ask(log, TODAY, "risk", risk="ownership_openness", state="unknown") == 1


def test_a_check_before_everything_hides_nothing(ask: Ask) -> None:
    log = [contribution("github:1", "2024-05-01"), checked("git:one", moment("2020-01-01"), "2020-01-01")]
    assert ask(log, "2024-05-01", "active_contributors", window_days=90) == 1
    assert ask(log, "2024-04-30", "active_contributors", window_days=90) is None
    assert ask(log, "2024-04-30", "known_through_timestamp_seconds", of="contributions") is None


def test_nothing_but_the_source_is_told_of_a_stale_import() -> None:
    """Nobody works after the last check, and no condition says so but the one about the source."""
    history = fold(stopped(), CommunityPolicy(), date.fromisoformat(TODAY))
    held = {name for name in CONDITIONS if history.value(series("condition", condition=name), history.last_day) == 1}
    assert held == {"source_unchecked"}
    since = history.value(series("condition_since_timestamp_seconds", condition="source_unchecked"), history.last_day)
    assert since == moment("2026-07-20").replace(hour=0).timestamp()


def test_conditions_stand_as_they_stood_on_the_last_covered_day() -> None:
    """It shrank when the source was last read: that stands, though the verdict is unknown by now."""
    few = [
        *weeks_of([20] * 140 + [8] * 42, READ - timedelta(days=7 * 181)),
        checked("git:one", moment(READ), "2026-07-01"),
    ]
    history = fold(few, CommunityPolicy(), date.fromisoformat(TODAY))
    for day in (date.fromisoformat(LAST_COVERED), history.last_day):
        for name in CONDITIONS:
            if name != "source_unchecked":
                then = history.value(series("condition", condition=name), date.fromisoformat(LAST_COVERED))
                assert history.value(series("condition", condition=name), day) == then, name


def test_growth_is_unknown_where_nobody_read_and_known_again_when_somebody_does() -> None:
    twenty = weeks_of([20] * 182, READ - timedelta(days=7 * 181))
    for checks, unknown in (([checked("git:one", moment(READ), "2026-07-01")], 1), ([], 0)):
        history = fold([*twenty, *checks], CommunityPolicy(), date.fromisoformat(TODAY))
        assert history.value(series("growth_verdict", verdict="unknown"), history.last_day) == unknown
        assert np.isnan(history.value(series("growth_change_ratio"), history.last_day)) == unknown


def test_every_family_of_an_uncovered_day_is_told_as_before_or_not_at_all() -> None:
    """Of an uncovered day there is no number, but for states and what people say themselves."""
    history = fold(stopped(), CommunityPolicy(), date.fromisoformat(TODAY))
    own = {"condition", "condition_since_timestamp_seconds", "growth_verdict", "milestone", "risk", "scaling_success"}
    own |= {
        "known_through_timestamp_seconds",
        "source_checked_timestamp_seconds",
        "source_last_event_timestamp_seconds",
    }
    for (metric, _), values in history.series.items():
        if metric.removeprefix("tenfold_") in FAMILIES.keys() - own:
            assert np.isnan(values[-1]), metric
    assert active_on(history, TODAY) != active_on(history, TODAY)
