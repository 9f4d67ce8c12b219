-- Who is behind a pseudonym. Not in the log, so nothing can rebuild it: it needs a back-up of its own.
create schema if not exists private;

create table private.pseudonym (
  identity text primary key,   -- as it stands in the log
  handle text not null,        -- what it hides, without the provider
  name text                    -- the newest that a source gave
);
