"""A policy file of any content is read, or refused, at once; and with every value that is accepted numbers come out."""

import time
from datetime import date
from typing import Any, get_args, get_origin

import pytest
from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from infra.documents.policy import inner
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from projections.evaluation.fold import fold
from projections.policy.policy import LONGEST_BYTES, LONGEST_COMPLAINT, CommunityPolicy, Policy, PolicyError

SIZE = LONGEST_BYTES - 100
HUGE, LARGE, TINY = 2**63 - 1, 1e300, 1e-300
TODAY = date(2026, 6, 1)
EVENTS = list(Simulation(SCENARIOS[Outlook.CONCENTRATING], 1, 1, "moss", TODAY, 0.2).events())
SOURCE = EVENTS[0].source

HOSTILE = {
    "nested lists": "a=" + "[" * SIZE,
    "nested tables": "a=" + "{a=" * (SIZE // 3),
    "a key of many parts": "a" + ".a" * (SIZE // 2) + "=1",
    "a heading of many parts": "[a" + ".a" * (SIZE // 2) + "]",
    "a deep heading over many keys": "[a" + ".a" * 999 + "]\n" + "".join(f"k{n}.b=1\n" for n in range(SIZE // 20)),
    "deep keys that share their beginning": "".join("a" + ".a" * 300 + f".b{n}=1\n" for n in range(SIZE // 700)),
    "a string without an end": 'a="""' + '""\\"' * (SIZE // 4),
    "a number of many digits": "open_communities=" + "9" * SIZE,
    "many unknown keys": "[communities.moss]\n" + "".join(f"k{n}=1\n" for n in range(SIZE // 11)),
    "a long unknown key": f'"{"k" * SIZE}"=1',
    "many communities": "communities={" + ",".join(f"c{n}={{}}" for n in range(SIZE // 11)) + "}",
    "many wrong values": "[communities.moss]\nwindows_days=[" + "0," * (SIZE // 2 - 50) + "]",
    "many patterns": "[communities.moss]\nbot_patterns=[" + '"*",' * (SIZE // 5) + "]",
    "too long": "#" * (LONGEST_BYTES + 1),
    "half of a character": "\udcff",
    "nothing": "\0",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_content_takes_long_or_is_refused_in_more_than_a_line(text: str) -> None:
    started = time.process_time()
    with pytest.raises(PolicyError) as refused:
        Policy.load(text)
    assert time.process_time() - started < 1
    assert len(" ".join(str(refused.value).split())) < LONGEST_COMPLAINT + 5


def extreme(model: type[BaseModel], *, most: bool) -> dict[str, Any]:
    """Every number as small, or as large, as it may be, but for those whose tables go by names."""
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        of = inner(field)
        if of and get_origin(field.annotation) is not dict:
            found[name] = extreme(of, most=most)
        elif {int, float} & {field.annotation, *get_args(field.annotation)}:
            found[name] = bound(field, most=most)
    return found


def bound(field: FieldInfo, *, most: bool) -> object:
    if most:
        return next(
            (one.le for one in field.metadata if isinstance(one, Le)), HUGE if field.annotation is int else LARGE
        )
    return next((one.ge for one in field.metadata if isinstance(one, Ge)), TINY)


LEAST = {
    "windows_days": [1, 3660],
    "headline_window_days": 1,
    "communication": {"cadence_days": {"report": 1, "meeting": 1}, "practice_stale_days": 1},
    "sources": {SOURCE: {"cadence_days": TINY}},
    "scope_weights": {"core": 0.0},
    "criteria": {"lead": {"days": 1}},
}
MOST = {
    "windows_days": [1, 3660],
    "headline_window_days": 3660,
    "communication": {"cadence_days": {"report": 3660}, "practice_stale_days": 3660},
    "sources": {SOURCE: {"cadence_days": 3660.0}},
    "scope_weights": {"core": LARGE, "docs": LARGE},
    "criteria": {"lead": {"kinds": {"commit": HUGE}, "days": HUGE, "reviews": HUGE, "mentees": HUGE, "sponsors": HUGE}},
}


@pytest.mark.parametrize("most", [False, True])
def test_with_the_least_and_the_most_that_is_accepted_numbers_come_out(most: bool) -> None:
    values = extreme(CommunityPolicy, most=most) | (MOST if most else LEAST)
    policy = CommunityPolicy.model_validate(values)
    assert fold(EVENTS, policy, TODAY).on(TODAY)
