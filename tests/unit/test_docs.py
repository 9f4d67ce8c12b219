"""What the documents point at is there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.settings import Settings
from projections.conditions.catalog import CONDITIONS
from projections.disclosure.threshold import FEWEST_IN_A_SHARE, FEWEST_PEOPLE
from projections.disclosure.view import FEW
from projections.metrics.privacy import Privacy, PrivacyClass

ROOT = Path(__file__).parents[2]
RINGS = ("events", "projections", "reports", "streams", "infra")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")), *ROOT.glob("examples/*/*.md")]
GUIDES = [document for document in DOCUMENTS if document.name != "CHANGELOG.md"]
"""Those of today: what changed is told in the words of its day."""
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://)([^)#]*)(?:#([^)]*))?\)")
PLACE = re.compile(r"(?<!\*\*, )`((?:docs|events|infra|projections|reports|streams|tests)/[\w./-]+)`")
"""A path in the text; one that follows a step in bold is yet to be written."""
CITED = re.compile(r'docs/definitions\.md, (?:"([^"]+)"|\*{1,2}([^*]+)\*)')
LAW = re.compile(r"docs/architecture\.md, law (\d+)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def links(document: Path) -> Iterator[tuple[Path, str]]:
    """Where its links lead: a file, and a heading in it."""
    for path, heading in LINK.findall(CODE.sub("", document.read_text("utf-8"))):
        yield (document.parent / path if path else document), heading


def anchors(document: Path) -> set[str]:
    """What its headings are called in links, as GitHub has it."""
    headings = HEADING.findall(document.read_text("utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    found = list(links(document))
    assert [str(path) for path, _ in found if not path.exists()] == []
    headings = [(path, heading) for path, heading in found if heading and path.suffix == ".md"]
    assert [(path.name, heading) for path, heading in headings if heading not in anchors(path)] == []


def test_the_document_about_privacy_names_what_there_is() -> None:
    text = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    named = set(re.findall(r"`([^`]+)`", text))
    settings = {f"TENFOLD_{name.upper()}" for name in Settings.model_fields}
    classes = {one.name for one in PrivacyClass}
    others = {"/metrics", "privacy", "precision", "title", "private", "source 1", "source 2", "mentor_overloaded"}
    assert {one for one in named if one.isupper()} <= settings | classes
    assert classes <= named
    assert {one for one in named if not one.isupper()} - others <= set(CONDITIONS)
    assert "precision" in Privacy.__dataclass_fields__
    assert f"0, {FEWEST_PEOPLE} and more as they are, 1 to {FEWEST_PEOPLE - 1} as “{FEW}”" in text
    assert f"where {FEWEST_IN_A_SHARE} of them or more are behind it" in text


@pytest.mark.parametrize("document", GUIDES, ids=lambda path: path.name)
def test_every_place_that_is_named_is_there(document: Path) -> None:
    places = PLACE.findall(document.read_text("utf-8"))
    assert [place for place in places if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("ring", RINGS)
def test_reading_orders_name_modules_that_there_are(ring: str) -> None:
    for package in (ROOT / ring).rglob("__init__.py"):
        words = ast.get_docstring(ast.parse(package.read_text("utf-8"))) or ""
        beside = [path.name for path in (*package.parent.iterdir(), *(ROOT / ring).rglob("*.py"), *ROOT.iterdir())]
        for name in re.findall(r"`([a-z_]+(?:\.[a-z]+)?)/?`", words):
            assert {name, f"{name}.py"} & set(beside), f"{package.relative_to(ROOT)} names {name}"


def test_what_docstrings_cite_is_there() -> None:
    definitions, architecture = (
        (ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in ("definitions", "architecture")
    )
    laws = re.findall(r"^(\d+)\. ", architecture.partition("## What always holds")[2], re.MULTILINE)
    code = [path.read_text("utf-8") for ring in (*RINGS, "tests", "benchmarks") for path in (ROOT / ring).rglob("*.py")]
    cited = {" ".join((one or other).split()) for text in code for one, other in CITED.findall(text)}
    assert cited
    assert {one for one in cited if one not in definitions} == set()
    assert {law for text in code for law in LAW.findall(text)} <= set(laws)
