"""The version of numbers follows from the code that counts them, and not from words about it."""

import ast
from importlib.resources import files

from events.envelope import MAX_COUNT
from projections.evaluation.version import counting, read_model_version, without_words

COUNTED = '''
"""Words about it."""

class Counts:
    """Other words."""

    def add(self, more: int) -> int:
        """More words."""
        return more + 1  # a comment
'''


def shape(source: str) -> str:
    return ast.dump(without_words(ast.parse(source)))


def test_words_and_comments_change_nothing() -> None:
    assert shape(COUNTED) == shape(COUNTED.replace("words", "sentences").replace("a comment", "none"))


def test_another_sum_is_another_version() -> None:
    assert shape(COUNTED) != shape(COUNTED.replace("more + 1", "more + 2"))


def test_all_that_counts_is_in_it_and_nothing_that_explains() -> None:
    names = {str(one) for one in counting(files("projections"))}
    assert {"activity/measures.py", "growth/families.py", "timeline/ranges.py"} <= {
        "/".join(name.split("/")[-2:]) for name in names
    }
    assert not [name for name in names if "/explain/" in name or "/disclosure/" in name]


def test_it_fits_where_it_is_stored() -> None:
    assert 0 < read_model_version() < 2**29 < MAX_COUNT
