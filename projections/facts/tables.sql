-- Every statement runs with search_path = facts; no name carries a schema.

create table community (
  id int generated always as identity primary key,
  name text not null unique
);

-- An identity, a source and a team belong to one community, so a fact that names
-- one of them needs no community of its own.
create table identity (
  id int generated always as identity primary key,
  community int not null references community,
  name text not null,
  unique (community, name)
);

create table source (
  id int generated always as identity primary key,
  community int not null references community,
  name text not null,
  unique (community, name)
);

create table team (
  id int generated always as identity primary key,
  community int not null references community,
  name text not null,
  unique (community, name)
);

create table kind (
  id int generated always as identity primary key,
  name text not null unique
);

-- One row per contribution.recorded. No foreign keys: the writer takes the ids
-- from the tables above, and a look-up per row and reference costs more than the row.
create table contribution_fact (
  key uuid primary key,        -- hash of (community, source, id)
  digest bigint not null,      -- of everything else: the same key with another digest is a conflict
  identity int not null,
  source int not null,
  kind int not null,
  team int,
  time timestamptz not null,
  txid xid8 not null,          -- of the transaction that wrote it: what cursors of consumers rest on
  id text not null,
  url text
);
create index contribution_fact_person on contribution_fact (identity, time);
create index contribution_fact_txid on contribution_fact (txid);

-- One row per event of any other type.
create table other_fact (
  key uuid primary key,
  digest bigint not null,
  community int not null,
  type text not null,
  source text not null,
  id text not null,
  subject text,
  team text,
  actor text,
  time timestamptz not null,
  data jsonb not null,
  retracts uuid,               -- key of the contribution that a contribution.retracted takes back
  txid xid8 not null
);
create index other_fact_community on other_fact (community, txid);
create index other_fact_retracts on other_fact (retracts) where retracts is not null;

-- What was refused, by where it stands in the log.
create table dead_letter (
  topic text not null,
  partition int not null,
  "offset" bigint not null,
  reason text not null,
  detail text not null default '',
  at timestamptz not null default now(),
  primary key (topic, partition, "offset")
);

-- How far the log has been read: committed together with what was read from it.
create table log_position (
  cluster text not null,
  topic text not null,
  partition int not null,
  next_offset bigint not null,
  fingerprint bytea,           -- of the first record of the partition, once there is one
  primary key (cluster, topic, partition)
);
