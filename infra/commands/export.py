"""`tenfold export …`: what is known, for other programs."""

from typing import Annotated

import typer

from infra.commands.options import name_of
from infra.monitoring.openmetrics import past, write
from infra.settings import Settings
from projections.evaluation.catalog import HELP

CommunitiesOption = Annotated[
    list[str], typer.Option("--community", parser=name_of, metavar="NAME", help="A community; several may be named.")
]
OutputOption = Annotated[typer.FileTextWrite, typer.Option("--output", help="A file, or - for standard output.")]


async def openmetrics(community: CommunitiesOption, output: OutputOption = "-") -> None:  # type: ignore[assignment]
    """Write every closed day's numbers as OpenMetrics, for `promtool tsdb create-blocks-from openmetrics`."""
    histories = await past(Settings.load(), community)
    typer.echo(f"{write(histories, HELP, output)} samples", err=True)
