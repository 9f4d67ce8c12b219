"""`tenfold log follow` while facts are read again from the log: they are not whole before that is done."""

import asyncpg
import pytest
from aiokafka.structs import TopicPartition

from infra.database.rebuild import RebuildError, forget_facts
from infra.kafka import log_check
from infra.settings import Settings
from projections.facts import store
from streams.positions import Comparison, Extent, Log, Parted, Parting

TOPIC = "tenfold.contributions"
SENTENCE = Parted(TOPIC, 0, Parting.WENT_BACK, "it went back")


@pytest.mark.parametrize("cluster", ["here", "there"])
@pytest.mark.parametrize(("whole_at", "left"), [(0, 0), (500, 300)])
async def test_facts_that_were_emptied_are_not_whole_before_the_log_that_is_followed_is_read(
    database: asyncpg.Connection, cluster: str, whole_at: int, left: int
) -> None:
    await store.register(database, cluster, [(TOPIC, 0)])
    await database.execute("update log_position set next_offset = 0, whole_at = $1", whole_at)
    log = Log("here", {TopicPartition(TOPIC, 0): Extent(0, 300)})
    await log_check.follow(database, Comparison(log, [], [SENTENCE]), TOPIC)
    assert await store.left_to_read(database) == left
    assert {one.cluster for one in await store.positions(database, [(TOPIC, 0)])} == {"here"}


async def test_what_only_the_old_log_held_is_not_lost_unasked(stack: Settings, database: asyncpg.Connection) -> None:
    topic = f"{stack.topic_prefix}contributions"
    found = await log_check.look(database, stack)
    await log_check.follow(database, Comparison(found.log, [], [SENTENCE._replace(topic=topic)]), topic)
    with pytest.raises(RebuildError, match=rf"another log is followed .*\({topic} since .*--give-up-old-log"):
        await forget_facts(database, stack)
    await forget_facts(database, stack, give_up_old_log=True)
    await forget_facts(database, stack)
