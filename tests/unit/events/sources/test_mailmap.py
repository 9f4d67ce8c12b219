from datetime import UTC, datetime

import pytest

from events.sources.addresses import Signature
from events.sources.commits import Origin
from events.sources.mailmap import Mailmap, links, shared, unlinks
from events.sources.who import Who

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


TWO_AT_ONE = "Ana R <ana@x.org> ana <root@host>\nBo L <bo@x.org> Bo <ROOT@host>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TWO_AT_ONE, {"root@host"}),
        ("Ana R <ana@x.org> ana <root@host>\n", set()),
        ("Ana R <ana@x.org> ana <root@host>\nAna R <ana@x.org> a.r. <root@host>\n", set()),
        ("Ana R <ana@x.org> ana <root@host>\nBo L <bo@x.org> <root@host>\n", {"root@host"}),
        ("Ana R <root@host> ana <root@host>\nBo L <root@host> bo <root@host>\n", {"root@host"}),
        ("Ana R <a@x.org> ana <a@x.org>\nAna R <a@x.org> a.r. <a@x.org>\n", set()),
        ("<ana@x.org> <root@host>\n<bo@x.org> <root@host>\n", set()),
        ("Ana <root@host>\nBo <root@host>\n", set()),
    ],
)
def test_an_address_is_shared_where_names_tell_several_people_apart(text: str, expected: set[str]) -> None:
    assert shared(Mailmap(text, "abc", CHANGED)) == expected


def linked_among(text: str, *met: str, nobody: str = "") -> dict[str, str]:
    mailmap = Mailmap(text, "abc", CHANGED)
    who = Who(shared(mailmap), lambda address: address == nobody)
    for one in met:
        who.meet(Signature.parse(one))
    return {event.subject: event.data.person for event in links(mailmap, ORIGIN, who)}


def test_at_a_shared_address_names_are_linked() -> None:
    assert linked_among(TWO_AT_ONE) == {"git-name:ana": "email:ana@x.org", "git-name:bo": "email:bo@x.org"}


def test_everybody_else_at_a_shared_address_is_whom_the_file_says() -> None:
    text = "Bo L <bo@x.org> <root@host>\nAna R <ana@x.org> ana <root@host>\n"
    said = linked_among(text, "Ana <root@host>", "Cy <root@host>", "Di <other@host>")
    assert said == {"git-name:ana": "email:ana@x.org", "git-name:cy": "email:bo@x.org"}


def test_at_a_placeholder_address_names_are_linked() -> None:
    said = linked_among("Ana R <ana@x.org> <you@host>\n", "Ana <you@host>", nobody="you@host")
    assert said == {"git-name:ana": "email:ana@x.org"}


def test_who_shares_their_own_address_is_their_name() -> None:
    text = "Ana R <root@host> ana <root@host>\nBo L <root@host> bo <root@host>\n"
    assert linked_among(text) == {"git-name:ana": "git-name:ana r", "git-name:bo": "git-name:bo l"}
