"""CPU time of everything that takes part in a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import asyncpg
import psutil

from benchmarks.processes import child_called, cpu_seconds, own_cpu_seconds, peak_megabytes

KAFKA: Final = "Kafka"
POSTGRES: Final = "PostgreSQL"
WORKER: Final = "worker"
SERVER: Final = "server"
FOR_WORKER: Final = "PostgreSQL for worker"
FOR_SERVER: Final = "PostgreSQL for server"
WHOLE: Final = (WORKER, SERVER, KAFKA, POSTGRES)
"""All that runs; PostgreSQL with its background processes."""
PLACES: Final = (*WHOLE, FOR_WORKER, FOR_SERVER)
"""The last two are parts of PostgreSQL."""

BACKENDS: Final = "select pid, application_name as name from pg_stat_activity where datname = current_database()"
FOR_WHOM: Final = {"tenfold-worker": FOR_WORKER, "benchmark-stock": FOR_WORKER, "tenfold-serve": FOR_SERVER}

Amounts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Meter:
    """Reads what has been used so far.

    Args:
        connection: to the run's own database.
        processes: of the run, by what they are.
    """

    connection: asyncpg.Connection
    processes: Mapping[str, psutil.Process]

    async def cpu(self) -> Amounts:
        """CPU seconds by place."""
        used = {name: cpu_seconds(process) for name, process in self._all.items()}
        for pid, name in await self.connection.fetch(BACKENDS):
            if place := FOR_WHOM.get(name):
                used[place] = used.get(place, 0.0) + own_cpu_seconds(psutil.Process(pid))
        return used

    def peak(self) -> Amounts:
        """The most megabytes that each process held; a forked PostgreSQL has no such number."""
        return {name: peak_megabytes(process) for name, process in self._all.items() if name != POSTGRES}

    @property
    def _all(self) -> Mapping[str, psutil.Process]:
        return {**self.processes, KAFKA: child_called("java"), POSTGRES: child_called("postgres")}


def per_event(before: Amounts, after: Amounts, events: int) -> Amounts:
    """Microseconds an event."""
    return {place: (seconds - before.get(place, 0.0)) * 1e6 / events for place, seconds in after.items()}
