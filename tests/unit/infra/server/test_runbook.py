"""The runbook: a section for every alert, served where messages link to, with commands and numbers that there are."""

import re
import shlex
from typing import Any

import httpx
import pytest
import yaml
from markdown_it import MarkdownIt

from infra.cli import COMMANDS
from infra.monitoring.prometheus.alerts import RULES
from infra.server.runbook import RUNBOOK, rendered
from projections.conditions.catalog import CONDITIONS
from projections.evaluation.catalog import FAMILIES
from tests.support.command_line import parse

URL = "{{ $externalLabels.tenfold_url }}/runbook#"


def anchors_of_alerts() -> set[str]:
    files = (yaml.safe_load(file.read_text()) for file in RULES.parent.glob("*.yml"))
    rules: list[dict[str, Any]] = [rule for file in files for group in file["groups"] for rule in group["rules"]]
    return {rule["annotations"]["runbook_url"].removeprefix(URL) for rule in rules if "alert" in rule}


def sections() -> dict[str, str]:
    parts = re.split(r"^### `(\w+)`$", RUNBOOK.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def written_as_code() -> list[str]:
    tokens = MarkdownIt("commonmark").parse(RUNBOOK.read_text())
    inline = [child.content for token in tokens for child in token.children or () if child.type == "code_inline"]
    return [*inline, *(token.content.strip() for token in tokens if token.type == "fence")]


def test_every_alert_has_one_section_and_there_is_no_other() -> None:
    assert sorted(sections()) == sorted(anchors_of_alerts())


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_section_of_a_condition_says_what_how_to_see_it_what_to_do_and_how_to_silence_it(name: str) -> None:
    words = sections()[name]
    assert re.search(r"\*\*[A-Z][^*]+\.\*\*", words)
    assert re.search(r"It\s+ends", words)
    for title in ("*See it:*", "*What communities do:*", "*Silence it:*"):
        assert words.count(title) == 1
    assert "tenfold explain" in " ".join(words.split()) or name == "source_unchecked"


def test_every_section_says_how_to_silence_it() -> None:
    assert [name for name, words in sections().items() if "*Silence it:*" not in words] == []


def test_commands_are_those_of_the_command_line() -> None:
    commands = [shlex.split(words.replace(" NAME", " garden"))[1:] for words in written_as_code() if is_ours(words)]
    assert len(commands) > 20
    for words in commands:
        assert {" ".join(words[:2]), words[0]} & COMMANDS.keys()
        if "--community" in words:
            parse(words)


def is_ours(words: str) -> bool:
    return words.startswith("tenfold ")


def test_families_are_those_that_there_are() -> None:
    named = set(re.findall(r"tenfold explain (?:tenfold_)([a-z_]+)", " ".join(written_as_code())))
    assert len(named) > 15
    assert named <= set(FAMILIES)


async def test_every_link_of_a_message_leads_to_its_section(client: httpx.AsyncClient) -> None:
    response = await client.get("/runbook")
    assert response.status_code == 200
    ids = set(re.findall(r'<h\d id="([^"]+)"', response.text))
    assert anchors_of_alerts() <= ids
    inside = set(re.findall(r'href="#([^"]+)"', response.text)) - {"main"}
    assert inside <= ids


async def test_the_page_holds_nothing_inline(client: httpx.AsyncClient) -> None:
    response = await client.get("/runbook")
    assert "unsafe" not in response.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", response.text)
    elsewhere = re.findall(r'<a href="https?://[^"]+"([^>]*)>', response.text)
    assert elsewhere
    assert set(elsewhere) == {' rel="noreferrer"'}
    assert [int(level) for level in re.findall(r"<h(\d)", response.text)].count(1) == 1


def test_what_would_be_html_is_shown_as_it_is() -> None:
    assert "<script>" not in rendered("# A\n\n<script>alert(1)</script>")
