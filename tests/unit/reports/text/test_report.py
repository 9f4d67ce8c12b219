"""The report as it is sent on: short, in order, and at most three things to see to."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from events.catalog import AnyEvent
from infra.commands.report import Told, as_text, inputs_of
from infra.ingest import event_files, example
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from projections.evaluation.fold import community_of
from projections.policy.policy import CommunityPolicy, Policy
from projections.timeline.history import series
from reports.attention import MOST, attention
from reports.conditions.report import Action, InForce
from reports.conditions.report import ConditionsReport as Conditions
from reports.stage.report import Milestone, Risk
from reports.stage.report import StageReport as Stage
from reports.text import report as report_text
from tests.support.reporting import report
from tests.unit.reports.two_days import DAY, judged, on, read

LAST_DAY = date(2026, 8, 22)
PARTS = ("Who came and who went", "Needs attention", "Milestones", "Success of the stage", "Risks", "Since ")


def report_of(events: Iterable[AnyEvent], policy: CommunityPolicy, *, numbers: bool = False) -> str:
    community = community_of(events, policy, "moss")
    today = LAST_DAY + timedelta(days=3)
    return as_text([Told(inputs_of(community, None, today), today)], numbers=numbers)


@pytest.fixture(scope="module")
def of_the_example() -> str:
    policy = Policy.load(example.policy_file().read_text()).community(example.COMMUNITY)
    return report_of(event_files.read(example.events_file()), policy)


@pytest.fixture(scope="module", params=[Outlook.GROWING, Outlook.STALLING, Outlook.CONCENTRATING])
def simulated(request: pytest.FixtureRequest) -> str:
    simulation = Simulation(SCENARIOS[request.param], 1, 3, "moss", LAST_DAY, 0.5)
    return report_of(simulation.events(), CommunityPolicy())


def is_sendable(report: str, most_lines: int) -> None:
    lines = report.splitlines()
    assert len(lines) <= most_lines
    assert max(map(len, lines)) <= 79
    assert "nan" not in report
    starts = [next(at for at, line in enumerate(lines) if line.startswith(part)) for part in PARTS]
    assert starts == sorted(starts)
    needs = report.partition("Needs attention\n")[2].partition("\n\n")[0]
    assert len(re.findall(r"^  \d\. ", needs, re.MULTILINE)) <= MOST
    assert needs.count("Owner: ") == len(re.findall(r"^  \d\. ", needs, re.MULTILINE))


def test_the_report_of_the_example_can_be_sent_on(of_the_example: str) -> None:
    is_sendable(of_the_example, 70)
    lines = of_the_example.splitlines()
    assert lines[1].startswith("  Growth: cannot tell yet. 6 % fewer people a month over the last year than a")
    assert lines[4].startswith("  Leadership: steady. It is spread as if 35.1 people shared it equally")
    trusted = of_the_example.split("\n\n")[1].splitlines()
    assert len(trusted) <= 3
    assert of_the_example.count("Cannot be told yet") == 1


def test_the_report_of_a_simulated_community_can_be_sent_on(simulated: str) -> None:
    is_sendable(simulated, 92)


def test_all_numbers_are_there_for_the_asking() -> None:
    simulation = Simulation(SCENARIOS[Outlook.GROWING], 1, 2, "moss", LAST_DAY, 0.3)
    whole = report_of(simulation.events(), CommunityPolicy(), numbers=True)
    assert "Contribution pathway" in whole
    assert "Active contributors" in whole
    assert max(map(len, whole.splitlines())) <= 79


def in_force(condition: str, *actions: Action) -> InForce:
    return InForce(condition, LAST_DAY, "something is so; in force until it is not", [], "Do it.", actions)


def test_the_worst_comes_first_one_matter_once_and_no_more_than_three() -> None:
    names = ("report_overdue", "pathway_gap", "coordinator_runway", "shrinking")
    stage = Stage(
        {"communication": Milestone("not_met", "None.", "Ada", None, None, None, "Publish.")},
        {},
        {"coordinator_runway": Risk("high", "Nobody.", "Find one."), "ownership_openness": Risk("high", "So.", "Do.")},
    )
    found = attention(Conditions([in_force(one) for one in names], [], []), stage, ())
    assert [one.what for one in found.things] == [
        "Shrinking",
        "Coordination runs out",
        "Ownership and openness out of balance",
    ]
    assert found.things[0].why == "Something is so."
    assert found.more == 2


def test_who_took_a_condition_on_answers_for_it_or_else_who_answers_for_its_milestone() -> None:
    stage = Stage({"communication": Milestone("met", "All.", "Ada")}, {}, {})
    taken_on = in_force("shrinking", Action(LAST_DAY, "https://example.org/plan", "Bo"))
    found = attention(Conditions([in_force("report_overdue"), taken_on], [], []), stage, ()).things
    assert [(one.owner, one.next_step) for one in found] == [
        ("Bo", "Under way: https://example.org/plan"),
        ("Ada", "Do it."),
    ]
    assert attention(None, None, ()).things == []


def test_a_text_report_begins_with_the_answer_and_keeps_to_the_screen() -> None:
    active = {series("active_contributors", window_days=days): float(days) for days in (30, 90, 365)}
    numbers = judged("growing", 0.18, 0.08, 0.29) | active | read(DAY, DAY)
    words = report_text.text(report(on(numbers), DAY, community="rust"), numbers=True)
    lines = words.splitlines()
    assert lines[:3] == [
        "rust, 22 Aug 2026: are we growing?",
        "  Growth: growing. 18 % more people a month over the last year than a year",
        "    before (between +8 % and +29 %). 90 active in 90 days. So since 22 Aug",
    ]
    assert max(map(len, lines)) <= 79
    [line] = [line for line in lines if line.startswith("  Active contributors")]
    assert line.split() == ["Active", "contributors", "30", "90", "365"]
