"""Whether the facts are whole, and whether they are those that were read: before an evaluation, and after it."""

import logging
from typing import NamedTuple

import asyncpg

from infra.database.schemas import ONE_REBUILD_LOCK
from projections.facts.store import LEFT_TO_READ

logger = logging.getLogger(__name__)

IDENTITY = """
select concat_ws('/', pg_postmaster_start_time(), (select oid from pg_database where datname = current_database()),
  pg_relation_filenode('contribution_fact'))"""
LOOK = f"""
select not pg_try_advisory_xact_lock_shared($1) as rebuilding, ({LEFT_TO_READ}) > 0 as half_read, ({IDENTITY}) as facts
"""


class Facts(NamedTuple):
    """The facts as a look found them.

    Attributes:
        rebuilding: a rebuild is under way.
        half_read: they were emptied, and have not been read again from the log.
        identity: changes where they may be others than were read: emptied, or of a back-up. A database may be replaced
            under its name, and a whole server by one that has an older state (a folder, a standby).
    """

    rebuilding: bool
    half_read: bool
    identity: str

    @property
    def are_whole(self) -> bool:
        """Whether numbers can be worked out from them."""
        return not (self.rebuilding or self.half_read)


class Watch:
    """Looks at the facts, and says once why numbers stand still although no rebuild runs."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._told = False

    async def look(self) -> Facts:
        """How they are now."""
        facts = Facts(*await self._pool.fetchrow(LOOK, ONE_REBUILD_LOCK))
        interrupted = facts.half_read and not facts.rebuilding
        if interrupted and not self._told:
            logger.warning("Facts are half read from the log, since a rebuild was interrupted: run workers")
        self._told = interrupted
        return facts
