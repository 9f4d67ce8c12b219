-- What a contribution.recorded says beside what was done, written with its row in contribution_fact: only where it
-- says any of this, so that ordinary contributions stay narrow.
create table response_fact (
  key uuid primary key,        -- of the contribution
  about text,                  -- the artefact that it concerns, by the name its source gives it
  responds_to uuid,            -- key of the contribution that it answers, which may arrive later, or never
  outcome text,                -- opened, accepted or declined
  txid xid8 not null
);
create index response_fact_txid on response_fact (txid);
