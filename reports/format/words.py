"""How words read beside numbers and in lists: plurals, lists, and what begins or ends a sentence."""

from collections.abc import Sequence
from typing import NamedTuple

from reports.format.values import Value, format_value


class Linked(NamedTuple):
    """Words, and where what they tell of can be read."""

    words: str
    url: str = ""

    @property
    def text(self) -> str:
        """Both, where nothing can be clicked."""
        return f"{self.words}, {self.url}" if self.url else self.words


def counted(count: float, one: str, many: str = "") -> str:
    """So many of something: `1 person`, `1,204 people`, `0 pairs`; `many` where it is not `one` with an s."""
    return f"{format_value(count)} {one if count == 1 else many or f'{one}s'}"


def some(count: Value, one: str, many: str) -> str:
    """So many of something in a sentence: `3 people`, `fewer than 5 people`, `no people` where there are none."""
    if isinstance(count, str):
        return f"fewer than 5 {many}"
    return counted(count, one, many) if count else f"no {many}"


def people(count: Value, do: str, does: str | None = None) -> str:
    """So many people do something: `3 people lead`, `1 person leads`, `nobody leads`."""
    if count == 0:
        return f"nobody {does or do}"
    return f"{some(count, 'person', 'people')} {(does or do) if count == 1 else do}"


def listed(words: Sequence[str]) -> str:
    """Words as a list: `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def named_or(names: Sequence[str], one: str, many: str) -> str:
    """The first five of some names in words, or what they are where they may not be named."""
    if not names:
        return one
    return listed([*names[:5], *([f"{len(names) - 5} other {many}"] if len(names) > 5 else [])])


def first_of(words: Sequence[str], most: int) -> str:
    """The first of many: `a, b and 4 more`."""
    more = len(words) - most
    return ", ".join(words[:most]) + (f" and {more} more" if more > 0 else "")


def begun(words: str) -> str:
    """Words as they begin a sentence."""
    return f"{words[:1].upper()}{words[1:]}"


def within(words: str) -> str:
    """Words as they stand within a sentence."""
    return f"{words[:1].lower()}{words[1:]}"


def sentences(*parts: str) -> str:
    """Parts as sentences, those that say something."""
    return " ".join(f"{begun(part)}." for part in parts if part)
