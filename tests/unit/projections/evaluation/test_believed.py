"""Facts beyond today's bounds, or of versions to come, are counted in nothing, and that is told."""

import json
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from events.catalog import AnyEvent
from projections.community.change import Change
from projections.evaluation.believed import believed
from projections.evaluation.fold import change_of
from projections.facts.fact import events_of
from tests.support.drawn_events import DATA, LOG_TIME, document, example


def change(*events: AnyEvent) -> Change:
    return change_of(list(events))


def row(stem: str, **changes: Any) -> dict[str, Any]:
    """A row as the table has it, with JSON as text."""
    nobody = {"subject": None, "team": None, "actor": None}
    return nobody | document(stem, **changes) | {"data": json.dumps(changes.get("data", DATA[stem]))}


def test_what_keeps_to_its_bounds_is_believed(caplog: pytest.LogCaptureFixture) -> None:
    whole = change(*(example(stem, id=stem) for stem in DATA))
    assert believed(whole, "rust", LOG_TIME) is whole
    assert not caplog.records


def test_a_date_that_cannot_have_been_seen_is_not_believed(caplog: pytest.LogCaptureFixture) -> None:
    ahead = example("source.checked", data={**DATA["source.checked"], "through": "2026-08-25T00:00:00Z"})
    kept = example("goal.set")
    with caplog.at_level(logging.WARNING):
        assert believed(change(ahead, kept), "rust", LOG_TIME).facts == [kept]
    assert caplog.messages == [
        "Left out facts that cannot be counted community=rust facts={'tenfold.source.checked.v1 time_in_future': 1}"
    ]
    assert believed(change(ahead), "rust", LOG_TIME + timedelta(days=3)).facts == [ahead]


def test_a_day_that_another_source_published_is_not_believed() -> None:
    assert believed(change(example("day.published", source="git:cargo")), "rust", LOG_TIME).facts == []


def test_what_no_event_can_be_made_of_is_told(caplog: pytest.LogCaptureFixture) -> None:
    rows = [
        row("engagement.held", data={"kind": "meeting", "participants": 10**12}),
        row("role.granted", type="tenfold.role.granted.v2"),
        row("role.granted", type="tenfold.role.granted.v2", id="2"),
        row("goal.set", data={}),
        row("impact.noted"),
    ]
    read = events_of(rows)
    assert [event.type for _, event in read.events] == ["tenfold.impact.noted.v1"]
    told = replace(change(*(event for _, event in read.events)), refused=read.refused)
    with caplog.at_level(logging.WARNING):
        assert believed(told, "rust", LOG_TIME).facts == told.facts
    assert read.refused == {
        "tenfold.engagement.held.v1 invalid_data": 1,
        "tenfold.role.granted.v2 future_version": 2,
        "tenfold.goal.set.v1 invalid_data": 1,
    }
    assert caplog.messages == [
        f"Left out facts that cannot be counted community=rust facts={dict(read.refused)}",
    ]
