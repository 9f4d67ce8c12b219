"""The beginning of a real history, under pseudonyms, through the log: every number is the oracle's."""

from itertools import islice
from pathlib import Path

from events.envelope import Event
from infra.ingest import event_files
from infra.settings import Settings
from projections.policy.policy import CommunityPolicy, Policy
from tests.oracle.people import of_type
from tests.support.through_the_log import all_applied, send, worker
from tests.support.verified import corrections, days_to_verify
from tests.verify_data import EXAMPLE, verify

SLICE_EVENTS = 3000
FEWEST_FAMILIES = 40
"""Those that a git history without roles gives: with all corrections made, each has a number on some day."""


async def test_a_slice_of_a_real_history(stack: Settings, tmp_path: Path) -> None:
    history = (event for event in event_files.read(EXAMPLE) if event.source.startswith("git:"))
    events: list[Event] = list(islice(history, SLICE_EVENTS))
    addresses = {one.subject for one in of_type(events, "contribution.recorded") if one.subject.startswith("email:")}
    assert all(address.startswith("email:~") for address in addresses)
    days = days_to_verify(events)
    async with worker(stack, tmp_path / "worker.log"):
        await send(stack, events)
        await all_applied(stack)
        assert (await verify(stack, events, Policy(), days)).different == []

        corrected = [*events, *corrections(events)]
        await send(stack, corrected)  # what stands already changes nothing
        await all_applied(stack)
    found = await verify(stack, corrected, Policy(), days)
    assert found.different == []
    assert found.families >= FEWEST_FAMILIES
    twice_within_four_weeks = CommunityPolicy(windows_days=(28, 90, 365), min_contributions=2, teams=("core",))
    policy = Policy(open_communities=True, communities={events[0].community: twice_within_four_weeks})
    assert (await verify(stack, corrected, policy, days)).different == []
