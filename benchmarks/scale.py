"""How much of everything: enough to measure by default, little for a try."""

import sys
from dataclasses import dataclass, field


def _number(default: int, words: str) -> int:
    number: int = field(default=default, metadata={"help": words})
    return number


@dataclass(frozen=True, slots=True)
class Scale:
    """Each number is an option of the command line."""

    events: int = _number(300_000, "events for Tenfold in each round")
    stock_events: int = _number(60_000, "events for stock Faust in each round: it is slow, and rates are compared")
    rounds: int = _number(5, "alternating rounds")
    facts: int = _number(10_000_000, "contributions already there, in `large`")
    large_rounds: int = _number(2, "rounds of `large`")
    markers: int = _number(200, "newcomers awaited, in `latency` and `samples`")
    history: int = _number(100_000, "events of the busy community before that")
    contributions: int = _number(
        2_000_000, "contributions there or in memory, in `samples`, `evaluation` and `leadership`"
    )
    people: int = _number(50_000, "people who made them")
    runs: int = _number(400, "communities of each kind, in `statistics`")
    seeds: int = _number(20, "communities of each scenario, in `scenarios`")


def tell(words: str) -> None:
    """Says how far it is; results go to standard output."""
    print(words, file=sys.stderr, flush=True)
