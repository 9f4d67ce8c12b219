"""What others wrote does nothing to a terminal, and turns no words around on a page."""

import json

import pytest
from markupsafe import escape

from infra.server.assets import Assets
from infra.server.pages import Pages
from infra.terminal.visible import ACTING, echo, echo_json, in_a_line, visible

TURNED = "a\u202egnp.exe"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, Ärger, עברית, 👩\u200d🌾, a\tb\n", "plain, Ärger, עברית, 👩\u200d🌾, a\tb\n"),
        (TURNED, "a<U+202E>gnp.exe"),
        ("\x1b[2J\rgone\x9b1m", "<U+001B>[2J<U+000D>gone<U+009B>1m"),
        ("\u2066x\u2069\u200f\u061c", "<U+2066>x<U+2069><U+200F><U+061C>"),
        ("one\u2028two\x85", "one<U+2028>two<U+0085>"),
        ("\udcff", "<U+DCFF>"),
    ],
)
def test_what_acts_on_a_terminal_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert visible(text).encode()


def test_a_text_of_others_is_one_line() -> None:
    assert in_a_line("a\n  moss: flat\x1b\r\nb") == "a moss: flat<U+001B> b"


def test_json_says_the_same_with_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    told = {"title": f"{TURNED}\x9b \u2028 Ärger"}
    echo_json(json.dumps(told, ensure_ascii=False, indent=2))
    printed = capsys.readouterr().out
    assert not ACTING.search(printed)
    assert "Ärger" in printed
    assert json.loads(printed) == told


def test_everything_printed_for_people_goes_through_it(capsys: pytest.CaptureFixture[str]) -> None:
    echo(TURNED)
    echo(TURNED, err=True, nl=False)
    assert capsys.readouterr() == ("a<U+202E>gnp.exe\n", "a<U+202E>gnp.exe")


def test_a_page_names_it_too_and_keeps_markup_as_it_is() -> None:
    page = Pages(Assets()).render("message.html", title="Moss & Ärger", detail=f"<b>{TURNED}</b>")
    assert str(escape("<b>a<U+202E>gnp.exe</b>")) in page
    assert "Moss &amp; Ärger" in page
    assert "\u202e" not in page
