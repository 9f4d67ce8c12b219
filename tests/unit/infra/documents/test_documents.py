"""The documents that are made from the code are those of this code, and say everything."""

import re
from pathlib import Path

import pytest

from infra.documents.__main__ import DOCS, MADE
from infra.documents.architecture import PAGE, PARTS
from infra.documents.metrics import SIGHTS, UNITS, metrics
from infra.documents.policy import policy
from projections.evaluation.catalog import HELP
from projections.metrics.privacy import PrivacyClass
from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy, Policy

BLOCK = re.compile(r"```toml\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("name", MADE)
def test_what_is_committed_is_made_from_this_code(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == MADE[name](), "make docs"


def test_every_part_of_the_architecture_that_is_made_has_its_place() -> None:
    assert re.findall(r"<!-- made: (\w+) -->", PAGE.read_text("utf-8")) == list(PARTS)


def test_every_number_and_every_setting_is_named() -> None:
    told = metrics()
    assert all(f"`tenfold_{family}`" in told and meaning in told for family, meaning in HELP.items())
    settings_told = policy()
    assert all(f"`{name}`" in settings_told or f".{name}" in settings_told for name in CommunityPolicy.model_fields)
    assert not re.search(r"\| *\|", settings_told), "every setting says what it means"


def test_the_examples_of_the_policy_can_be_followed() -> None:
    for block in BLOCK.findall(policy()):
        assert Policy.load(block).communities["garden"].teams == ("roses", "tools")


def test_every_unit_and_sight_has_words() -> None:
    assert UNITS.keys() == set(Unit)
    assert SIGHTS.keys() == set(PrivacyClass)


def test_links_of_made_documents_lead_somewhere() -> None:
    for name, text in MADE.items():
        for link in re.findall(r"\]\((?!https?://|#)([^)#]+)", text()):
            assert (Path(DOCS, name).parent / link).exists()
