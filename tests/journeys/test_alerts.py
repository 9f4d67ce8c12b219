"""From simulated events to one message, through a real Kafka, worker, server, Prometheus and Alertmanager.

And what can befall them: whatever it is, nobody is told anything more, and every line goes on.
"""

import asyncio
import re
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
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
from infra.settings import Settings
from infra.simulate.community import Simulation
from infra.simulate.scenario import SCENARIOS, Outlook
from projections.evaluation.fold import fold
from projections.policy.policy import CommunityPolicy
from projections.timeline.history import Series, series_of
from tests.support.inbox import Inbox
from tests.support.simulated import SMALL
from tests.support.under_watch import BEFALLS, merge, under_watch
from tests.support.watching import PrometheusApi, number, scraped, until

TELLS = {Outlook.STALLING: "growth_stalled", Outlook.CONCENTRATING: "leadership_concentrated"}
QUIET_SECONDS = 8
"""Long enough for four more looks at each group: whoever is told twice is told by then."""

Lines = set[frozenset[tuple[str, str]]]

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()}")


async def test_a_stall_and_a_concentration_are_told_once_each_whatever_befalls_and_growth_is_not(
    stack: Settings, tmp_path: Path
) -> None:
    async with under_watch(stack, tmp_path, {str(outlook): story(outlook) for outlook in Outlook}) as running:
        api = running.seen.api
        sent = await backfill(stack, running.seen.prometheus.data)
        assert sent == samples(running.seen.prometheus.data) > 300_000
        began = time.time()
        await running.parts["alertmanager"].start()
        await running.parts["prometheus"].start()
        await until(lambda: told(running.received))
        await check_arrived(api, began, sent)
        await check_messages(stack, running.received)

        firing, lines = await api.alerts("firing"), await lines_since(api, began)
        for befall in BEFALLS:
            await befall(running)
            await until(partial(go_on, api, lines, time.time()))
        await until(lambda: are_firing(api, firing))
        await asyncio.sleep(QUIET_SECONDS)

        check_told_once(running.received)
        assert await api.alerts("firing") == firing
        for outlook in Outlook:
            await check_one_line(api, outlook, began)


def story(outlook: Outlook) -> list[AnyEvent]:
    """What happened until yesterday in a community that ends as its name says."""
    yesterday = today_utc() - timedelta(days=1)
    if outlook in SMALL:
        events = SMALL[outlook].events(outlook, str(outlook), yesterday)
        assert shown(events) == shown([*events, merge(events)])
        return events
    for seed in count(1):  # what chance makes of a scenario depends on the season, too
        events = list(Simulation(SCENARIOS[outlook], seed, 2, str(outlook), yesterday, 0.5).events())
        holds, lines = shown(events)
        if (holds, lines) == (set(), shown([*events, merge(events)])[1]):
            return events
    raise AssertionError


def shown(events: Sequence[AnyEvent]) -> tuple[set[str], set[Series]]:
    """The conditions that hold on the last day, and the lines that there are today."""
    today = today_utc()
    known = fold(events, CommunityPolicy(), today)
    last = known.on(today - timedelta(days=1))
    holds = {one.labels["condition"] for one in last if one.name == "tenfold_condition" and one.value}
    return holds, {series_of(one) for one in known.on(today)}


async def told(received: Inbox) -> bool:
    return all(received.to("leads", outlook) for outlook in TELLS)


async def check_arrived(api: PrometheusApi, began: float, sent: int) -> None:
    """Every sample of the past can be asked for."""
    past = await api.query('{community!=""}[1000d]', time=began)
    assert sum(len(one["values"]) for one in past) == sent


async def check_messages(settings: Settings, received: Inbox) -> None:
    said = await scraped(settings)
    for outlook, condition in TELLS.items():
        [alert] = [
            one
            for message in received.to("leads", outlook)
            for one in message["alerts"]
            if one["labels"]["condition"] == condition
        ]
        check_words(alert["annotations"], outlook, said)
        await check_links(settings, alert["annotations"])


def check_told_once(received: Inbox) -> None:
    for outlook in TELLS:
        assert len(received.to("leads", outlook)) == 1
        assert len(received.to("digest", outlook)) <= 1
    assert [one for _, one in received.messages if one["groupLabels"].get("community") == Outlook.GROWING] == []
    assert received.to("on-call") + received.to("operators") == []


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
            f"The verdict has been neither growing nor shrinking for 28 days or more: {ends[0]} on a year ago "
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


async def lines_since(api: PrometheusApi, since: float) -> Lines:
    """The lines of communities that have a sample from then on."""
    seconds = max(1, int(time.time() - since))
    found = await api.query(f'{{__name__=~"tenfold_.+",community!=""}}[{seconds}s]')
    return {frozenset(one["metric"].items()) for one in found if one["values"][-1][0] >= since}


async def go_on(api: PrometheusApi, lines: Lines, since: float) -> bool:
    """Whether each of these lines has a sample from then on."""
    return lines <= await lines_since(api, since)


async def are_firing(api: PrometheusApi, alerts: set[tuple[str, str | None]]) -> bool:
    return await api.alerts("firing") >= alerts


async def check_one_line(api: PrometheusApi, community: str, began: float) -> None:
    """The past that was loaded and what was scraped before, between and after what befell is one line without a gap."""
    now = int(time.time())
    line = f'tenfold_active_contributors{{community="{community}",window_days="90"}}'
    [whole] = await api.query(f"{line}[1000d]")
    assert set(whole["metric"]) == {"__name__", "community", "job", "window_days"}
    moments = [at for at, _ in whole["values"]]
    assert sum(at < began for at in moments) > 600
    assert sum(at >= began for at in moments) > 10
    for start, step in ((now - 86400, 60), (int(began) + 5, 1)):
        last = f"last_over_time({line}[26h])"
        [drawn] = (await api.ask("query_range", query=last, start=start, end=now, step=step))["result"]
        assert len(drawn["values"]) == len(range(start, now + 1, step))
