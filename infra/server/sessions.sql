-- Who signed in with a browser: run at every start. Unlogged: after a crash everybody signs in again, and no copy of the
-- log of writes holds it.
create schema if not exists access;

create unlogged table if not exists access.session (
  key bytea primary key,            -- digest of the id in the cookie
  proof bytea not null,             -- of the token that was shown, keyed by that id
  expires_at timestamptz not null
);
