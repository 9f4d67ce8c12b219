"""Everything that leaves no trace in a tool, said at the command line, as it stands in the log."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from infra.commands import record_community as community
from infra.commands import record_people as people

if TYPE_CHECKING:
    from tests.integration.commands.conftest import ReadLog

MAY = datetime(2024, 5, 1, tzinfo=UTC)
ADA, MAX = "github:5", "github:6"
NOTES = "https://garden.example/notes"
SAID: dict[str, Any] = {"community": "garden", "on": MAY, "actor": "grace"}


async def test_what_people_did_where_no_tool_saw_it(read_log: ReadLog, capsys: pytest.CaptureFixture[str]) -> None:
    await people.mentoring(what="started", mentee=ADA, mentor=MAX, team="roses", **SAID)
    await people.mentoring(what="met", mentee=ADA, mentor=MAX, **SAID)
    await people.mentoring(what="ended", mentee=ADA, mentor=MAX, outcome="handed_over", **SAID)
    told = {event.type.split(".")[2]: event for event in await read_log("by-hand")}
    assert {what: event.data.model_dump() for what, event in told.items()} == {
        "started": {"mentor": MAX},
        "met": {"mentor": MAX},
        "ended": {"mentor": MAX, "outcome": "handed_over"},
    }
    assert {(event.subject, event.time, event.actor) for event in told.values()} == {(ADA, MAY, "grace")}
    assert (told["started"].team, told["met"].team) == ("roses", None)
    await people.contribution(
        identity=ADA,
        kind="event_organised",
        url=NOTES,
        about="fair/3",
        responds_to=("git:x", "1"),
        outcome="accepted",
        **SAID,
    )
    *_, done = await read_log("by-hand")
    assert (done.subject, done.data.model_dump(exclude_none=True)) == (
        ADA,
        {
            "kind": "event_organised",
            "url": NOTES,
            "about": "fair/3",
            "responds_to": {"source": "git:x", "id": "1"},
            "outcome": "accepted",
        },
    )
    assert capsys.readouterr().out.splitlines() == [
        "garden: github:6 mentors github:5",
        "garden: github:6 and github:5, whom they mentor, met",
        "garden: github:6 no longer mentors github:5 (handed over)",
        "garden: github:5 contributed (event organised)",
    ]


async def test_what_the_community_said_agreed_and_decided(read_log: ReadLog) -> None:
    await people.opportunity(what="offered", opportunity="fair-4", url=NOTES, **SAID)
    await people.opportunity(what="taken", opportunity="fair-4", by=ADA, **SAID)
    await community.engagement(kind="report", url=NOTES, with_="park", audience="board", participants=9, **SAID)
    await community.relationship(what="established", with_="park", nature="seeds", **SAID)
    await community.relationship(what="ended", with_="park", nature="seeds", **SAID)
    due: dict[str, Any] = {"review_by": date(2025, 5, 1), "newcomers_per_quarter": 4}
    await community.practice(practice="recruiting_plan", url=NOTES, **due, **SAID)
    by: dict[str, Any] = {"responsible": "the chair", "support": ADA, "deliverable": NOTES, "due_on": date(2024, 9, 1)}
    await community.milestone(milestone="synergy", **by, **SAID)
    await community.action(about="pathway:arrived", url=NOTES, owner="the chair", **SAID)
    await community.impact(title="Shade in summer", url=NOTES, **SAID)
    events = await read_log("by-hand")
    named = {event.type.removeprefix("tenfold.").removesuffix(".v1"): event for event in events}
    assert {event.actor for event in events} == {"grace"}
    assert named["opportunity.taken"].subject == ADA
    assert {kind: event.data.model_dump(by_alias=True, exclude_none=True) for kind, event in named.items()} == {
        "opportunity.offered": {"opportunity": "fair-4", "url": NOTES},
        "opportunity.taken": {"opportunity": "fair-4"},
        "engagement.held": {"kind": "report", "with": "park", "audience": "board", "participants": 9, "url": NOTES},
        "relationship.established": {"with": "park", "nature": "seeds"},
        "relationship.ended": {"with": "park", "nature": "seeds"},
        "practice.documented": {
            "practice": "recruiting_plan",
            "url": NOTES,
            "review_by": date(2025, 5, 1),
            "targets": {"newcomers_per_quarter": 4},
        },
        "milestone.assigned": {"milestone": "synergy"} | by,
        "action.recorded": {"about": "pathway:arrived", "url": NOTES, "owner": "the chair"},
        "impact.noted": {"title": "Shade in summer", "url": NOTES},
    }


async def test_who_says_a_thing_of_a_day_on_which_nobody_looks_is_told_so(
    database: asyncpg.Connection, read_log: ReadLog, capsys: pytest.CaptureFixture[str]
) -> None:
    read = datetime(2024, 2, 1, tzinfo=UTC).timestamp()
    samples = f'[{{"name": "tenfold_source_checked_timestamp_seconds", "labels": {{"source": "g"}}, "value": {read}}}]'
    await database.execute(
        "insert into snapshot (community, as_of, samples, read_model_version, policy, read_up_to, evaluated_at)"
        " values ('garden', '2024-05-02', $1, 1, '', '1', now())",
        samples,
    )
    await community.impact(title="Shade in summer", url=NOTES, **SAID)
    out, error = capsys.readouterr()
    assert out == "garden: noted: Shade in summer\n"
    assert error.startswith("Reports of garden open on 1 Feb 2024")
    assert error.count("\n") == 1
    await community.impact(title="Shade in winter", url=NOTES, community="garden", on=datetime(2024, 1, 1, tzinfo=UTC))
    assert capsys.readouterr().err == ""
    assert len(await read_log("by-hand")) == 2
