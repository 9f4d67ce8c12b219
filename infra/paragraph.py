"""Words as paragraphs of plain text."""

from textwrap import fill

WIDTH = 79


def paragraph(words: str, *, hanging: int = 0, indent: int = 2) -> str:
    """Words filled to the width of a terminal; a number and its per cent stay on one line.

    Args:
        words: One paragraph.
        indent: How far in it stands.
        hanging: How much further in its other lines begin.
    """
    kept = words.replace(" %", "\N{NO-BREAK SPACE}%")
    lines = fill(
        kept,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_on_hyphens=False,
        break_long_words=False,
    )
    return lines.replace("\N{NO-BREAK SPACE}", " ")
