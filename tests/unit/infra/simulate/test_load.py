from datetime import UTC, datetime

from events.codec import decode
from infra.simulate.load import load

NOW = datetime(2026, 6, 30, tzinfo=UTC)


def test_load_is_what_the_measurements_speak_of() -> None:
    records = list(load(20_000, 7, "garden", NOW))
    events = [decode(record.value, record.headers, NOW) for record in records]
    assert len(records) == 20_000
    assert 19_700 < len({event.id for event in events}) < 19_900
    assert 400 < sum(len(record.value) for record in records) / len(records) < 430
    assert all(record.key == (event.subject or "").encode() for record, event in zip(records, events, strict=True))


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert list(load(2000, 7, "garden", NOW)) == list(load(2000, 7, "garden", NOW))
    assert list(load(2000, 7, "garden", NOW)) != list(load(2000, 8, "garden", NOW))
