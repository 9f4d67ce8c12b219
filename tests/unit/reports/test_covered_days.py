"""What is said of days on which nobody read what people did, and of those before."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from events.envelope import Event
from infra.server.banners import banners
from projections.disclosure.view import everything, public
from projections.evaluation.catalog import HELP
from projections.evaluation.fold import community_of
from projections.explain.explain import is_told
from projections.metrics.drilldown import NumberQuery
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from reports.builder import report_for
from reports.charts import charts
from reports.charts.drawing import NO_NUMBER
from reports.inputs import ReportInputs
from reports.portfolio import line
from reports.reach import opening_day
from reports.report import Report
from reports.text.report import text
from reports.view import View
from tests.oracle.writing import checked, contribution, event, granted, moment, weeks_of

TODAY = date(2026, 11, 30)
CASES = {"p02": date(2026, 6, 29), "p02b": date(2025, 12, 29)}
"""Twelve people, every week for three and a half years, up to a Monday; read once, on that day."""
POLICY = CommunityPolicy()


def twelve(last: date) -> list[Event]:
    weeks = [last - timedelta(days=7 * back) for back in range(183)]
    log = [contribution(f"github:{who}", week) for week in weeks for who in range(12)]
    return [*log, checked("git:one", moment(last), str(last))]


def inputs(log: Sequence[Event], day: date | None = None, *, hides: bool = False) -> ReportInputs:
    """As of a day; without one, of that on which a report opens."""
    community = community_of(log, POLICY, "garden")
    history = community.history(TODAY, TODAY)
    seen = public(history, POLICY) if hides else everything(history)
    return ReportInputs("garden", seen, history, POLICY, day or opening_day(history, TODAY), community.snapshot)


def view_of(of: ReportInputs) -> View:
    return View(report_for(of), of.seen.history, TODAY, opening_day(of.history, TODAY), HELP)


@pytest.mark.parametrize("hides", [False, True])
@pytest.mark.parametrize("last", CASES.values(), ids=CASES)
def test_nothing_of_today_is_told_of_a_source_that_was_read_once(last: date, hides: bool) -> None:
    of = inputs(twelve(last), TODAY, hides=hides)
    found, unread = report_for(of), f"nobody read what people did after {last:%-d %b %Y}"
    assert found.reason == unread
    assert found.headline.growth.sentence == f"Unknown: {unread}"
    assert found.freshness.unread is not None
    assert [one.condition for one in found.conditions.in_force] == ["source_unchecked"]
    assert [one.condition for one in found.attention.things] == ["source_unchecked"]
    assert not found.who_came_and_went.ledger
    told = [found.flows, found.say_hello, found.cohorts, found.impact, found.pathway]
    assert not any(told)
    assert "12" not in {one.value for one in found.samples}
    assert {one.name for one in found.samples} <= {"tenfold_growth_verdict"} | SAID_OF_ITSELF
    assert charts.growth(of.seen.history, TODAY, 90)["description"] == NO_NUMBER
    assert line(of).active_contributors is None


SAID_OF_ITSELF = {
    "tenfold_condition",
    "tenfold_condition_since_timestamp_seconds",
    "tenfold_known_through_timestamp_seconds",
    "tenfold_milestone",
    "tenfold_risk",
    "tenfold_source_checked_timestamp_seconds",
    "tenfold_source_last_event_timestamp_seconds",
}


@pytest.mark.parametrize("hides", [False, True])
@pytest.mark.parametrize("last", CASES.values(), ids=CASES)
def test_a_report_opens_on_the_last_day_that_is_known(last: date, hides: bool) -> None:
    of = inputs(twelve(last), hides=hides)
    assert of.day == last
    assert report_for(of).headline.growth.state != "unknown"
    assert not report_for(of).conditions.in_force
    assert "active on" in text(report_for(of))


@pytest.mark.parametrize("last", CASES.values(), ids=CASES)
def test_the_page_says_what_is_not_known_today(last: date) -> None:
    [opening] = banners(view_of(inputs(twelve(last))))
    words = f"Nobody read what people did after {last:%-d %b %Y}"
    assert (opening.text, opening.label) == (f"{words}, so this is the state on that day.", "Show today")
    [today] = banners(view_of(inputs(twelve(last), TODAY)))
    assert today.text == f"{words}: numbers that rest on it are not known of 30 Nov 2026."
    assert today.label == f"Show {last:%-d %b %Y}"


def test_of_two_sources_of_which_one_stops_a_report_opens_on_the_last_covered_day() -> None:
    last = CASES["p02"]
    other = [contribution(f"github:{who}", TODAY - timedelta(days=who), source="forge") for who in range(20, 60)]
    of = inputs([*twelve(last), *other, checked("forge", moment(TODAY), str(TODAY))])
    assert of.day == date(2026, 7, 19)
    assert report_for(of).freshness.unread is None


def roles(last: date, through: date) -> list[Event]:
    seats = [granted(f"github:{who}", "core", "2024-01-01", source="roles:one:owners") for who in range(3)]
    return [*twelve(last), *seats, checked("roles:one:owners", moment(through), str(through))]


def test_leadership_is_told_alone_where_nobody_read_the_work() -> None:
    found = report_for(inputs(roles(CASES["p02"], TODAY), TODAY))
    assert found.headline.leadership is not None
    assert found.headline.leadership.rest == "now 3.0 effective leaders, was 3.0 for 12 a year ago".removeprefix("now ")
    assert found.scopes


def test_of_roles_that_nobody_read_nothing_is_told() -> None:
    found = report_for(inputs(roles(TODAY, CASES["p02"]), TODAY))
    assert found.headline.growth.state != "unknown"
    assert found.headline.leadership is not None
    assert found.headline.leadership.sentence == "Unknown: nobody read who holds which role after 19 Jul 2026"
    assert not found.scopes
    assert found.freshness.unread is not None


def test_a_condition_that_stands_is_told_by_the_numbers_of_when_it_was_known() -> None:
    last = CASES["p02"]
    few = weeks_of([20] * 140 + [6] * 42, last - timedelta(days=7 * 181))
    log = [*few, checked("git:one", moment(last), str(last))]
    then, now = (report_for(inputs(log, day)) for day in (date(2026, 7, 19), TODAY))
    because = {one.condition: one.because for one in now.conditions.in_force}
    assert because.pop("source_unchecked")
    assert because == {one.condition: one.because for one in then.conditions.in_force}
    assert "shrinking" in because


def test_nobody_is_behind_a_number_of_a_day_that_is_not_known_or_before_the_first() -> None:
    of = inputs(twelve(CASES["p02"]))
    for day, told in ((of.day, True), (TODAY, False), (date(2020, 1, 1), False)):
        query = NumberQuery(of.snapshot, {"window_days": "90"}, number_of(day), "active_contributors", of.history)  # type: ignore[arg-type] # there is one
        assert is_told(query) is told


def test_a_milestone_that_nobody_can_judge_asks_for_no_record() -> None:
    told = event("relationship.established", "2024-02-01", {"with": "docs", "nature": "partner"}, "rel")
    found: Report = report_for(inputs([*twelve(CASES["p02"]), told], TODAY))
    assert found.milestones is not None
    synergy = found.milestones["synergy"]
    assert (synergy.state, synergy.next_step) == ("unknown", "Import the sources again.")
    assert synergy.because == "Nobody read what people did after 29 Jun 2026."
    assert "record relationships" not in text(found)
