"""A progress bar with rate and time left, for people alone: nothing where no terminal is."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

REDRAW_SECONDS = 0.1
"""Below what an eye follows; drawing at every step would cost more than the work itself."""


class Advance(Protocol):
    """Says that steps are done."""

    def __call__(self, steps: int = 1) -> None:
        """Counts `steps` more."""


class RateColumn(ProgressColumn):
    """Steps per second."""

    def render(self, task: Task) -> Text:
        """Shows nothing until a rate is known."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "")


@contextmanager
def progress(what: str, total: int | None = None, console: Console | None = None) -> Iterator[Advance]:
    """Shows how far something is, on stderr; the bar is gone when it is done.

    Args:
        what: The work, as in "importing".
        total: Steps in all; without it, steps done and their rate.
        console: Where to draw, instead of stderr.
    """
    console = console or Console(stderr=True)
    if not (console.is_terminal and sys.stdout.isatty()):
        yield _silent
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
    )
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as display:
        task = display.add_task(what, total=total)
        pending, drawn_at = 0, 0.0

        def advance(steps: int = 1) -> None:
            nonlocal pending, drawn_at
            pending += steps
            if time.monotonic() - drawn_at >= REDRAW_SECONDS:
                display.advance(task, pending)
                pending, drawn_at = 0, time.monotonic()

        yield advance
        display.advance(task, pending)


def _silent(steps: int = 1) -> None:
    """Counts for nobody."""
