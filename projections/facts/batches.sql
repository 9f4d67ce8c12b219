-- Facts stand in the order of the batches that wrote them, by numbers of our own. Ids of transactions begin anew in
-- another cluster, where a dump is restored, and whatever transaction stays open anywhere holds them back.
create sequence batch_number;

alter table contribution_fact rename txid to batch;
alter table contribution_fact alter batch type bigint using batch::text::bigint;
alter index contribution_fact_txid rename to contribution_fact_batch;
alter table other_fact rename txid to batch;
alter table other_fact alter batch type bigint using batch::text::bigint;
alter table response_fact rename txid to batch;
alter table response_fact alter batch type bigint using batch::text::bigint;
alter index response_fact_txid rename to response_fact_batch;

-- The newest batch of which facts can be seen. Not the newest number: one that no commit made durable may be given again
-- after a crash.
create function newest_batch() returns bigint stable language sql
return greatest(
  (select max(batch) from contribution_fact),
  (select max(theirs.newest) from community,
    lateral (select max(batch) as newest from other_fact where other_fact.community = community.id) as theirs),
  0);

-- Gives the batch of this transaction its number. The lock that it holds until it ends is taken before, and names a
-- number that is no greater: see `open_batch`.
create function begin_batch() returns bigint language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared((x'6261'::bigint << 48) | (last_value + is_called::int)) from batch_number;
  return nextval('batch_number');
end $$;

-- Batches that have not ended, each with a number that is no greater than its own.
create view open_batch as
select ((classid::bigint & x'ffff'::bigint) << 32) | objid::bigint as at_least, pid
from pg_locks
where locktype = 'advisory' and objsubid = 1 and (classid::bigint >> 16) = x'6261'::bigint
  and database = (select oid from pg_database where datname = current_database());

-- Makes numbers go on after those of the facts that there are, where these came without their sequence.
create function continue_batches() returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(x'6262'::bigint << 48);
  perform setval('batch_number', newest_batch()) from batch_number where last_value < newest_batch();
end $$;

select continue_batches();

-- How far the log has to be read before facts are whole again, set where they were emptied to be read anew.
alter table log_position add whole_at bigint not null default 0;

-- Made anew from facts: what was stored of them counts by the old numbers.
drop schema if exists read_live cascade;
