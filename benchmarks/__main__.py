"""`python -m benchmarks [section …]`: measure, print what was found and which targets it meets."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, fields

from benchmarks import evaluation, large, latency, leading, samples, scenarios, scrapes, statistics, throughput
from benchmarks.ground import local_stack
from benchmarks.machine import describe
from benchmarks.result import Section
from benchmarks.scale import Scale
from events.errors import TenfoldError
from infra.local.stack import LocalStack

SECTIONS: Mapping[str, Callable[[LocalStack, Scale], Awaitable[Section]]] = {
    "throughput": throughput.measure,
    "large": large.measure,
    "latency": latency.measure,
    "samples": samples.measure,
    "evaluation": evaluation.measure,
    "leadership": leading.measure,
    "scrapes": scrapes.measure,
}
ALONE: Mapping[str, Callable[[Scale], Section]] = {"statistics": statistics.measure, "scenarios": scenarios.measure}
"""Sections that need no stack."""


def main() -> None:
    """Run the sections asked for, all by default."""
    options = _parser().parse_args()
    scale = Scale(**{one.name: getattr(options, one.name) for one in fields(Scale)})
    machine = describe()
    try:
        sections = asyncio.run(_measured(options.sections or [*SECTIONS, *ALONE], scale))
    except TenfoldError as error:
        sys.exit(f"benchmarks: {error}")
    print(_json(machine, sections) if options.format == "json" else _text(machine, sections))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "sections", nargs="*", choices=[[], *SECTIONS, *ALONE], metavar="section", help=", ".join((*SECTIONS, *ALONE))
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")
    for one in fields(Scale):
        option = f"--{one.name.replace('_', '-')}"
        parser.add_argument(option, type=int, default=one.default, help=f"{one.metadata['help']} ({one.default:,})")
    return parser


async def _measured(names: Sequence[str], scale: Scale) -> list[Section]:
    found = [ALONE[name](scale) for name in names if name in ALONE]
    on_the_stack = [name for name in names if name in SECTIONS]
    if on_the_stack:
        async with local_stack() as stack:
            found += [await SECTIONS[name](stack, scale) for name in on_the_stack]
    return found


def _json(machine: Mapping[str, str], sections: Sequence[Section]) -> str:
    return json.dumps({"machine": machine, "sections": [asdict(section) for section in sections]}, indent=2)


def _text(machine: Mapping[str, str], sections: Sequence[Section]) -> str:
    lines = [f"{name}: {value}" for name, value in machine.items()]
    for section in sections:
        lines += ["", *section.lines()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
