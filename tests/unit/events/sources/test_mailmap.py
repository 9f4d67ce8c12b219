from datetime import UTC, datetime

import pytest

from events.sources.git import Origin
from events.sources.mailmap import Mailmap, links, unlinks

ORIGIN = Origin("rust", "cargo", datetime(2026, 1, 1, tzinfo=UTC))
CHANGED = datetime(2025, 1, 1, tzinfo=UTC)


def linked(text: str) -> dict[str, str]:
    return {event.subject: event.data.person for event in links(Mailmap(text, "abc", CHANGED), ORIGIN)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada <ada@x.org> <ada@old.org>", {"email:ada@old.org": "email:ada@x.org"}),
        ("<Ada@X.org> <ADA@old.org>", {"email:ada@old.org": "email:ada@x.org"}),
        ("Ada <ada@x.org> Countess <ada@old.org>", {"email:ada@old.org": "email:ada@x.org"}),
        ("Ada Lovelace <ada@x.org>", {}),
        ("# <ada@x.org> <ada@old.org>", {}),
        ("Ada <ada@x.org> # was <ada@old.org>", {}),
        ("<a#b@x.org> <c#d@x.org> # moved", {"email:c#d@x.org": "email:a#b@x.org"}),
        ("<ada@x.org> <ada@x.org>", {}),
        ("<ada@x.org> <>", {}),
        ("\r\n\nnonsense > <\n", {}),
        ("<a@x.org> <b@x.org>\r\n<c@x.org> <b@x.org>\r\n", {"email:b@x.org": "email:c@x.org"}),
        ("<a@x.org> <b@x.org>\n<b@x.org> <b@x.org>\n", {}),
        (
            "<ada@x.org> <5+ada@users.noreply.github.com>",
            {"github:5": "email:ada@x.org", "github-login:ada": "github:5"},
        ),
    ],
)
def test_what_a_mailmap_links(text: str, expected: dict[str, str]) -> None:
    assert linked(text) == expected


def test_a_link_bears_the_commit_that_last_changed_the_file() -> None:
    [event] = links(Mailmap("<a@x.org> <b@x.org>", "abc", CHANGED), ORIGIN)
    assert event.id == "mailmap/abc/email:b@x.org/email:a@x.org"
    assert event.time == CHANGED


def test_a_line_that_is_gone_unlinks() -> None:
    before = {"email:b@x.org": "email:a@x.org", "email:c@x.org": "email:a@x.org"}
    mailmap = Mailmap("<z@x.org> <c@x.org>", "def", CHANGED)
    [event] = unlinks(mailmap, {"email:c@x.org": "email:z@x.org"}, before, ORIGIN)
    assert (event.subject, event.id, event.time) == ("email:b@x.org", "mailmap/def/email:b@x.org/unlinked", CHANGED)
