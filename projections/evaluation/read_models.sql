-- What the evaluator keeps current; made anew whenever its version or the policy changes. No name carries a schema.

-- One row per series: closed days only, one value a day from first_day on, null where it is not defined.
create table history (
  community text not null,
  family text not null,
  labels jsonb not null,
  first_day date not null,
  "values" float8[] not null,
  primary key (community, family, labels)
);

-- The numbers of today, as last evaluated.
create table snapshot (
  community text primary key,
  as_of date not null,
  samples jsonb not null,
  read_model_version int not null,
  policy text not null,
  read_up_to bigint not null,    -- facts of all batches with a lower number are in it
  evaluated_at timestamptz not null
);
