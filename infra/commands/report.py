"""`tenfold report`: the answer and its numbers, on a terminal, as JSON or as a page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from infra.clock import today_utc
from infra.database.session import DayOption, connected, loaded, policy_of
from infra.server.assets import Assets
from infra.server.pages import Pages
from infra.settings import Settings
from infra.terminal.own_command import own_command
from infra.terminal.visible import echo
from projections.activity.flows import flows
from projections.activity.lapsing import lapsing
from projections.conditions.evaluation import ConditionsEvaluation
from projections.disclosure.view import everything
from projections.evaluation.catalog import HELP
from projections.evaluation.community import Community
from projections.explain.people import called
from projections.facts.rows import COMMUNITIES, Connection
from projections.growth.goal import Goal, Goals, held
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import History
from reports import headline as summary
from reports import portfolio
from reports.collaboration import collaboration
from reports.conditions.report import ConditionsReport as Conditions
from reports.conditions.report import conditions_report as conditions_on
from reports.flows import Flows
from reports.leadership.active_seats import known_of, year_ago
from reports.leadership.leadership import leadership
from reports.owners import named_in, named_in_stage, owners
from reports.portfolio import Line, line
from reports.report import Led, build, led, reason
from reports.since import Since, since
from reports.stage.query import Everything
from reports.stage.report import StageReport as Stage
from reports.stage.viewed import stage
from reports.text import report as report_text
from reports.text.report import Report
from reports.view import View


class Format(StrEnum):
    """For people, for other programs, or to keep and send on."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Told:
    """One community's numbers, and the day to tell them of."""

    community: Community
    history: History
    as_of: date
    today: date
    comings: Flows

    @property
    def policy(self) -> CommunityPolicy:
        """Its thresholds."""
        return self.community.policy

    @property
    def reason(self) -> str:
        """Why there is no verdict, where there is none."""
        return reason(self.history, self.as_of)

    @property
    def led(self) -> Led | None:
        """What is to say of leadership."""
        return led(self.history, self.policy, self.as_of, self.community.snapshot)

    @property
    def conditions(self) -> Conditions:
        """What there is to look at, with names where any are known."""
        told = conditions_on(
            Everything(self.history), self.community.snapshot.find(ConditionsEvaluation), self.policy, self.as_of
        )
        return named_in(told, self.comings.names)

    @property
    def stage(self) -> Stage | None:
        """Its milestones, success and risks, with names where any are known."""
        told = stage(everything(self.history), self.as_of, self.policy, self.community.snapshot)
        return told and named_in_stage(told, self.comings.names)

    @property
    def since(self) -> Since:
        """What happened since the last report."""
        return since(self.community.snapshot, self.history, self.as_of)

    @property
    def goal(self) -> Goal | None:
        """The goal that holds."""
        return held(self.community.snapshot.of(Goals).every, number_of(self.as_of))


CommunityOption = Annotated[str | None, typer.Option("--community", show_default="all of them")]


async def report(
    community: CommunityOption = None,
    as_of: DayOption = None,
    format_: Annotated[Format, typer.Option("--format")] = Format.TEXT,
    numbers: Annotated[bool, typer.Option("--numbers", help="All numbers too, in the text of one community.")] = False,
) -> None:
    """Say whether a community is growing, and the numbers behind it; without one, all of them side by side."""
    settings = Settings.load()
    told = await tell(settings, [community] if community else None, as_of)
    match format_:
        case Format.TEXT:
            echo(as_text(told, numbers=numbers), nl=False)
        case Format.JSON:
            typer.echo(json.dumps(as_json(told, whole=community is None), indent=2))
        case Format.HTML:
            typer.echo(as_page(told))


async def tell(settings: Settings, names: Sequence[str] | None, as_of: date | None) -> list[Told]:
    """Reads communities from the facts as they stand.

    Args:
        settings: Where they are.
        names: Which; None is all.
        as_of: The day; by default the newest that each one's data reaches.

    Raises:
        TenfoldError: Nobody ever heard of one.
    """
    policy, today = policy_of(settings), today_utc()
    async with connected(settings) as connection:
        wanted = names or [row["name"] for row in await connection.fetch(COMMUNITIES)]
        return [await _told(connection, await loaded(connection, name, policy), as_of, today) for name in wanted]


async def _told(connection: Connection, community: Community, as_of: date | None, today: date) -> Told:
    history = community.history(today, today)
    day = as_of or summary.opening_day(history, today)
    snapshot, number = community.snapshot, number_of(day)
    greeted = lapsing(snapshot, number)
    told = Told(community, history, day, today, Flows(flows(snapshot, number), greeted, {}))
    people = [*greeted.everybody, *told.since.people, *owners(told.stage, told.conditions)]
    names = await called(connection, snapshot, people)
    return replace(told, comings=replace(told.comings, names=names))


def nothing_yet() -> str:
    """What to say where there is no community."""
    return f"No event yet. `{own_command()} import git REPOSITORY --community NAME` reads a repository."


def as_text(told: Sequence[Told], *, numbers: bool = False) -> str:
    """One report in full, or several communities side by side."""
    if not told:
        return f"{nothing_yet()}\n"
    if len(told) > 1:
        return portfolio.text([_line(one) for one in told])
    one = told[0]
    told_of = Report(
        one.community.name,
        one.history,
        one.as_of,
        one.policy,
        reason=one.reason,
        led=one.led,
        goal=one.goal,
        collaboration=collaboration(one.community.snapshot, one.history, one.as_of),
        conditions=one.conditions,
        stage=one.stage,
        comings=one.comings,
        since=one.since,
    )
    return report_text.text(told_of, own_command(), numbers=numbers)


def as_json(told: Sequence[Told], *, whole: bool) -> object:
    """The documented JSON of one community, or a list of it."""
    reports = [build(one.community.snapshot, one.history, one.as_of).as_json() for one in told]
    return {"communities": reports} if whole else reports[0]


def as_page(told: Sequence[Told]) -> str:
    """One community's page, or all of them side by side, as a file that needs nothing else."""
    if len(told) != 1:
        return Pages(Assets()).saved_communities([_line(one) for one in told], nothing_yet())
    one = told[0]
    view = View(
        community=one.community.name,
        as_of=one.as_of,
        today=one.today,
        opens_on=one.as_of,
        policy=one.policy,
        seen=everything(one.history),
        samples=one.history.on(one.as_of),
        meanings=HELP,
        reason=one.reason,
        led=one.led,
        goal=one.goal,
        leaders_known=known_of(one.history, one.as_of),
        stage=one.stage,
        conditions=one.conditions,
        comings=one.comings,
        year_ago=year_ago(one.history, one.as_of, one.policy),
    )
    return Pages(Assets()).saved(view)


def _line(one: Told) -> Line:
    seen = everything(one.history)
    known = known_of(one.history, one.as_of)
    told = leadership(seen, one.as_of, one.led, one.policy, known, one.community.name)
    reach = summary.reach(seen, one.as_of)
    said = summary.verdict(seen, one.as_of, one.reason), told, reach
    return line(one.community.name, seen, one.as_of, one.policy, said)
