"""Events a second and what each costs: Tenfold and an ordinary Faust agent, in alternating rounds."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from benchmarks.ground import empty_ground
from benchmarks.meter import FOR_SERVER, FOR_WORKER, KAFKA, POSTGRES, SERVER, WORKER
from benchmarks.result import Section, Table, Target, Value
from benchmarks.rounds import Run, run_stock, run_tenfold
from benchmarks.scale import Scale, tell
from infra.local.stack import LocalStack

COLUMNS: Final = (
    "round", "who", "events", "events/s", "worker", "PostgreSQL", "+ caught up", "for worker", "for server",
    "Kafka", "server", "worker MB", "server MB", "to read models", "ratio",
)  # fmt: skip
REMARKS: Final = (
    "CPU in µs per event, from when the consumer was let go until the last event was a fact; PostgreSQL is the whole",
    "server with its background processes, `for worker` and `for server` are the backends of each; `+ caught up` and",
    "`server` run until the read models held every event. `to read models` is the time until then over the worker's",
    "own, both from its first fact on. Rounds of stock Faust are shorter, as it is slow: `ratio` compares rates.",
)


async def measure(stack: LocalStack, scale: Scale) -> Section:
    """Run the rounds; who begins changes from one to the next."""
    pairs = []
    for number in range(scale.rounds):
        stock, tenfold = await _pair(stack, scale, number)
        tell(f"throughput {number + 1}/{scale.rounds}: stock {stock.rate:,.0f}/s, Tenfold {tenfold.rate:,.0f}/s")
        pairs.append((stock, tenfold))
    return Section("throughput", [_rounds(pairs), _summary(pairs)], _targets(pairs), REMARKS)


async def _pair(stack: LocalStack, scale: Scale, number: int) -> tuple[Run, Run]:
    if number % 2:
        tenfold = await _tenfold(stack, scale.events, number)
        return await _stock(stack, scale.stock_events, number), tenfold
    return await _stock(stack, scale.stock_events, number), await _tenfold(stack, scale.events, number)


async def _stock(stack: LocalStack, events: int, seed: int) -> Run:
    async with empty_ground(stack) as ground:
        return await run_stock(ground, events, seed)


async def _tenfold(stack: LocalStack, events: int, seed: int) -> Run:
    async with empty_ground(stack) as ground:
        return await run_tenfold(ground, events, seed)


def _rounds(pairs: Sequence[tuple[Run, Run]]) -> Table:
    rows = []
    for number, (stock, tenfold) in enumerate(pairs, start=1):
        rows.append([number, "stock", *_row(stock), None, None])
        rows.append([number, "Tenfold", *_row(tenfold), tenfold.catch_up_ratio, tenfold.rate / stock.rate])
    return Table("Rounds", COLUMNS, rows)


def _row(run: Run) -> list[Value]:
    return [
        run.events,
        run.rate,
        run.cpu[WORKER],
        run.cpu[POSTGRES],
        run.cpu_caught_up[POSTGRES],
        run.cpu[FOR_WORKER],
        run.cpu_caught_up.get(FOR_SERVER),
        run.cpu[KAFKA],
        run.cpu_caught_up.get(SERVER),
        run.peak[WORKER],
        run.peak.get(SERVER),
    ]


def _summary(pairs: Sequence[tuple[Run, Run]]) -> Table:
    measured = {
        "ratio of rates, Tenfold over stock": [tenfold.rate / stock.rate for stock, tenfold in pairs],
        "events/s, Tenfold": [tenfold.rate for _, tenfold in pairs],
        "events/s, stock": [stock.rate for stock, _ in pairs],
        "worker, µs": [tenfold.cpu[WORKER] for _, tenfold in pairs],
        "PostgreSQL, µs": [tenfold.cpu[POSTGRES] for _, tenfold in pairs],
        "PostgreSQL until caught up, µs": [tenfold.cpu_caught_up[POSTGRES] for _, tenfold in pairs],
        "stock, µs": [stock.cpu[WORKER] for stock, _ in pairs],
    }
    rows = [(name, min(values), median(values), max(values)) for name, values in measured.items()]
    return Table("Summary", ("", "min", "median", "max"), rows)


def _targets(pairs: Sequence[tuple[Run, Run]]) -> list[Target]:
    return [
        Target("worker, µs per event", median(tenfold.cpu[WORKER] for _, tenfold in pairs), at_most=20),
        Target(
            "PostgreSQL, µs per event, until the read models have caught up",
            median(tenfold.cpu_caught_up[POSTGRES] for _, tenfold in pairs),
            at_most=16,
        ),
        Target("stock Faust's own, µs per event", median(stock.cpu[WORKER] for stock, _ in pairs), at_most=400),
        Target("times stock Faust", median(tenfold.rate / stock.rate for stock, tenfold in pairs), at_least=10),
        Target("time to read models", median(tenfold.catch_up_ratio for _, tenfold in pairs), at_most=1.5),
        Target("worker, MB", max(tenfold.peak[WORKER] for _, tenfold in pairs), at_most=300),
    ]
