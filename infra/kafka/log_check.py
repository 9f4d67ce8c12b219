"""Whether the log is the one that was read, and what to do where it is not."""

from typing import Final

import asyncpg

from events.errors import TenfoldError
from events.topics import INPUT_TOPICS
from infra.kafka import topics as broker
from infra.settings import Settings
from projections.facts import store
from streams.positions import Comparison, Extent, Parting, compare

LOCK_POSITIONS: Final = "select next_offset < whole_at as is_half_read from log_position where topic = $1 for update"
FORGET_OTHERS: Final = "delete from log_position where topic = $1 and cluster <> $2"
BEGIN_ANEW: Final = """
insert into log_position (cluster, topic, partition, next_offset, whole_at, followed_at)
select $1, $2, *, now() from unnest($3::int[], $4::bigint[], $5::bigint[])
on conflict (cluster, topic, partition) do update set next_offset = excluded.next_offset,
  mark_offset = null, mark_fingerprint = null, stopped = null, stopped_why = null, stopped_at = null,
  whole_at = excluded.whole_at, followed_at = excluded.followed_at"""
FORGET_LETTERS: Final = """
delete from dead_letter using unnest($2::int[], $3::bigint[]) as begins (partition, "begin")
where topic = $1 and dead_letter.partition = begins.partition and "offset" >= "begin" """

WHAT_TO_DO: Final = {
    Parting.OTHER_CLUSTER: "Is TENFOLD_KAFKA_BOOTSTRAP_SERVERS the cluster that was meant?",
    Parting.WENT_BACK: "The log lost records that were read: was an older copy of Kafka's folder brought back?",
    Parting.OTHER_RECORDS: "Other records stand where others were read: was the topic made anew, or an older copy of "
    "Kafka's folder brought back?",
    Parting.TRIMMED: "Records were deleted before they were read (retention.ms has to be -1): they are in no number.",
}


async def look(connection: asyncpg.Connection, settings: Settings) -> Comparison:
    """Compare the topics that are read with what is stored of them."""
    async with broker.admin(settings.kafka_bootstrap_servers) as admin:
        partitions = await broker.partitions(admin, [settings.topic_prefix + name for name in INPUT_TOPICS])
    stored = await store.positions(connection, partitions) if partitions else []
    return await compare(settings.kafka_bootstrap_servers, partitions, stored)


async def follow(connection: asyncpg.Connection, found: Comparison, topic: str) -> None:
    """Read a topic's log that is there from where it begins; workers notice within seconds.

    What was applied stays, and what is told again changes nothing. Dead letters of the records that come again are
    forgotten, since these meet their fate again; in the dead-letter topic they stay. Facts that were emptied, and not
    yet read again, are whole when all that this log holds now is read.

    Raises:
        TenfoldError: its log is the one that was read.
    """
    if topic not in {one.topic for one in found.parted}:
        raise TenfoldError(f"the log of {topic} is the one that was read: there is nothing to decide")
    extents = {place.partition: one for place, one in found.log.extents.items() if place.topic == topic}
    begins = [one.begin for one in extents.values()]
    async with connection.transaction():
        is_half_read = any(row["is_half_read"] for row in await connection.fetch(LOCK_POSITIONS, topic))
        whole_at = [one.end if is_half_read else 0 for one in extents.values()]
        await connection.execute(FORGET_OTHERS, topic, found.log.cluster)
        await connection.execute(BEGIN_ANEW, found.log.cluster, topic, list(extents), begins, whole_at)
        await connection.execute(FORGET_LETTERS, topic, list(extents), begins)


def check_lines(found: Comparison) -> list[str]:
    """Say of each partition how far it is read, and where the log is another one, how and what to do."""
    read = {(one.topic, one.partition): one.next_offset for one in found.stored if one.cluster == found.log.cluster}
    said = [
        f"{topic}[{partition}]: read to {read.get((topic, partition), 0)}, the log {_reach(extent)}"
        for (topic, partition), extent in sorted(found.log.extents.items())
    ]
    for one in found.parted:
        said += ["", f"NOT READ ON ({one.why}): {one.sentence}.", WHAT_TO_DO[one.why]]
    for topic in sorted({one.topic for one in found.parted}):
        said += [
            "",
            f"Bring back the log that was read, and workers go on by themselves; or `tenfold log follow {topic}`",
            "reads the one that is there from where it begins: what was applied stays, and what is told again changes",
            "nothing. What only the old log held is then in PostgreSQL alone: back it up before.",
        ]
    return said


def _reach(extent: Extent) -> str:
    return f"has {extent.begin} to {extent.end}" if extent.end > extent.begin else "is empty"
