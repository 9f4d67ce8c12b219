"""Decoding: each record gets its fate by itself, and of one key the first telling holds."""

import json
from typing import Any

import pytest

from events.errors import Reason
from projections.facts import copy_rows
from projections.facts.names import CommunityNames, Names
from streams.apply import _told_again
from streams.batch_transport import Batch
from streams.decode import Decoded, Decoder, pack
from tests.support.records import CONTENT, LOGGED, TOPIC, batch, contribution, record, value

DECODE = Decoder(lambda community: community == "project", "tenfold.")


def decoded(*values: bytes | None) -> Decoded:
    return DECODE([batch(10, values)])


def names() -> Names:
    known = Names()
    known.communities["project"] = CommunityNames(1, {f"email:person{n}@example.org": n for n in range(500)})
    known.communities["project"].sources["https://git.example.org/project"] = 7
    known.kinds["commit"] = 3
    return known


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (None, Reason.NULL_VALUE),
        (b"{", Reason.NOT_JSON),
        (b'{"a":"\xff"}', Reason.NOT_UTF8),
        (value(1, id=None), Reason.NOT_CLOUDEVENT),
        (value(1, type="tenfold.nothing.happened.v1"), Reason.UNKNOWN_TYPE),
        (value(1, type="tenfold.contribution.recorded.v2"), Reason.FUTURE_VERSION),
        (value(1, time="2026-08-23T00:00:01Z"), Reason.TIME_IN_FUTURE),
        (value(1, time="1960-01-01T00:00:00Z"), Reason.TIME_TOO_OLD),
        (value(1, id="a\0b"), Reason.NUL_CHARACTER),
        (value(1, id="x" * 300 * 1024), Reason.TOO_LARGE),
        (b"[" * 100_000, Reason.TOO_DEEP),
        (value(1).replace(b'"kind":"commit"', b'"kind":NaN'), Reason.NOT_JSON),
        (value(1, community="elsewhere"), Reason.UNKNOWN_COMMUNITY),
        (value(1, type="tenfold.person.named.v1", data={"name": "A"}), Reason.WRONG_TOPIC),
        (value(1, data={"kind": "commit", "unknown": 1}), Reason.INVALID_DATA),
        (value(1, actor="Grace"), Reason.WRONG_TOPIC),
    ],
)
def test_what_cannot_be_applied_is_refused_and_its_neighbours_are_not(refused: bytes | None, reason: Reason) -> None:
    result = decoded(value(1), refused, value(2))
    assert [(each.offset, each.reason) for each in result.refused] == [(11, reason)]
    assert result.offsets == [10, 12]


def test_records_malformed_alone_are_not_joined() -> None:
    whole = value(1)
    result = decoded(whole[:50], whole[50:100], whole[100:])
    assert len(result.refused) == 3
    assert not result.contributions


def test_a_time_up_to_a_day_ahead_is_kept() -> None:
    assert not decoded(value(1, time="2026-08-23T00:00:00Z")).refused
    assert LOGGED.isoformat() == "2026-08-22T00:00:00+00:00"


def test_binary_mode_and_the_model_give_the_same_row_as_the_fast_path() -> None:
    said: dict[str, Any] = contribution(1)
    data = json.dumps(said.pop("data")).encode()
    headers = [("content-type", b"application/json"), *((f"ce_{name}", each.encode()) for name, each in said.items())]
    binary = Batch(TOPIC, 0, [record(0, data, headers)], 0, 1, 1)
    slow = Batch(TOPIC, 0, [record(0, value(1, unknownextension="x"), [CONTENT])], 0, 1, 1)
    fast = batch(0, [value(1)])
    packed = []
    for each in (binary, slow, fast):
        result = DECODE([each])
        assert pack(result, names()) is None
        packed.append(result.rows)
    assert packed[0] == packed[1] == packed[2]
    assert len(packed[0]) == 1


def test_rows_are_sorted_by_key_and_named_ones_only() -> None:
    result = decoded(*(value(number) for number in range(40)))
    assert pack(result, Names()) is not None
    assert pack(result, names()) is None
    keys = [copy_rows.key_of(row) for row in result.rows]
    assert keys == sorted(result.keys)


def test_the_first_telling_holds_whatever_comes_later() -> None:
    other = value(1, subject="email:person2@example.org")
    result = decoded(value(1), value(1), other, value(2))
    assert result.offsets == [10, 13]
    conflicts, duplicates = _told_again(result, {})
    assert [(each.offset, each.reason) for each in conflicts] == [(12, Reason.CONFLICTING_DUPLICATE)]
    assert duplicates == 1


def test_what_was_stored_came_before_the_first_telling_of_a_batch() -> None:
    other = value(1, subject="email:person2@example.org")
    stored = decoded(other)
    result = decoded(value(1), value(1), other)
    conflicts, duplicates = _told_again(result, dict(zip(stored.keys, stored.digests, strict=True)))
    assert [each.offset for each in conflicts] == [10, 11]
    assert duplicates == 1


def test_trimming_keeps_what_stands_at_and_after_the_position() -> None:
    result = decoded(value(1), b"{", value(1), value(2), b"}", value(3), value(3))
    pack(result, names())
    left = result.from_offset(13)
    assert left.offsets == [13, 15]
    assert [copy_rows.key_of(row) for row in left.rows] == sorted(left.keys)
    assert [each.offset for each in left.refused] == [14]
    assert [each.offset for each in left.repeats] == [16]
