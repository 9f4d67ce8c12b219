"""What the documents point at is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")), *ROOT.glob("examples/*/*.md")]
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://)([^)#]*)(?:#([^)]*))?\)")
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
