"""Random kills and freezes of everything under load of every kind: the tables are what the log says.

Each sequence takes a quarter of a minute, so these are six of the twenty that `make faults` runs.
"""

from tests.faults.sequence import sequences

SEEDS = range(2031, 2037)
"""In these, each of the five processes is killed, and each is frozen."""


async def test_random_sequences_of_faults_end_exact() -> None:
    await sequences(SEEDS)
