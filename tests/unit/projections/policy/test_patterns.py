"""Patterns of a policy: what they match, and that no pattern takes long."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.policy.patterns import Patterns

SIGNS = st.text("aAbßſ*?[].\n", max_size=8)


def expected(pattern: str, text: str) -> bool:
    """The same, as a regular expression that may take for ever."""
    parts = [re.escape(part) for part in pattern.casefold().split("*")]
    return re.fullmatch(".*".join(parts), text.casefold(), re.DOTALL) is not None


@given(st.lists(SIGNS, max_size=3), SIGNS)
def test_only_the_star_is_special_and_case_is_ignored(globs: list[str], text: str) -> None:
    assert Patterns(globs).fit(text) == any(expected(glob, text) for glob in globs)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("*a" * 2000 + "b", "a"),
        ("*a" * 2000 + "*b", "a"),
        ("*" * 4000 + "b", "a"),
        ("a*" * 2000 + "b", "a"),
        ("*ab" * 2000 + "c", "ab"),
        ("*" + "a" * 50 + "b*", "a"),
    ],
)
def test_a_text_of_ten_times_the_length_takes_no_more_than_that(pattern: str, text: str) -> None:
    patterns = Patterns([pattern])
    short, long = (min(seconds(patterns, text * length) for _ in range(5)) for length in (20_000, 200_000))
    assert long < 40 * short + 0.001


def seconds(patterns: Patterns, text: str) -> float:
    started = time.perf_counter()
    patterns.fit(text)
    return time.perf_counter() - started
