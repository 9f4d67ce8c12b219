"""`MAINTAINERS.md`: who maintains a repository, in whatever tables and lists people write.

A maintainer is who a row of a table or an item of a list names by `@login` or by a link to the
account's page; in a column headed as one for accounts a bare login will do. Prose names nobody.

Source: docs/definitions.md, table of formats.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from events.sources.roles.document import Document, Syntax, Unreadable, text
from events.sources.roles.handles import ADDRESS, LOGIN, account, address
from events.sources.roles.roster import OneFile, Roster, is_over, places

ROLE: Final = "maintainer"

LOWEST_HEADING: Final = 7
"""A line in bold heads what follows, below every heading of Markdown."""

_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|^(```|~~~).*?(?:^\1|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})\s+(.*)|\*\*([^*|]+)\*\*:?|__([^_|]+)__:?")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(.*)")
_CELLS = re.compile(r"(?<!\\)\|")
_MENTION = re.compile(rf"(?<![\w@/.+-])@({LOGIN})(?![\w/@-])|https?://(?:www\.)?github\.com/({LOGIN})/?(?![\w/.-])")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_ADDRESS = re.compile(ADDRESS + r"(?<!\.)")
_MARKUP = re.compile(r"<[^<>]*>|`[^`]*`|[*\[]|\]\(|(?<!\w)_|_(?!\w)")
_BEFORE_NAME = re.compile(r".*:|^[\s),;/.&–—-]*(?:and\s)?", re.DOTALL)
_AFTER_NAME = re.compile(r"[(,;<@|/]|\s[-–—](?:\s|$)|https?")

_ACCOUNT_COLUMN = re.compile(r"github|^\W*(?:login|handle|account|user(?: ?name)?|id)\W*$", re.IGNORECASE)
_NAME_COLUMN = re.compile(r"\bname|maintainer|member|person|\bwho\b", re.IGNORECASE)
_ORGANISATION_COLUMN = re.compile(r"affiliation|company|organi[sz]ation|employer|\borg\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table with what heads its columns, or an item of a list: one cell without a head."""

    heads: Sequence[str]
    cells: Sequence[str]

    def column(self, head: re.Pattern[str]) -> str:
        """The first cell that is headed so; empty where there is none."""
        return next((cell for name, cell in zip(self.heads, self.cells, strict=False) if head.search(name)), "")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody whom a line names, and the words before that, back to whoever was named before them."""

    identity: str
    before: str


def read_maintainers(scope: str, document: Document) -> Roster:
    """Everybody in tables and lists who is not under a heading of those who were maintainers once.

    Raises:
        Unreadable: the list has moved away, which ends nobody's seat.
    """
    roster = Roster(scopes={scope: None})
    for line in _lines(_HIDDEN.sub("", str(document))):
        mentions = _mentions(line)
        for mention in mentions:
            roster.seat(scope, ROLE, mention.identity)
            roster.person(mention.identity, name=_name(line, mention), organisation=_organisation(line))
        for identity, found in _addresses(line, mentions):
            roster.person(identity, link=address(found))
    if not roster.seats and "://" in str(document):
        raise Unreadable("it names nobody, and links elsewhere")
    return roster


def maintainers(repository: str) -> OneFile:
    """The format, for a repository whose name is the scope."""
    return OneFile("maintainers", Syntax.TEXT, places("MAINTAINERS.md"), partial(read_maintainers, repository))


def _lines(markdown: str) -> Iterator[Line]:
    heads: tuple[str, ...] = ()
    over_below, before = LOWEST_HEADING + 1, ""
    for line in markdown.split("\n"):
        bare = line.strip()
        if heading := _HEADING.fullmatch(bare):
            level = len(heading[1] or "#" * LOWEST_HEADING)
            if level <= over_below:
                over_below = level if is_over(bare) else LOWEST_HEADING + 1
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


def _mentions(line: Line) -> list[Mention]:
    in_column = line.column(_ACCOUNT_COLUMN)
    named_in = in_column if _MENTION.search(in_column) else " | ".join(line.cells)
    found: dict[str, Mention] = {}
    end = 0
    for match in _MENTION.finditer(named_in):
        identity = str(account(match[1] or match[2]))
        found.setdefault(identity, Mention(identity, named_in[end : match.start()]))
        end = match.end()
    bare = account(_plain(in_column))
    return list(found.values()) or ([Mention(bare, "")] if bare else [])


def _name(line: Line, mention: Mention) -> str:
    in_column = line.column(_NAME_COLUMN)
    given = _plain(in_column) if in_column else _BEFORE_NAME.sub("", _plain(mention.before))
    name = text(_AFTER_NAME.split(given, maxsplit=1)[0])
    is_name = account(name) != mention.identity and (in_column or " " in name)  # of one word it may be an area
    return name if is_name else ""


def _addresses(line: Line, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """(identity, address) where it is plain whose it is: one of each, or one before every mention."""
    each = [_ADDRESS.findall(mention.before) for mention in mentions]
    if len(mentions) == 1:
        each = [_ADDRESS.findall(" | ".join(line.cells))]
    if all(len(set(found)) == 1 for found in each):
        yield from ((mention.identity, found[0]) for mention, found in zip(mentions, each, strict=True))


def _organisation(line: Line) -> str:
    organisation = text(_plain(line.column(_ORGANISATION_COLUMN)))
    return organisation if re.search(r"\w", organisation) and organisation.lower() not in {"n/a", "na"} else ""


def _plain(markdown: str) -> str:
    """The text that one reads, without what is code."""
    return _MARKUP.sub("", _LINK.sub(r"\1", markdown)).strip()
