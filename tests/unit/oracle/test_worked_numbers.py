"""The worked numbers of docs/definitions.md that belong to people, activity and growth."""

from datetime import date

import pytest

from tests.oracle.activity import absence_factor, exposure, onion
from tests.oracle.people import organisation_key
from tests.oracle.samples import samples
from tests.oracle.values import Values
from tests.oracle.writing import work_days

X = (1000, 202, 90, 33, 332, 343, 42, 433)
LAST = date(2026, 8, 22)


@pytest.mark.parametrize(
    ("sizes", "layers"),
    [
        ((1,), (1, 0, 0)),
        ((90, 10), (1, 1, 0)),
        ((97, 2, 1), (1, 0, 2)),
        (X, (4, 2, 2)),
        ((20, 20, 20, 20, 20), (4, 1, 0)),
    ],
)
def test_onion(sizes: tuple[int, ...], layers: tuple[int, int, int]) -> None:
    assert tuple(onion(sizes).values()) == layers


@pytest.mark.parametrize(("sizes", "factor"), [(X, 2), ((5, 5), 1), ((1,), 1), ((1, 1, 1), 2)])
def test_contributor_absence_factor(sizes: tuple[int, ...], factor: int) -> None:
    assert absence_factor(sizes) == factor


def test_departure_exposure() -> None:
    assert float(exposure(X)) == pytest.approx(1000 / 2475)


def test_worked_vector_through_events() -> None:
    numbers = samples(work_days(X, LAST), Values(windows=(1000,), headline=1000), LAST)
    window = frozenset({("window_days", "1000")})
    assert numbers["tenfold_active_contributors", window] == 8
    assert numbers["tenfold_core_contributors_by_volume", frozenset()] == 4
    assert numbers["tenfold_regular_contributors_by_volume", frozenset()] == 2
    assert numbers["tenfold_casual_contributors_by_volume", frozenset()] == 2
    assert numbers["tenfold_contributor_absence_factor", frozenset()] == 2


@pytest.mark.parametrize("name", ["Acme Inc.", "ACME, LLC", "acme", "A.C.M.E. GmbH", "Acme  Co", "acme corp"])
def test_organisations_are_the_same_without_a_final_word(name: str) -> None:
    assert organisation_key(name) == "acme"


def test_a_corporate_suffix_alone_is_a_name() -> None:
    assert organisation_key("Co.") == "co"
