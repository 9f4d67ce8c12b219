"""The `tenfold` command: a table of commands, and how their errors end.

A command is a plain (or async) function with typer's annotations; its docstring is its help. To
add one, write it in a module of `infra/commands` and give it a line in `COMMANDS`.
"""

import asyncio
import functools
import inspect
import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from events.errors import TenfoldError
from infra.logs.log_format import log_handler
from infra.logs.log_limit import LimitRepeats
from infra.terminal.own_command import own_command
from infra.terminal.refusals import plain, problem_words
from infra.terminal.visible import echo

COMMANDS = {
    "up": "infra.commands.up:up",
    "topics create": "infra.commands.topics:create",
    "topics check": "infra.commands.topics:check",
    "log check": "infra.commands.log:check",
    "log follow": "infra.commands.log:follow",
    "migrate": "infra.commands.migrate:migrate",
    "status": "infra.commands.status:status",
    "worker": "infra.commands.worker:worker",
    "serve": "infra.commands.serve:serve",
    "report": "infra.commands.report:report",
    "explain": "infra.commands.explain:explain",
    "rebuild": "infra.commands.rebuild:rebuild",
    "demo": "infra.commands.demo:demo",
    "import git": "infra.commands.import_:git",
    "import roles": "infra.commands.import_roles:roles",
    "people link": "infra.commands.people:link",
    "people unlink": "infra.commands.people:unlink",
    "people bot": "infra.commands.people:bot",
    "people human": "infra.commands.people:human",
    "people name": "infra.commands.people:name",
    "people unseen": "infra.commands.matching:unseen",
    "people affiliate": "infra.commands.people:affiliate",
    "record goal": "infra.commands.record:goal",
    "record role": "infra.commands.record_roles:role",
    "record scope": "infra.commands.record_roles:scope",
    "record contribution": "infra.commands.record_people:contribution",
    "record mentoring": "infra.commands.record_people:mentoring",
    "record opportunity": "infra.commands.record_people:opportunity",
    "record engagement": "infra.commands.record_community:engagement",
    "record relationship": "infra.commands.record_community:relationship",
    "record practice": "infra.commands.record_community:practice",
    "record milestone": "infra.commands.record_community:milestone",
    "record action": "infra.commands.record_community:action",
    "record impact": "infra.commands.record_community:impact",
    "export openmetrics": "infra.commands.export:openmetrics",
    "retract": "infra.commands.retract:retract",
    "simulate": "infra.commands.simulate:simulate",
}
"""Command line → `module:function`."""

PROCESSES = {"worker", "serve"}
"""Commands that run on: they log what they do, and end with a traceback where there is a bug."""

EXPECTED = (TenfoldError, ValidationError, OSError)
"""Errors of the world, not of the code: their message says all."""

GROUPS = {
    "export": "Write what is known, for other programs.",
    "import": "Read a source and produce its events.",
    "log": "Whether the log is the one that was read, and what to do where it is not.",
    "people": "Corrections about people by hand, as events with an actor.",
    "record": "Record what happened by hand, as an event with an actor.",
    "topics": "Create the topics, or check that they are as they must be.",
}
"""First words of commands of two words, with their help."""


def build_cli(only: str | None = None) -> typer.Typer:
    """Composes the command line.

    Args:
        only: First word of the commands wanted; all of them where it names none. Loading what
            one command needs keeps `tenfold status` from waiting for Faust and numpy.
    """
    paths = [path for path in COMMANDS if path.split()[0] == only] or list(COMMANDS)
    cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    cli.callback()(_root)
    groups: dict[str, typer.Typer] = {}
    for path in paths:
        first, _, second = path.partition(" ")
        parent = cli
        if second:
            parent = groups.get(first) or groups.setdefault(first, _group(cli, first))
        parent.command(second or first)(_runnable(COMMANDS[path]))
    return cli


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command. Exit codes: 0 good, 1 the answer is bad, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    if strange := next((word for word in words if not _is_text(word)), None):
        _complain(f"this is not UTF-8: {os.fsencode(strange).decode(errors='backslashreplace')}")
        raise SystemExit(2)
    first = next((word for word in words if not word.startswith("-")), None)
    _log(verbose=debug or first in PROCESSES)
    try:
        code = build_cli(first)(args=words, prog_name="tenfold", standalone_mode=False)
    except typer.TyperException as error:
        _complain(plain(error.format_message()))
        raise SystemExit(error.exit_code) from None
    except Exception as error:
        if debug or (first in PROCESSES and not isinstance(error, EXPECTED)):
            raise
        _complain(one_line(error))
        raise SystemExit(1) from None
    raise SystemExit(code or 0)


def one_line(error: Exception) -> str:
    """What went wrong, for a person, without a line break."""
    match error:
        case TenfoldError():
            text = str(error)
        case ValidationError():
            text = problem_words(error)
        case OSError() if error.strerror:
            text = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
        case _:
            text = f"{type(error).__name__}: {error} (--debug shows where)"
    return " ".join(text.split())


def _is_text(word: str) -> bool:
    """Whether an argument was UTF-8; Python keeps other bytes as halves of characters, which nothing can encode."""
    return not any("\udc80" <= sign <= "\udcff" for sign in word)


def _complain(message: str) -> None:
    if message:  # empty where the help was shown in its place
        echo(f"tenfold: {message.replace('`tenfold ', f'`{own_command()} ')}", err=True)


def _log(*, verbose: bool) -> None:
    """Processes tell what they do; commands tell what went wrong, and their errors say it best."""
    handler = log_handler()
    handler.addFilter(LimitRepeats("aiokafka", "asyncio", "uvicorn"))
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, handlers=[handler])
    if not verbose:
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)


def _root(
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error came from.")] = False,
) -> None:
    """Are we growing, and is our leadership spreading as we do?"""


def _group(cli: typer.Typer, name: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help=GROUPS[name])
    cli.add_typer(group, name=name)
    return group


def _runnable(reference: str) -> Callable[..., Any]:
    module, _, name = reference.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    if not inspect.iscoroutinefunction(function):
        return function

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        return asyncio.run(function(*args, **kwargs))

    return run
