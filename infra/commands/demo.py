"""`tenfold demo`: the whole thing on one machine, on real history."""

import re
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from events.sources.commits import Origin
from infra.commands.report import as_text
from infra.commands.report import tell as reported
from infra.commands.up import DataOption, start_processes
from infra.commands.up import tell_address as tell_component
from infra.ingest import event_files, example
from infra.ingest.git_import import Import
from infra.ingest.git_log import Repository, opened
from infra.ingest.publisher import chunks, publishing
from infra.ingest.waiting import until_applied, until_evaluated
from infra.local.monitoring import start_monitoring
from infra.local.ports import LOOPBACK
from infra.local.signals import ended_by_signals
from infra.local.stack import LocalStack
from infra.settings import Settings
from infra.terminal.own_command import own_command
from infra.terminal.progress import progress
from infra.terminal.visible import echo
from projections.timeline.days import say_day

OnceOption = Annotated[bool, typer.Option("--once", help="End when the answer is printed, instead of serving it.")]
RepoOption = Annotated[str | None, typer.Option("--repo", help="A repository of yours instead of the example.")]

_UNFIT: Final = re.compile(r"[^a-z0-9._-]+")


async def demo(once: OnceOption = False, repo: RepoOption = None, data: DataOption = None) -> None:
    """Show, on a real community's history, whether it is growing."""
    with ended_by_signals(), opened(repo) if repo else nullcontext() as repository:
        async with LocalStack(_settings(data, repo), tell_component) as stack:
            await start_processes(stack)
            settings = stack.settings
            community = await (_import(settings, repository) if repository else _example(settings))
            await _applied(settings, community)
            page = None if once else f"http://{LOOPBACK}:{settings.server_port}/communities/{community}"
            await _answer(settings, community, page)
            if not once:
                await start_monitoring(stack, tell_component)
                await stack.wait()


def _settings(data: Path | None, repo: str | None) -> Settings:
    """The example is measured by its own policy, unless another one is named."""
    settings = Settings.load(data)
    if repo or settings.policy_file:
        return settings
    return settings.model_copy(update={"policy_file": example.policy_file()})


async def _example(settings: Settings) -> str:
    """Puts the example's events into the log; those that stand there already are left alone."""
    open_settings = settings.model_copy(update={"pseudonym_key": None})  # they bear pseudonyms already
    events = list(event_files.read(example.events_file()))
    async with publishing(open_settings, example.COMMUNITY) as publisher:
        with progress("reading the example", len(events)) as advance:
            for chunk in chunks(events):
                await publisher.publish(chunk)
                advance(len(chunk))
    return example.COMMUNITY


async def _import(settings: Settings, repository: Repository) -> str:
    """Imports a repository as a community of its own name."""
    community = community_of(repository.name)
    origin = Origin(community, repository.name, repository.fetched_at or datetime.now(UTC))
    async with publishing(settings, community) as publisher:
        work = Import(publisher, repository, origin)
        with progress("importing", work.steps) as advance:
            await work.run(advance)
    return community


def community_of(name: str) -> str:
    """A community's name, after its repository's: what stands last in an address."""
    return _UNFIT.sub("-", Path(name).name).strip("._-")[:63] or "community"


async def _applied(settings: Settings, community: str) -> None:
    with progress("applying") as advance:
        await until_applied(settings, advance)
    await until_evaluated(settings, community)


async def _answer(settings: Settings, community: str, page: str | None) -> None:
    told = await reported(settings, [community], None)
    echo(f"\n{as_text(told)}")
    typer.echo(f"This is how things stood on {say_day(told[0].as_of)}, the last day that the data reaches.")
    if page:
        typer.echo(f"The page opens on that day, too: {page}\nCtrl-C stops all of it")
    else:
        again = f"`{own_command()} up` starts it again, before any of the commands above"
        typer.echo(f"Nothing of it runs any more: {again}.")
