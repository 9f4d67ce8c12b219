"""Which surfaces there are, and how each is written so that a difference can be read: nothing of the product."""

import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

import httpx

from tests.goldens.communities import GARDEN, TODAY
from tests.goldens.product import OPERATOR, command

EARLIER = "2025-03-31"
DAYS: Mapping[str, str | None] = {"": None, "earlier.": EARLIER, "today.": str(TODAY)}
HEADLINE_DAYS = "90"
VIEWERS: Mapping[str, Mapping[str, str]] = {"public": {}, "lead": {"Authorization": f"Bearer {OPERATOR}"}}
"""Of the community that is looked at."""
CHANGING = re.compile(r'(?<=read_models=")[^"]*|(?<=\.)[0-9a-f]{12}(?=\.(?:css|js|svg))|(?<=[#"]clip)\d+(?=[")])')
"""What names the code or an asset by its content, or counts what was drawn before."""
DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
CLOCKED = re.compile(r"^.*tenfold_evaluation_seconds.*\n", re.MULTILINE)


class Surface(NamedTuple):
    """A file's name, and what stands in it."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads what the server serves."""

    client: httpx.AsyncClient
    viewer: str

    async def text(self, path: str, **query: str | Sequence[str] | None) -> str:
        given = {name: value for name, value in query.items() if value is not None}
        answer = await self.client.get(path, params=given, headers=dict(VIEWERS[self.viewer]))
        status = "" if answer.status_code == httpx.codes.OK else f"status {answer.status_code}\n"
        return status + answer.text

    async def json(self, path: str, **query: str | Sequence[str] | None) -> str:
        return readable(await self.text(path, **query))


def tidied(surface: Surface) -> Surface:
    """The same without what changes by itself; in drawings, too, a line for each thing."""
    content = CLOCKED.sub("", CHANGING.sub("-", surface.content))
    return surface._replace(content=DRAWING.sub(lambda found: found[0].replace("><", ">\n<"), content))


def readable(text: str) -> str:
    """JSON a line for each thing, in an order of its own: objects have none."""
    try:
        return json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    except json.JSONDecodeError:
        return text


async def every(client: httpx.AsyncClient, names: Sequence[str]) -> AsyncIterator[Surface]:
    """Every surface of all communities, and of each."""
    async for surface in of_every(client, names):
        yield tidied(surface)


async def of_every(client: httpx.AsyncClient, names: Sequence[str]) -> AsyncIterator[Surface]:
    async for surface in of_all(client, names):
        yield surface
    for name in names:
        async for surface in of_commands(name):
            yield surface
        for viewer in VIEWERS:
            async for surface in of_server(Reader(client, viewer), name):
                yield surface
    async for surface in explained(client, names):
        yield surface


async def few(client: httpx.AsyncClient, name: str) -> AsyncIterator[Surface]:
    """What is kept beside the tests: small, and the same on every machine (letters of drawings are not)."""
    async for surface in of_few(client, name):
        yield tidied(surface._replace(content=DRAWING.sub("<svg/>", surface.content)))


async def of_few(client: httpx.AsyncClient, name: str) -> AsyncIterator[Surface]:
    public, lead = (Reader(client, viewer) for viewer in VIEWERS)
    report = ("report", "--community", name)
    yield Surface(f"{name}.report.txt", await command(*report, "--numbers"))
    yield Surface(f"{name}.report.json", readable(await command(*report, "--format", "json")))
    yield Surface(f"{name}.page.public.html", await public.text(f"/communities/{name}"))
    yield Surface(f"{name}.report.api.public.json", await public.json(f"/api/v1/communities/{name}/report"))
    yield Surface("metrics.txt", await lead.text("/metrics"))


async def explained(client: httpx.AsyncClient, names: Sequence[str]) -> AsyncIterator[Surface]:
    """What `explain` prints of every family of one community; each takes a second."""
    one_of_each = dict(asked(await samples(client, GARDEN))) if GARDEN in names else {}
    for family, labels in one_of_each.items():
        given = [word for label, value in labels.items() for word in ("--label", f"{label}={value}")]
        found = await command("explain", family, "--community", GARDEN, *given)
        yield Surface(f"{GARDEN}.explain.{called(family, labels)}.txt", found)


async def of_all(client: httpx.AsyncClient, names: Sequence[str]) -> AsyncIterator[Surface]:
    """What tells of all communities, or of none."""
    for viewer in VIEWERS:
        reader = Reader(client, viewer)
        yield Surface(f"all.portfolio.{viewer}.html", await reader.text("/"))
        yield Surface(f"all.portfolio.today.{viewer}.html", await reader.text("/", as_of=str(TODAY)))
        yield Surface(f"all.portfolio.api.{viewer}.json", await reader.json("/api/v1/communities"))
    yield Surface("all.runbook.lead.html", await reader.text("/runbook"))
    yield Surface("all.openapi.json", await reader.json("/api/v1/openapi.json"))
    yield Surface("all.metrics.txt", await reader.text("/metrics"))
    yield Surface("all.report.txt", await command("report"))
    yield Surface("all.report.json", readable(await command("report", "--format", "json")))
    yield Surface("all.report.html", await command("report", "--format", "html"))
    yield Surface("all.explain-list.txt", await command("explain", "--list"))
    whole = [word for name in names for word in ("--community", name)]
    yield Surface("all.openmetrics.txt", summed(await command("export", "openmetrics", *whole)))


async def of_commands(name: str) -> AsyncIterator[Surface]:
    """What commands print of one community."""
    for day, as_of in DAYS.items():
        report = ("report", "--community", name, *(("--as-of", as_of) if as_of else ()))
        yield Surface(f"{name}.report.{day}txt", await command(*report, "--numbers"))
        yield Surface(f"{name}.report.{day}json", readable(await command(*report, "--format", "json")))
        yield Surface(f"{name}.report.{day}html", await command(*report, "--format", "html"))
    yield Surface(f"{name}.unseen.txt", await command("people", "unseen", "--community", name))


async def of_server(reader: Reader, name: str) -> AsyncIterator[Surface]:
    """What the server says of one community to one viewer."""
    api, page, viewer = f"/api/v1/communities/{name}", f"/communities/{name}", reader.viewer
    for day, as_of in DAYS.items():
        html = await reader.text(page, as_of=as_of)
        yield Surface(f"{name}.page.{day}{viewer}.html", html)
        yield Surface(f"{name}.report.api.{day}{viewer}.json", await reader.json(f"{api}/report", as_of=as_of))
    for chart in sorted(set(re.findall(r"charts/([\w-]+)\.json", await reader.text(page)))):
        yield Surface(f"{name}.chart.{chart}.{viewer}.json", await reader.json(f"{page}/charts/{chart}.json"))
    numbers = await samples(reader.client, name)
    for family, labels in asked(numbers):
        about = called(family, labels)
        given = [f"{label}={value}" for label, value in labels.items()]
        html = await reader.text(f"{page}/explain", metric=family, label=given)
        yield Surface(f"{name}.explain.{about}.{viewer}.html", html)
        found = await reader.json(f"{api}/explain", metric=family, label=given)
        yield Surface(f"{name}.explain.{about}.{viewer}.json", found)
    families = sorted({sample["name"] for sample in numbers})
    history = [await reader.text(f"{api}/history", family=family) for family in families]
    yield Surface(f"{name}.history.{viewer}.txt", "".join(map(history_summed, families, history)))


async def samples(client: httpx.AsyncClient, name: str) -> Sequence[Mapping[str, Any]]:
    """Every number of a community on the day that its page opens on."""
    report = await Reader(client, "lead").text(f"/api/v1/communities/{name}/report")
    found: Sequence[Mapping[str, Any]] = json.loads(report)["samples"]
    return found


def called(family: str, labels: Mapping[str, str]) -> str:
    """A number's part of a file's name."""
    told = re.sub(r"[^\w.-]+", "_", "-".join(labels.values()))
    return f"{family}.{told}" if told else family


def asked(samples: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every family that has a value: without labels, and with a few of the headline's."""

    def labels_of(sample: Mapping[str, Any]) -> dict[str, str]:
        return {name: value for name, value in sorted(sample["labels"].items()) if name != "community"}

    for family, several in groupby(sorted(samples, key=lambda one: str(one["name"])), lambda one: str(one["name"])):
        known = sorted((labels_of(one) for one in several), key=lambda one: list(one.items()))
        yield family, {}
        known = [one for one in known if one and one.get("window_days", HEADLINE_DAYS) == HEADLINE_DAYS]
        places = {0, len(known) // 2, len(known) - 1}
        yield from ((family, one) for at, one in enumerate(known) if at in places)


def summed(text: str) -> str:
    """OpenMetrics with one line for each series: how many samples, the first, the last, and a digest of all."""

    def series(line: str) -> str:
        return line if line.startswith("#") else line.rsplit(" ", 2)[0]

    lines = []
    for key, group in groupby(text.splitlines(), series):
        every = list(group)
        first, last = (line.removeprefix(key).strip() for line in (every[0], every[-1]))
        lines.append(key if key.startswith("#") else f"{key} {len(every)}: {first} … {last} {digest(every)}")
    return "\n".join(lines) + "\n"


def history_summed(family: str, text: str) -> str:
    """The same of a family's history; where it is not told, the answer."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return f"{family}: {text}\n"
    lines = [
        f"{json.dumps(one['labels'], sort_keys=True)} {len(one['values'])}: "
        f"{sum(value is not None for value in one['values'])} told, last {one['values'][-1]}, {digest(one['values'])}\n"
        for one in found["series"]
    ]
    return f"{family} from {found['first_day']}\n{''.join(lines)}"


def digest(values: Sequence[object]) -> str:
    return sha256(json.dumps(values).encode()).hexdigest()[:16]
