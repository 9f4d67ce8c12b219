"""`tenfold explain`: says who; the rule, the people and the events behind a number."""

import json
from dataclasses import replace
from typing import Annotated

import typer

from infra.clock import today_utc
from infra.database.session import DayOption, connected, loaded, policy_of
from infra.settings import Settings
from infra.terminal.format import Format, FormatOption
from infra.terminal.visible import echo
from projections.evaluation.catalog import HELP
from projections.explain.explain import Question
from projections.explain.explain import explain as explained
from reports.explanation import Explained
from reports.leadership.leadership import terms
from reports.number_query import EVERYBODY, completed, is_about_leadership, labels_of_pairs, require_known, whole_name
from reports.reach import opening_day
from reports.reasons import with_reason
from reports.text.explanation import explanation_text, families_listed

LabelOption = Annotated[
    list[str] | None,
    typer.Option("--label", metavar="NAME=VALUE", help="Of the series; may be given again."),
]


async def explain(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    metric: Annotated[
        str | None, typer.Argument(help="A family, with or without tenfold_, or its title in a report.")
    ] = None,
    community: Annotated[str | None, typer.Option("--community", help="Whose number it is.")] = None,
    as_of: DayOption = None,
    label: LabelOption = None,
    offset: Annotated[int, typer.Option(min=0, help="People to leave out first.")] = 0,
    limit: Annotated[int, typer.Option(min=1, help="Most people to show.")] = 20,
    list_: Annotated[bool, typer.Option("--list", help="All families there are, instead of one explained.")] = False,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Show the rule, the people and the events behind a number."""
    if list_:
        typer.echo(json.dumps(HELP, indent=2) if format_ is Format.JSON else families_listed())
        return
    if metric is None or community is None:
        raise typer.BadParameter("it takes a METRIC and --community; --list names every metric")
    settings, labels, today = Settings.load(), _labels(label or []), today_utc()
    async with connected(settings) as connection:
        known = await loaded(connection, community, policy_of(settings))
        history = known.history(today, today)
        family, day = whole_name(metric), as_of or opening_day(history, today)
        require_known(history, family, labels)
        whole = completed(history, family, labels, day, known.policy)
        question = Question(family, whole, day, offset, limit)
        all_of_them = is_about_leadership(family, whole)
        asked = replace(question, offset=0, limit=EVERYBODY) if all_of_them else question
        found = await explained(connection, known.snapshot, history, asked)
        told = Explained.of(community, with_reason(found, known.snapshot, history))
    at = offset if all_of_them else 0
    if format_ is Format.JSON:
        typer.echo(json.dumps(told.page(at, limit).as_json(), indent=2))
    else:
        about = terms(family, whole, known.policy) if all_of_them else ""
        echo(explanation_text(told, told.page(at, limit).people, offset, about).rstrip())


def _labels(given: list[str]) -> dict[str, str]:
    try:
        return labels_of_pairs(given)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--label") from error
