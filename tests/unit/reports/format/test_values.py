"""One value reads one way: without a sign where it rounds to nothing, and the same on every surface."""

import re
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.metrics.unit import Unit
from projections.policy.policy import CommunityPolicy
from projections.timeline.days import number_of
from projections.timeline.history import History, series
from reports.format.values import digits, format_value, percent
from reports.portfolio import line
from reports.text.numbers import every_table
from reports.text.report import text
from tests.support.reporting import inputs, report

DAY = date(2026, 8, 22)
CHANGES = st.floats(-0.99, 30, allow_nan=False)
NUMBERS = st.floats(-1e7, 1e7, allow_nan=False)
SIGNED = (Unit.CHANGE, Unit.DIFFERENCE)
COUNTED = (Unit.COUNT, Unit.PEOPLE, Unit.STATE, Unit.SHARE, Unit.TIMES, Unit.TENTHS, Unit.DAYS, Unit.INDEX)


@pytest.mark.parametrize("unit", [*SIGNED, *COUNTED])
@given(value=NUMBERS)
def test_what_rounds_to_nothing_has_no_sign_and_less_has_a_minus(unit: Unit, value: float) -> None:
    said = format_value(value, unit)
    assert "-" not in said
    if not re.search("[1-9]", said):
        assert said[0] == "0"
        assert said == format_value(0.0, unit)
    elif value < 0:
        assert said.startswith("−")
    else:
        assert said.startswith("+") == (unit in SIGNED)


@given(NUMBERS, st.integers(0, 3))
def test_digits_are_those_of_the_number(value: float, places: int) -> None:
    said = digits(value, places).replace(",", "").replace("−", "-")
    assert float(said) == pytest.approx(value, abs=0.5 * 10**-places + 1e-6)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (-0.004, Unit.CHANGE, "0 %"),
        (-0.004, Unit.SHARE, "0 %"),
        (-0.4, Unit.DIFFERENCE, "0"),
        (-0.04, Unit.TENTHS, "0.0"),
        (-0.054, Unit.CHANGE, "−5 %"),
        (12.5, Unit.CHANGE, "+1,250 %"),
        (None, Unit.SHARE, "not shown"),
        ("<5", Unit.TENTHS, "<5"),
    ],
)
def test_small_and_hidden_values(value: float | str | None, unit: Unit, said: str) -> None:
    assert format_value(value, unit) == said


@given(CHANGES)
def test_a_change_reads_the_same_on_every_surface(change: float) -> None:
    """In the headline, the table, the portfolio, the reason of an alert and the text, which says more or fewer."""
    numbers = {
        series("growth_verdict", verdict="shrinking"): 1.0,
        series("condition", condition="shrinking"): 1.0,
        series("condition_since_timestamp_seconds", condition="shrinking"): number_of(DAY) * 86400.0,
        **{series(f"growth_change_{which}ratio"): change for which in ("", "low_", "high_")},
    }
    of = inputs(History(DAY, {key: np.array([value]) for key, value in numbers.items()}), DAY, policy=CommunityPolicy())
    found, said = report(of.history, DAY), format_value(change, Unit.CHANGE)
    [table] = [one for one in every_table(found) if one.title == "Growth"]
    assert {cell for row in table.rows for cell in row.cells.values()} == {said}
    assert line(of).cells[1] == said
    assert found.conditions.in_force[0].because.startswith(f"{said} people active in a month")
    more = f"{percent(abs(change))} % {'more' if change > 0 else 'fewer'}"
    told = "as many people" if percent(change) == "0" else f"{more} people"
    assert found.headline.growth.rest.startswith(f"{told} a month over the last year")
    assert told in " ".join(text(found).lower().split())


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1204.0, Unit.COUNT, "1,204"),
        (-3.0, Unit.COUNT, "−3"),
        (0.615, Unit.SHARE, "62 %"),
        (1.26, Unit.TIMES, "1.3×"),
        (datetime(2026, 8, 2, 23, 59, tzinfo=UTC).timestamp(), Unit.MOMENT, "2 Aug 2026"),
        (35.14, Unit.TENTHS, "35.1"),
        (0.9354, Unit.INDEX, "0.94"),
        (-4.0, Unit.DIFFERENCE, "−4"),
        (3.0, Unit.DIFFERENCE, "+3"),
        (0.0, Unit.DIFFERENCE, "0"),
        (86400.0, Unit.SPAN, "1 day"),
        (18_000.0, Unit.SPAN, "5 hours"),
        (60.0, Unit.SPAN, "1 minute"),
        (86400.0 * 200, Unit.SPAN, "7 months"),
        (86400.0 * 1620, Unit.SPAN, "4.4 years"),
        ("<5", Unit.SHARE, "<5"),
    ],
)
def test_values_read_as_people_write_them(value: float | str, unit: Unit, words: str) -> None:
    assert format_value(value, unit) == words
