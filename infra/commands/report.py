"""`tenfold report`: the answer and its numbers, on a terminal, as JSON or as a page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
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
from projections.disclosure.view import everything
from projections.evaluation.catalog import HELP
from projections.evaluation.community import Community
from projections.explain.people import called
from projections.facts.rows import COMMUNITIES, Connection
from reports import portfolio
from reports.builder import report_for
from reports.inputs import ReportInputs
from reports.portfolio import line
from reports.reach import opening_day
from reports.report import Report
from reports.text import report as report_text
from reports.view import View


class Format(StrEnum):
    """For people, for other programs, or to keep and send on."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Told:
    """One community, and what it is told of; the whole report only where it is asked for."""

    inputs: ReportInputs
    today: date
    report: Report | None = None

    @property
    def as_of(self) -> date:
        """The day reported."""
        return self.inputs.day


CommunityOption = Annotated[str | None, typer.Option("--community", show_default="all of them")]


async def report(
    community: CommunityOption = None,
    as_of: DayOption = None,
    format_: Annotated[Format, typer.Option("--format")] = Format.TEXT,
    numbers: Annotated[bool, typer.Option("--numbers", help="All numbers too, in the text of one community.")] = False,
) -> None:
    """Say whether a community is growing, and the numbers behind it; without one, all of them side by side."""
    settings = Settings.load()
    told = await tell(settings, [community] if community else None, as_of, in_full=format_ is Format.JSON)
    match format_:
        case Format.TEXT:
            echo(as_text(told, numbers=numbers), nl=False)
        case Format.JSON:
            typer.echo(json.dumps(as_json(told, whole=community is None), indent=2))
        case Format.HTML:
            typer.echo(as_page(told))


async def tell(
    settings: Settings, names: Sequence[str] | None, as_of: date | None, *, in_full: bool = False
) -> list[Told]:
    """Reads communities from the facts as they stand.

    Args:
        settings: Where they are.
        names: Which; None is all.
        as_of: The day; by default the newest that each one's data reaches.
        in_full: Whether their whole reports are wanted however many they are.

    Raises:
        TenfoldError: Nobody ever heard of one.
    """
    policy, today = policy_of(settings), today_utc()
    async with connected(settings) as connection:
        wanted = names or [row["name"] for row in await connection.fetch(COMMUNITIES)]
        found = [inputs_of(await loaded(connection, name, policy), as_of, today) for name in wanted]
        if in_full or len(found) == 1:
            return [Told(one, today, await reported(connection, one)) for one in found]
        return [Told(one, today) for one in found]


def inputs_of(community: Community, as_of: date | None, today: date) -> ReportInputs:
    """What the report of a community is made of, for somebody who may see everything."""
    history = community.history(today, today)
    day = as_of or opening_day(history, today)
    return ReportInputs(community.name, everything(history), history, community.policy, day, community.snapshot)


async def reported(connection: Connection, inputs: ReportInputs) -> Report:
    """The whole report, with what people are called."""
    report = report_for(inputs)
    return report.named(await called(connection, inputs.snapshot, report.people)) if inputs.snapshot else report


def nothing_yet() -> str:
    """What to say where there is no community."""
    return f"No event yet. `{own_command()} import git REPOSITORY --community NAME` reads a repository."


def as_text(told: Sequence[Told], *, numbers: bool = False) -> str:
    """One report in full, or several communities side by side."""
    if not told:
        return f"{nothing_yet()}\n"
    if len(told) > 1:
        return portfolio.text([line(one.inputs) for one in told])
    return report_text.text(report_of(told[0]), own_command(), numbers=numbers)


def as_json(told: Sequence[Told], *, whole: bool) -> object:
    """The documented JSON of one community, or a list of it."""
    reports = [report_of(one).as_json() for one in told]
    return {"communities": reports} if whole else reports[0]


def as_page(told: Sequence[Told]) -> str:
    """One community's page, or all of them side by side, as a file that needs nothing else."""
    if len(told) != 1:
        return Pages(Assets()).saved_communities([line(one.inputs) for one in told], nothing_yet())
    one = told[0]
    view = View(
        report=report_of(one),
        history=one.inputs.history,
        today=one.today,
        opens_on=one.as_of,
        meanings=HELP,
    )
    return Pages(Assets()).saved(view)


def report_of(told: Told) -> Report:
    """The whole report; nobody is called by name where it was not asked for."""
    return told.report or report_for(told.inputs)
