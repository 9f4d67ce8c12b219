"""A source speaks of its own, a person by hand of any, the server of closed days."""

import json
from typing import Any

import pytest

from events.codec import STRUCTURED_HEADERS, decode, encode
from events.errors import Reason, Rejected
from tests.support.drawn_events import DATA, LOG_TIME, document, example

OF_A_SOURCE = ("source.withdrawn", "source.checked", "source.dated", "source.retired", "contribution.retracted")


def refused(stem: str, **changes: Any) -> Reason | None:
    """Why a record is not taken; writing it is refused for the same reason."""
    try:
        decode(json.dumps(document(stem, **changes)).encode(), STRUCTURED_HEADERS, LOG_TIME)
    except Rejected as rejected:
        with pytest.raises(Rejected, match=rejected.reason):
            encode(example(stem, **changes))
        return rejected.reason
    encode(example(stem, **changes))
    return None


@pytest.mark.parametrize("stem", OF_A_SOURCE)
def test_a_source_speaks_of_its_own_alone(stem: str) -> None:
    assert refused(stem) is None
    assert refused(stem, source="git:elsewhere") is Reason.NOT_ITS_OWN


@pytest.mark.parametrize("source", ["git", "git:cargo/", "git:cargo:", "GIT:cargo", "git:cargo ", "by-hand", "tenfold"])
def test_a_name_like_its_own_is_another_one(source: str) -> None:
    assert refused("source.withdrawn", source=source) is Reason.NOT_ITS_OWN


@pytest.mark.parametrize("stem", OF_A_SOURCE)
def test_a_person_speaks_of_any_source(stem: str) -> None:
    assert refused(stem, source="by-hand", actor="Grace Hopper") is None


def test_days_are_published_by_the_server_alone() -> None:
    assert refused("day.published") is None
    assert refused("day.published", source="git:cargo") is Reason.NOT_ITS_OWN
    assert refused("day.published", actor="Grace Hopper") is Reason.NOT_ITS_OWN


@pytest.mark.parametrize("stem", sorted(DATA.keys() - {*OF_A_SOURCE, "day.published"}))
def test_of_what_it_saw_everybody_may_speak(stem: str) -> None:
    assert refused(stem, source="git:elsewhere") is None
    assert refused(stem, source="by-hand", actor="Grace Hopper") is None
