"""Whom a command prints for."""

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    """For people, or for other programs."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="For people, or for other programs.")]
