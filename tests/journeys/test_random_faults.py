"""Random kills and freezes of everything under load of every kind: the tables are what the log says."""

from tests.faults.sequence import sequences

SEQUENCES = 20
SEED = 2026


async def test_random_sequences_of_faults_end_exact() -> None:
    await sequences(range(SEED, SEED + SEQUENCES))
