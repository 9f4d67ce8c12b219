"""Words as paragraphs of plain text."""

import textwrap
from collections.abc import Iterable

WIDTH = 79


def wrap(words: str, *, hanging: int = 0, indent: int = 2) -> list[str]:
    """The lines of words filled to the width of a terminal; a number and its per cent stay on one line.

    Args:
        words: One paragraph.
        indent: How far in it stands.
        hanging: How much further in its other lines begin.
    """
    kept = words.replace(" %", "\N{NO-BREAK SPACE}%")
    lines = textwrap.wrap(
        kept,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def itemised(sentences: Iterable[str]) -> list[str]:
    """The lines of some sentences, each a paragraph of its own whose first line stands out."""
    return [line for words in sentences for line in wrap(words, hanging=2)]


def on_one_line(words: str) -> str:
    """Words of others on one line, whatever spaces and ends of lines they have."""
    return " ".join(words.split())
