"""`tenfold export …`: what is known, for other programs."""

from typing import Annotated

import typer

from infra.commands.options import CommunityOption
from infra.openmetrics import write
from infra.settings import Settings

OutputOption = Annotated[typer.FileTextWrite, typer.Option("--output", help="A file, or - for standard output.")]


async def openmetrics(community: CommunityOption, output: OutputOption = "-") -> None:  # type: ignore[assignment]
    """Write every closed day's numbers as OpenMetrics, for `promtool tsdb create-blocks-from openmetrics`."""
    typer.echo(f"{await write(Settings.load(), [community], output)} samples", err=True)
