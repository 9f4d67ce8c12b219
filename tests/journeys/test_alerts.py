"""From simulated events to one message, through a real Kafka, worker, server, Prometheus and Alertmanager."""

import asyncio
import re
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from events.catalog import AnyEvent
from infra.clock import today_utc
from infra.local.backfill import backfill, samples
from infra.local.ports import LOOPBACK
from infra.local.prometheus import missing
from infra.publishing import chunks, publishing
from infra.settings import Settings
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from projections.community.fold import fold
from projections.policy import CommunityPolicy
from tests.simulated import SMALL
from tests.through_the_log import all_applied, worker
from tests.watching import Inbox, Watch, inbox, number, running, scraped, server, until, watch

TELLS = {Outlook.STALLING: "growth_stalled", Outlook.CONCENTRATING: "leadership_concentrated"}
QUIET_SECONDS = 8
"""Long enough for four more looks at each group: whoever is told twice is told by then."""
CHUNK = 5000

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()}")


async def test_a_stall_and_a_concentration_are_told_once_each_and_growth_is_not(
    stack: Settings, tmp_path: Path
) -> None:
    async with AsyncExitStack() as cleanup:
        await cleanup.enter_async_context(worker(stack, tmp_path / "worker.log"))
        await cleanup.enter_async_context(running(server(stack, tmp_path / "server.log")))
        for outlook in Outlook:
            await publish(stack, small(outlook) if outlook in SMALL else story(outlook, years=2))
        await all_applied(stack)
        await until(lambda: settled(stack, [str(outlook) for outlook in Outlook]))
        received = cleanup.enter_context(inbox())
        seen = watch(stack, tmp_path, received)
        await cleanup.enter_async_context(running(seen.alertmanager.child()))
        await cleanup.enter_async_context(running(seen.prometheus.child()))
        await until(lambda: told(received, "leads", list(TELLS)))
        await asyncio.sleep(QUIET_SECONDS)
        said = await scraped(stack)
        for outlook, condition in TELLS.items():
            [message] = received.to("leads", outlook)
            assert len(received.to("digest", outlook)) <= 1
            [alert] = [one for one in message["alerts"] if one["labels"]["condition"] == condition]
            check_words(alert["annotations"], outlook, said)
            await check_links(stack, alert["annotations"])
        assert [one for _, one in received.messages if one["groupLabels"].get("community") == Outlook.GROWING] == []
        assert received.to("on-call") + received.to("operators") == []


async def test_restarts_tell_nothing_and_lose_no_line(stack: Settings, tmp_path: Path) -> None:
    name = str(Outlook.GROWING)
    async with AsyncExitStack() as cleanup:
        await cleanup.enter_async_context(worker(stack, tmp_path / "worker.log"))
        served = AsyncExitStack()
        await served.enter_async_context(running(server(stack, tmp_path / "server.log")))
        cleanup.push_async_callback(served.aclose)
        await publish(stack, story(Outlook.GROWING, years=2))
        await all_applied(stack)
        await until(lambda: settled(stack, [name]))
        received = cleanup.enter_context(inbox())
        seen = watch(stack, tmp_path, received)
        sent = await backfill(stack, seen.prometheus.data)
        assert sent == samples(seen.prometheus.data) > 50_000
        await cleanup.enter_async_context(running(seen.alertmanager.child()))
        watching = await cleanup.enter_async_context(AsyncExitStack())
        await watching.enter_async_context(running(seen.prometheus.child()))
        began = time.time()
        line = f'tenfold_active_contributors{{community="{name}",window_days="90"}}'

        await until(lambda: scrapes_since(seen, line, began, 3))
        await check_arrived(seen, name, sent)
        await served.aclose()
        await until(lambda: is_down(seen))
        await served.enter_async_context(running(server(stack, tmp_path / "server.log")))
        again = time.time()
        await until(lambda: scrapes_since(seen, line, again, 3))

        await watching.aclose()
        await watching.enter_async_context(running(seen.prometheus.child()))
        again = time.time()
        await until(lambda: scrapes_since(seen, line, again, 3))
        await asyncio.sleep(QUIET_SECONDS)

        await check_one_line(seen, line, began)
        firing = [one for one in (await seen.ask("alerts"))["alerts"] if one["state"] == "firing"]
        assert firing == []
        assert received.messages == []


def small(outlook: Outlook) -> list[AnyEvent]:
    """A small community that ends as its name says."""
    return SMALL[outlook].events(outlook, str(outlook), today_utc() - timedelta(days=1))


def story(outlook: Outlook, years: float) -> list[AnyEvent]:
    """The first simulation that ends as its name says: what chance makes of a scenario depends on the season, too."""
    yesterday = today_utc() - timedelta(days=1)
    for seed in count(1):
        events = list(Simulation(SCENARIOS[outlook], seed, years, str(outlook), yesterday).events())
        last = fold(events, CommunityPolicy(), yesterday + timedelta(days=1)).on(yesterday)
        holds = {one.labels["condition"] for one in last if one.name == "tenfold_condition" and one.value}
        if holds == set() if outlook not in TELLS else TELLS[outlook] in holds - {"history_unsettled"}:
            return events
    raise AssertionError


async def publish(settings: Settings, events: Sequence[AnyEvent]) -> None:
    async with publishing(settings, events[0].community) as publisher:
        for chunk in chunks(events, CHUNK):
            await publisher.publish(chunk)


async def settled(settings: Settings, communities: Sequence[str]) -> bool:
    """Whether the server's numbers are those of everything that was sent."""
    said = await scraped(settings)
    return all(
        number(said, "catching_up", community=name) == 0
        and number(said, "condition", community=name, condition="history_unsettled") == 0
        for name in communities
    )


async def told(received: Inbox, receiver: str, communities: Sequence[str]) -> bool:
    return all(received.to(receiver, name) for name in communities)


def check_words(annotations: dict[str, str], outlook: Outlook, said: Any) -> None:
    """A person reads what the server says."""

    def now(name: str, **labels: str) -> float:
        found = number(said, name, community=str(outlook), **labels)
        assert found is not None
        return found

    assert "not known" not in annotations["description"]
    if outlook is Outlook.STALLING:
        ends = [f"{100 * now(f'growth_change_{end}ratio'):+.0f} %" for end in ("", "low_", "high_")]
        active = f"{now('active_contributors', window_days='90'):.0f}"
        assert annotations["summary"] == "Growth of stalling has stalled"
        assert annotations["description"] == (
            f"The verdict has been flat for 28 days or more: {ends[0]} on a year ago "
            f"(interval {ends[1]} to {ends[2]}). {active} people are active now."
        )
    else:
        leaders = f"{now('effective_leaders', seats='nominal'):.1f}"
        assert annotations["summary"] == "Leadership of concentrating is concentrating"
        assert annotations["description"].startswith(f"{leaders} effective leaders now; ")


async def check_links(settings: Settings, annotations: dict[str, str]) -> None:
    async with httpx.AsyncClient() as client:
        for link in (annotations["runbook_url"], annotations["dashboard_url"]):
            assert link.startswith(f"http://{LOOPBACK}:{settings.server_port}/")
            page = await client.get(link)
            assert page.status_code == 200
            _, _, anchor = link.partition("#")
            assert not anchor or re.search(f'id="{anchor}"', page.text)


async def scrapes_since(seen: Watch, line: str, since: float, wanted: int) -> bool:
    """Whether Prometheus has so many new samples of a line."""
    try:
        found = await seen.query(f"{line}[{max(1, int(time.time() - since))}s]")
    except httpx.TransportError:
        return False
    return len(found) == 1 and sum(at >= since for at, _ in found[0]["values"]) >= wanted


async def is_down(seen: Watch) -> bool:
    return await seen.value('up{job="tenfold"}') == 0


async def check_arrived(seen: Watch, community: str, sent: int) -> None:
    """Every sample of the past can be asked for."""
    midnight = time.time() // 86400 * 86400
    past = await seen.query(f'{{community="{community}"}}[1000d]', time=midnight)
    assert sum(len(one["values"]) for one in past) == sent


async def check_one_line(seen: Watch, line: str, began: float) -> None:
    """The past that was loaded and what was scraped before, between and after restarts is one series without a gap."""
    now = int(time.time())
    both = await seen.query(f"{line}[1000d]")
    assert len(both) == 1
    assert set(both[0]["metric"]) == {"__name__", "community", "job", "window_days"}
    moments = [at for at, _ in both[0]["values"]]
    assert sum(at < began for at in moments) > 600
    assert sum(at >= began for at in moments) > 10
    for start, step in ((now - 86400, 60), (int(began) + 5, 1)):
        last = f"last_over_time({line}[26h])"
        shown = await seen.ask("query_range", query=last, start=start, end=now, step=step)
        [drawn] = shown["result"]
        assert len(drawn["values"]) == len(range(start, now + 1, step))
