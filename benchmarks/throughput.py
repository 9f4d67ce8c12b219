"""Events a second and what each costs: Tenfold and an ordinary Faust agent, in alternating rounds."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Final

from benchmarks.ground import empty_ground
from benchmarks.meter import FOR_SERVER, FOR_WORKER, KAFKA, POSTGRES, SERVER, WORKER
from benchmarks.result import Section, Table, Target, Value
from benchmarks.rounds import Run, run_stock, run_tenfold
from benchmarks.scale import Scale, tell
from infra.local.stack import LocalStack

STOCK: Final = "stock"
TENFOLD: Final = "Tenfold"
WHO: Final = (STOCK, TENFOLD)

Round = Mapping[str, Run]

COLUMNS: Final = (
    "round", "who", "events", "events/s", "cores", "worker", "PostgreSQL", "+ caught up", "for worker", "for server",
    "Kafka", "server", "worker MB", "server MB", "to read models", "ratio",
)  # fmt: skip
REMARKS: Final = (
    "CPU in µs per event, from when the consumer was let go until the last event was a fact; PostgreSQL is the whole",
    "server with its background processes, `for worker` and `for server` are the backends of each; `+ caught up` and",
    "`server` run until the read models held every event. `to read models` is the time until then over the worker's",
    "own, both from its first fact on. `cores` is what all processes together kept busy. Rounds of stock Faust are",
    "shorter, as it is slow: `ratio` compares rates.",
)


async def measure(stack: LocalStack, scale: Scale) -> Section:
    """Run the rounds; their order turns around from one to the next."""
    rounds = []
    for number in range(scale.rounds):
        rounds.append(await _round(stack, scale, number))
        rates = ", ".join(f"{who} {rounds[-1][who].rate:,.0f}/s" for who in WHO)
        tell(f"throughput {number + 1}/{scale.rounds}: {rates}")
    return Section("throughput", [_rounds(rounds), _summary(rounds)], _targets(rounds), REMARKS)


async def _round(stack: LocalStack, scale: Scale, number: int) -> Round:
    order = reversed(WHO) if number % 2 else WHO
    return {who: await _run(stack, who, scale, number) for who in order}


async def _run(stack: LocalStack, who: str, scale: Scale, seed: int) -> Run:
    async with empty_ground(stack) as ground:
        if who == STOCK:
            return await run_stock(ground, scale.stock_events, seed)
        return await run_tenfold(ground, scale.events, seed)


def _rounds(rounds: Sequence[Round]) -> Table:
    rows = []
    for number, runs in enumerate(rounds, start=1):
        for who in WHO:
            catch_up = runs[who].catch_up_ratio if who == TENFOLD else None
            ratio = runs[TENFOLD].rate / runs[STOCK].rate if who == TENFOLD else None
            rows.append([number, who, *_row(runs[who]), catch_up, ratio])
    return Table("Rounds", COLUMNS, rows)


def _row(run: Run) -> list[Value]:
    return [
        run.events,
        run.rate,
        run.cores,
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


def _summary(rounds: Sequence[Round]) -> Table:
    measured: dict[str, list[float]] = {}
    for runs in rounds:
        for name, value in _figures(runs):
            measured.setdefault(name, []).append(value)
    rows = [(name, min(values), median(values), max(values)) for name, values in measured.items()]
    return Table("Summary", ("", "min", "median", "max"), rows)


def _figures(runs: Round) -> Iterator[tuple[str, float]]:
    tenfold = runs[TENFOLD]
    yield "ratio of rates", tenfold.rate / runs[STOCK].rate
    yield "ratio of all CPU per event", runs[STOCK].all_cpu / tenfold.all_cpu
    for who in WHO:
        yield f"events/s, {who}", runs[who].rate
    for who in WHO:
        yield f"cores busy, {who}", runs[who].cores
    for who in WHO:
        yield f"worker µs, {who}", runs[who].cpu[WORKER]
    yield "PostgreSQL µs, Tenfold", tenfold.cpu[POSTGRES]
    yield "PostgreSQL µs until caught up, Tenfold", tenfold.cpu_caught_up[POSTGRES]


def _targets(rounds: Sequence[Round]) -> list[Target]:
    ours = [runs[TENFOLD] for runs in rounds]
    stock = [runs[STOCK] for runs in rounds]
    ratios = [runs[TENFOLD].rate / runs[STOCK].rate for runs in rounds]
    postgres = "PostgreSQL, µs per event, until the read models have caught up"
    return [
        Target("worker, µs per event", median(run.cpu[WORKER] for run in ours), at_most=20),
        Target(postgres, median(run.cpu_caught_up[POSTGRES] for run in ours), at_most=16),
        Target("stock Faust's own, µs per event", median(run.cpu[WORKER] for run in stock), at_most=400),
        Target("times stock Faust", median(ratios), at_least=10),
        Target("time to read models", median(run.catch_up_ratio for run in ours), at_most=1.5),
        Target("worker, MB", max(run.peak[WORKER] for run in ours), at_most=300),
    ]
