"""What others wrote, made safe to print: no character of it can move the cursor, hide words or turn their order.

Titles, names, ids and sources come from whoever may write events. Control characters are commands to a terminal, and
those that set the direction of text show words in another order than they have. They are printed as what they are
(`<U+202E>`), as `less` and `git` do; JSON has an escape of its own.

Source: Unicode Standard Annex 9 (bidirectional formatting characters) and Technical Report 36, 3.
"""

import re
from typing import Final

import typer

from reports.text.wrap import on_one_line

ACTING: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # directions, their ends, and what is deprecated of them
    "\u2028\u2029"  # other ends of lines
    "\ud800-\udfff"  # halves of characters, which no encoding has
    "]"
)


def visible(text: str) -> str:
    """A text in which every character that acts on a terminal is named instead."""
    return ACTING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def in_a_line(text: str) -> str:
    """The same on one line, whatever spaces and ends of lines it has."""
    return visible(on_one_line(text))


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Prints a text for people, at the terminal or to standard error."""
    typer.echo(visible(text), err=err, nl=nl)


def echo_json(text: str) -> None:
    """Prints JSON; what acts on a terminal stands only in its strings, where an escape says the same."""
    typer.echo(ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
