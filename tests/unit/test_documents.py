"""The documents that are made from the code are those of this code, and say everything."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from infra.documents.__main__ import DOCS, MADE
from infra.documents.architecture import PAGE, PARTS
from infra.documents.labels import LABELS, VALUES
from infra.documents.metrics import SIGHTS, metrics, sight
from infra.documents.policy import policy
from projections.evaluation.catalog import FAMILIES
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy, Policy
from tests.support.drawn_communities import Community, all_communities

BLOCK = re.compile(r"```toml\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("name", MADE)
def test_what_is_committed_is_made_from_this_code(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == MADE[name](), "make docs"


def test_every_part_of_the_architecture_that_is_made_has_its_place() -> None:
    assert re.findall(r"<!-- made: (\w+) -->", PAGE.read_text("utf-8")) == list(PARTS)


def test_every_number_and_every_setting_is_named() -> None:
    told = metrics()
    assert all(f"`tenfold_{family}`" in told and meaning in told for family, meaning in FAMILIES.items())
    assert "Other numbers" not in told, "every family has a title and a group"
    settings_told = policy()
    assert all(f"`{name}`" in settings_told or f".{name}" in settings_told for name in CommunityPolicy.model_fields)
    assert not re.search(r"\| *\|", settings_told), "every setting says what it means"


def test_the_examples_of_the_policy_can_be_followed() -> None:
    for block in BLOCK.findall(policy()):
        assert Policy.load(block).communities["garden"].teams == ("roses", "tools")


def test_labels_are_of_families_that_there_are_and_each_is_told() -> None:
    assert set(LABELS) <= set(FAMILIES)
    assert {label for labels in LABELS.values() for label in labels} == set(VALUES)
    assert {sight(family) for family in FAMILIES} <= set(SIGHTS)


@settings(max_examples=25, deadline=None)
@given(all_communities())
def test_every_series_has_the_labels_that_are_told(community: Community) -> None:
    events, of_community, pivot = community
    for name, labels in fold(events, of_community, pivot).series:
        assert tuple(label for label, _ in labels) == LABELS.get(name.removeprefix("tenfold_"), ())


def test_links_of_made_documents_lead_somewhere() -> None:
    for name, text in MADE.items():
        for link in re.findall(r"\]\((?!https?://|#)([^)#]+)", text()):
            assert (Path(DOCS, name).parent / link).exists()
