"""Asks what a panel asks, as Grafana would: variables and macros filled in, then PostgreSQL or Prometheus."""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode
from urllib.request import urlopen

import asyncpg

from infra.monitoring.grafana.queries import Json

POINTS: Final = 400
RATE_INTERVAL: Final = "1m"
QUERY_SECONDS: Final = 60
MACRO: Final = re.compile(r"\$__timeFilter\(([^)]*)\)")
VARIABLE: Final = re.compile(r"\$\{(\w+)(?::(\w+))?\}|\$(\w+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a viewer has chosen.

    Attributes:
        since: where the time shown begins.
        until: where it ends.
        variables: name → what was chosen, one or several.
    """

    since: datetime
    until: datetime
    variables: Mapping[str, str | Sequence[str]]

    def sql(self, text: str) -> str:
        """A query to PostgreSQL without macros and variables."""
        since, until = (moment.astimezone(UTC).isoformat() for moment in (self.since, self.until))
        return VARIABLE.sub(self._chosen, MACRO.sub(rf"\1 between '{since}' and '{until}'", text))

    def expression(self, text: str) -> str:
        """A query to Prometheus without variables."""
        return VARIABLE.sub(self._chosen, text.replace("$__rate_interval", RATE_INTERVAL))

    def _chosen(self, found: re.Match[str]) -> str:
        name, shape, plain = found.groups()
        value = self.variables[name or plain]
        values = [value] if isinstance(value, str) else list(value)
        if shape == "sqlstring":
            return ",".join("'" + one.replace("'", "''") + "'" for one in values)
        return "|".join(values)


@dataclass(frozen=True, slots=True)
class Line:
    """One line or value: what it is called, and its points in time's order."""

    legend: str
    points: Sequence[tuple[datetime, float]]
    labels: Mapping[str, str] = field(default_factory=dict)


async def past(connection: asyncpg.Connection, target: Json, asked: Asked) -> list[Line]:
    """The lines of a query to PostgreSQL that has a time, a metric and a value."""
    found: dict[str, list[tuple[datetime, float]]] = {}
    for row in await rows(connection, target["rawSql"], asked):
        found.setdefault(row["metric"], []).append((row["time"], row["value"]))
    return [Line(legend, points) for legend, points in found.items()]


async def rows(connection: asyncpg.Connection, sql: str, asked: Asked) -> list[asyncpg.Record]:
    """The rows of any query to PostgreSQL."""
    found: list[asyncpg.Record] = await connection.fetch(asked.sql(sql))
    return found


async def now(url: str, target: Json, asked: Asked) -> list[Line]:
    """The lines of a query to Prometheus; a value at the end of the time shown is a line of one point."""
    until = asked.until.timestamp()
    words = {"query": asked.expression(target["expr"])}
    if target["range"]:
        since = asked.since.timestamp()
        words |= {"start": str(since), "end": str(until), "step": str(max((until - since) / POINTS, 1))}
        found = await asyncio.to_thread(_answer, f"{url}/api/v1/query_range", words)
    else:
        found = await asyncio.to_thread(_answer, f"{url}/api/v1/query", words | {"time": str(until)})
    return [_line_of(one, target["legendFormat"]) for one in found]


def _answer(address: str, words: Mapping[str, str]) -> list[Json]:
    with urlopen(f"{address}?{urlencode(words)}", timeout=QUERY_SECONDS) as response:  # noqa: S310 # ours, by http
        found: dict[str, Any] = json.load(response)
    result: list[Json] = found["data"]["result"]
    return result


def _line_of(found: Json, legend: str) -> Line:
    labels = found["metric"]
    called = re.sub(r"\{\{(\w+)\}\}", lambda label: labels.get(label.group(1), ""), legend)
    points = [(datetime.fromtimestamp(at, UTC), float(value)) for at, value in found.get("values") or [found["value"]]]
    return Line(called, points, labels)
