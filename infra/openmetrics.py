"""The past as OpenMetrics text: every closed day's numbers, for a Prometheus that was not there.

Source: https://prometheus.io/docs/specs/om/open_metrics_spec/; https://prometheus.io/docs/prometheus/latest/storage/
"Backfilling from OpenMetrics format".
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import IO, Final

import numpy as np

from infra.clock import today_utc
from infra.reading import connected, loaded, policy_of
from infra.settings import Settings
from projections.community.state import Community
from projections.days import end_of, number_of
from projections.history import History
from projections.report import FAMILIES

JOB: Final = "tenfold"
"""The job of a community's series, as the scrape configuration has it; they have no instance."""

END: Final = "# EOF\n"


async def write(settings: Settings, communities: Sequence[str], output: IO[str]) -> int:
    """Write the closed days of some communities, ended as the format asks; returns how many samples there are."""
    policy, count = policy_of(settings), 0
    async with connected(settings) as connection:
        for name in sorted(communities):
            community = await loaded(connection, name, policy)
            count += await asyncio.to_thread(_write, community, name, output)
    output.write(END)
    return count


def _write(community: Community, name: str, output: IO[str]) -> int:
    count = 0
    for line in lines(name, community.history(today_utc() - timedelta(days=1)), FAMILIES):
        count += not line.startswith("#")
        output.write(line)
    return count


def lines(community: str, history: History, help_of: Mapping[str, str]) -> Iterator[str]:
    """Each number that was defined on a day, at 23:59:59 of that day, by series, then time; without the end.

    Args:
        community: its name.
        history: of closed days alone.
        help_of: family without prefix → help.
    """
    first = number_of(history.first_day)
    moments = [int(end_of(first + at)) - 1 for at in range(history.days)]
    for family, found in groupby(sorted(history.series), key=lambda series: series[0]):
        yield f"# TYPE {family} gauge\n"
        yield f"# HELP {family} {escaped(help_of.get(family.removeprefix('tenfold_'), family))}\n"
        for name, labels in found:
            values = history.series[name, labels]
            every = sorted([*labels, ("community", community), ("job", JOB)])
            head = name + "{" + ",".join(f'{label}="{escaped(value)}"' for label, value in every) + "}"
            for at in np.flatnonzero(~np.isnan(values)).tolist():
                yield f"{head} {float(values[at])!r} {moments[at]}\n"


def escaped(text: str) -> str:
    """A text as help or a label's value."""
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
