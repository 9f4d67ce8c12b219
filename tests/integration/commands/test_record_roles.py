from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from infra.commands import record_roles

if TYPE_CHECKING:
    from tests.integration.commands.conftest import ReadLog

MAY, JUNE = datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC)
MINUTES = "https://garden.example/minutes"


async def test_seats_and_scopes_are_told_by_events_with_an_actor(
    read_log: ReadLog, capsys: pytest.CaptureFixture[str]
) -> None:
    seat = ("github:5", "maintainer", "roses", "garden")
    await record_roles.scope("declared", "roses", "garden", parent="park", on=MAY, actor="grace")
    await record_roles.role("granted", *seat, on=MAY, until=JUNE, already_held=True, evidence=MINUTES, actor="grace")
    await record_roles.role("paused", *seat, on=MAY, until=JUNE, actor="grace")
    await record_roles.role("revoked", *seat, on=JUNE, actor="grace")
    await record_roles.scope("retired", "roses", "garden", on=JUNE, actor="grace")
    events = {event.type.removeprefix("tenfold.").removesuffix(".v1"): event for event in await read_log("by-hand")}
    assert {event.actor for event in events.values()} == {"grace"}
    role = {"role": "maintainer", "scope": "roses"}
    assert {kind: event.data.model_dump(exclude_none=True) for kind, event in events.items()} == {
        "scope.declared": {"scope": "roses", "parent": "park"},
        "role.granted": role | {"until": JUNE, "already_held": True, "evidence": MINUTES},
        "role.paused": role | {"until": JUNE},
        "role.revoked": role,
        "scope.retired": {"scope": "roses"},
    }
    assert [events[f"role.{kind}"].subject for kind in ("granted", "paused", "revoked")] == ["github:5"] * 3
    assert (events["role.granted"].time, events["role.revoked"].time) == (MAY, JUNE)
    assert events["role.granted"].id == "role/granted/roses/maintainer/github:5/2024-05-01T00:00:00+00:00"
    assert capsys.readouterr().out.splitlines() == [
        "garden: roses declared as a part of park",
        "garden: github:5 granted as maintainer of roses until 2024-06-01",
        "garden: github:5 paused as maintainer of roses until 2024-06-01",
        "garden: github:5 revoked as maintainer of roses",
        "garden: roses retired",
    ]
