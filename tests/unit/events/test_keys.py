import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.catalog import TYPES
from events.keys import content_digest, fact_key
from tests.support.drawn_events import DATA, TEXT, document, example

STEMS = st.sampled_from(sorted(DATA))


def digest_of(whole: dict[str, Any]) -> int:
    return content_digest(TYPES[whole["type"]].model_validate_json(json.dumps(whole)))


def test_what_is_stored_never_changes() -> None:
    assert fact_key("rust", "git:cargo", "1").hex() == "cca3e44751d8dc3a8ca66df40d5cc8dc"
    assert content_digest(example("contribution.recorded")) == -7750864526868351385
    assert content_digest(example("goal.set")) == 6844258727336617194


def test_a_key_is_a_uuid_s_length() -> None:
    assert len(fact_key("c", "s", "i")) == 16


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=2, max_size=2, unique=True))
def test_different_events_have_different_keys(triples: list[tuple[str, str, str]]) -> None:
    assert len({fact_key(*triple) for triple in triples}) == 2


def test_moving_a_border_changes_the_key() -> None:
    assert (
        len({fact_key("a", "bc", "d"), fact_key("ab", "c", "d"), fact_key("a", "b", "cd"), fact_key("a", "1:b", "cd")})
        == 4
    )


@pytest.mark.parametrize("stem", DATA)
def test_who_tells_it_makes_no_difference(stem: str) -> None:
    other = example(stem, id="other", source="git:other", community="other", trace="1")
    assert content_digest(other) == content_digest(example(stem))


@pytest.mark.parametrize("stem", DATA)
def test_an_instant_and_a_null_have_one_meaning(stem: str) -> None:
    whole = document(stem)
    spelled = {**whole, "time": "2026-08-22T13:00:00.000+02:00", "team": None}
    assert digest_of(spelled) == digest_of(whole)


@given(st.tuples(STEMS, STEMS))
def test_different_types_have_different_digests(stems: tuple[str, str]) -> None:
    first, second = (content_digest(example(stem)) for stem in stems)
    assert (first == second) == (stems[0] == stems[1])


@pytest.mark.parametrize("stem", DATA)
@pytest.mark.parametrize("changes", [{"time": "2026-08-22T11:00:00.000001Z"}, {"team": "cargo"}, {"actor": "ada"}])
def test_every_attribute_counts(stem: str, changes: dict[str, Any]) -> None:
    assert content_digest(example(stem, **changes)) != content_digest(example(stem))


@pytest.mark.parametrize(
    ("stem", "changes"),
    [
        ("contribution.recorded", {"kind": "review"}),
        ("contribution.recorded", {"url": "https://example.org/"}),
        ("contribution.recorded", {"authored_at": "2026-01-01T00:00:00Z"}),
        ("contribution.recorded", {"about": "a"}),
        ("contribution.recorded", {"responds_to": {"source": "a", "id": "b"}}),
        ("contribution.recorded", {"outcome": "opened"}),
        ("source.withdrawn", {"before": "2026-01-02T03:04:06Z"}),
        ("goal.set", {"due_on": "2031-01-02"}),
        ("goal.set", {"sources": ["git:cargo"]}),
        ("practice.documented", {"targets": {"newcomers_per_quarter": 3}}),
        ("role.granted", {"already_held": False}),
    ],
)
def test_every_field_counts(stem: str, changes: dict[str, Any]) -> None:
    assert content_digest(example(stem, data=DATA[stem] | changes)) != content_digest(example(stem))


def test_digests_are_signed_64_bit() -> None:
    digests = [content_digest(example("contribution.recorded", team=f"t{n}")) for n in range(64)]
    assert all(-(2**63) <= digest < 2**63 for digest in digests)
    assert {digest < 0 for digest in digests} == {True, False}
