"""`MAINTAINERS.md`: who maintains a repository, in whatever tables and lists people write.

Each row of a table and each item of a list names at most one maintainer: by `@login` or by a link to
the account's page; in a column headed as one for accounts a bare login will do. Prose names nobody.

Source: DEFINITIONS, table of formats.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from events.sources.roles.document import Document, Syntax, text
from events.sources.roles.handles import ADDRESS, LOGIN, account, address
from events.sources.roles.roster import OneFile, Roster, places

ROLE: Final = "maintainer"

_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|^(```|~~~).*?(?:^\1|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})\s+(.*)|\*\*([^*|]+)\*\*:?|__([^_|]+)__:?")
_OVER = re.compile(r"\b(?:emerit\w+|alumn\w+|former|past|retired|inactive)\b", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(.*)")
_CELLS = re.compile(r"(?<!\\)\|")
_MENTION = re.compile(rf"(?<![\w@/.+-])@({LOGIN})(?![\w/@-])|https?://(?:www\.)?github\.com/({LOGIN})/?(?![\w/.-])")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_ADDRESS = re.compile(ADDRESS + r"(?<!\.)")
_MARKUP = re.compile(r"<[^<>]*>|[*`]|(?<!\w)_|_(?!\w)")
_NAME_END = re.compile(r"[(,;:<@|]|\s[-–—]\s|https?://")

_ACCOUNT_COLUMN = re.compile(r"github|login|handle|account|user(?:name)?\b|\bid\b", re.IGNORECASE)
_NAME_COLUMN = re.compile(r"\bname|maintainer|member|person|who", re.IGNORECASE)
_ORGANISATION_COLUMN = re.compile(r"affiliation|company|organi[sz]ation|employer|\borg\b", re.IGNORECASE)

LOWEST_HEADING: Final = 7
"""A line in bold heads what follows, below every heading of Markdown."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table with what heads its columns, or an item of a list: one cell without a head."""

    heads: Sequence[str]
    cells: Sequence[str]

    def column(self, head: re.Pattern[str]) -> str:
        """The first cell that is headed so; empty where there is none."""
        return next((cell for name, cell in zip(self.heads, self.cells, strict=False) if head.search(name)), "")


def read(scope: str, document: Document) -> Roster:
    """Everybody in tables and lists who is not under a heading of those who were maintainers once."""
    roster = Roster(scopes={scope: None})
    for line in _lines(_HIDDEN.sub("", str(document))):
        whole = " | ".join(line.cells)
        identity = _account(line, whole)
        roster.seat(scope, ROLE, identity)
        found = _ADDRESS.search(_MENTION.sub(" ", whole))
        roster.person(
            identity,
            name=_name(line, identity),
            organisation=_organisation(line),
            link=address(found[0].removeprefix("mailto:")) if found else None,
        )
    return roster


def maintainers(repository: str) -> OneFile:
    """The format, for a repository whose name is the scope."""
    return OneFile("maintainers", Syntax.TEXT, places("MAINTAINERS.md"), partial(read, repository))


def _lines(markdown: str) -> Iterator[Line]:
    heads: tuple[str, ...] = ()
    over_below, before = LOWEST_HEADING + 1, ""
    for line in markdown.split("\n"):
        bare = line.strip()
        if heading := _HEADING.fullmatch(bare):
            level = len(heading[1] or "#" * LOWEST_HEADING)
            if level <= over_below:
                over_below = level if _OVER.search(bare) else LOWEST_HEADING + 1
        is_row = "|" in bare
        if is_row and "-" in bare and not bare.strip("|:- \t"):
            heads = _cells(before)
        elif over_below > LOWEST_HEADING and is_row and heads:
            yield Line(heads, _cells(bare))
        elif over_below > LOWEST_HEADING and (item := _ITEM.fullmatch(line)):
            yield Line((), (item[1],))
        heads, before = heads if is_row else (), bare


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _CELLS.split(row.strip().removeprefix("|").removesuffix("|")))


def _account(line: Line, whole: str) -> str | None:
    in_column = line.column(_ACCOUNT_COLUMN)
    found = _MENTION.search(in_column) or _MENTION.search(whole)
    return account(found[1] or found[2]) if found else account(_plain(in_column))


def _name(line: Line, identity: str | None) -> str:
    given = line.column(_NAME_COLUMN) if line.heads else next(iter(line.cells))
    name = text(_NAME_END.split(_plain(given), maxsplit=1)[0]).strip(" .-–—")
    return "" if account(name) == identity else name


def _organisation(line: Line) -> str:
    organisation = text(_plain(line.column(_ORGANISATION_COLUMN)))
    return organisation if re.search(r"\w", organisation) and organisation.lower() not in {"n/a", "na"} else ""


def _plain(markdown: str) -> str:
    """The text that one reads."""
    return _MARKUP.sub("", _LINK.sub(r"\1", markdown)).strip()
