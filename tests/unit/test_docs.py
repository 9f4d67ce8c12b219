"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

from infra.settings import Settings
from projections.conditions.catalog import CONDITIONS
from projections.disclosure.threshold import FEWEST_IN_A_SHARE, FEWEST_PEOPLE
from projections.disclosure.view import FEW
from projections.metrics.privacy import Privacy, PrivacyClass

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *ROOT.glob("examples/*/*.md"),
]
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


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
