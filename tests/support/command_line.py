"""A command line, read and not run."""

from typing import Any

import typer

from infra.cli import build_cli


def parse(words: list[str]) -> None:
    """Reads a command line as `tenfold` would, options and all, and stops before running it."""
    command: Any = typer.main.get_command(build_cli(words[0]))
    context = command.make_context("tenfold", list(words))
    while hasattr(command, "resolve_command"):
        name, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        context = command.make_context(name, rest, parent=context)
