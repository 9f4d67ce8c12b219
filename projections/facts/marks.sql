-- A position knows the batch that was read last, not the record that came first: a log that lost its beginning is the
-- same log, and one that went back and goes on differently is not.
alter table log_position drop column fingerprint;
alter table log_position
  add column mark_offset bigint,        -- where that batch begins; null before anything was read
  add column mark_fingerprint bytea,    -- what it is known by
  add column stopped text,              -- why this topic is not read on: the log is not the one that was read
  add column stopped_why text,          -- the same in words
  add column stopped_at timestamptz,
  add column followed_at timestamptz;   -- since when another log is read than the one that earlier facts came from
