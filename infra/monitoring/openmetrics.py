"""The past as OpenMetrics text: every closed day's numbers, for a Prometheus that was not there.

Source: https://prometheus.io/docs/specs/om/open_metrics_spec/; https://prometheus.io/docs/prometheus/latest/storage/
"Backfilling from OpenMetrics format".
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import IO, Final

import numpy as np

from infra.clock import today_utc
from infra.database.session import connected, loaded, policy_of
from infra.settings import Settings
from projections.timeline.days import end_of, number_of
from projections.timeline.history import History, Labels, Values

JOB: Final = "tenfold"
"""The job of a community's series, as the scrape configuration has it; they have no instance."""

END: Final = "# EOF\n"


async def past(settings: Settings, communities: Iterable[str]) -> dict[str, History]:
    """The closed days of some communities, by name.

    Raises:
        TenfoldError: Nobody ever heard of one of them.
    """
    policy, yesterday, found = policy_of(settings), today_utc() - timedelta(days=1), {}
    async with connected(settings) as connection:
        for name in communities:
            community = await loaded(connection, name, policy)
            found[name] = await asyncio.to_thread(community.history, yesterday)
    return found


def write(histories: Mapping[str, History], help_of: Mapping[str, str], output: IO[str]) -> int:
    """Write what `lines` says, ended as the format asks; returns how many samples there are."""
    count = 0
    for line in openmetrics_lines(histories, help_of):
        count += not line.startswith("#")
        output.write(line)
    output.write(END)
    return count


def openmetrics_lines(histories: Mapping[str, History], help_of: Mapping[str, str]) -> Iterator[str]:
    """Each number that was defined on a day, at 23:59:59 of that day; without the end.

    By family, community, series, time: a family stands in one place, as the format asks, whoever has it.

    Args:
        histories: of closed days alone, by community.
        help_of: family without prefix → help.
    """
    for family in sorted({name for history in histories.values() for name, _ in history.series}):
        yield f"# TYPE {family} gauge\n"
        yield f"# HELP {family} {escaped(help_of.get(family.removeprefix('tenfold_'), family))}\n"
        for community, history in sorted(histories.items()):
            moments = _moments(history)
            for labels, values in history.family(family):
                yield from _samples(f"{family}{{{_label_words(community, labels)}}}", values, moments)


def _moments(history: History) -> list[int]:
    """The last second of each day."""
    first = number_of(history.first_day)
    return [int(end_of(first + at)) - 1 for at in range(history.days)]


def _label_words(community: str, labels: Labels) -> str:
    every = sorted([*labels, ("community", community), ("job", JOB)])
    return ",".join(f'{label}="{escaped(value)}"' for label, value in every)


def _samples(head: str, values: Values, moments: list[int]) -> Iterator[str]:
    for at in np.flatnonzero(~np.isnan(values)).tolist():
        yield f"{head} {float(values[at])!r} {moments[at]}\n"


def escaped(text: str) -> str:
    """A text as help or a label's value."""
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
