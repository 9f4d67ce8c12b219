-- What dashboards may read, and who may: run whenever the read models are made and at every start. No name carries a
-- schema. `tenfold_dashboards` reads numbers; `tenfold_leads` reads names, too. Both are to be granted to logins. Views are
-- barriers: what somebody asks for sees no row before the view has left out its own.
do $$
declare wanted text;
begin
  foreach wanted in array array['tenfold_dashboards', 'tenfold_leads'] loop
    if to_regrole(wanted) is null then
      execute format('create role %I', wanted);
    end if;
  end loop;
exception
  when duplicate_object or unique_violation then null;  -- another database's migration made it at the same moment
  when insufficient_privilege then
    raise notice 'dashboards read nothing until somebody may create the roles tenfold_dashboards and tenfold_leads';
end $$;

-- A row per series and day; the moment is the day's last second, as in what Prometheus is given of the past.
create or replace view history_day with (security_barrier) as
select community, family, labels, first_day + (at::int - 1) as day, value,
  ((first_day + at::int)::timestamp - interval '1 second') at time zone 'UTC' as "time"
from history, unnest("values") with ordinality as one (value, at)
where value is not null;

-- The days on which a condition began or ceased to hold.
create or replace view condition_change with (security_barrier) as
select community, "time", labels->>'condition' as condition, value = 1 as holds
from (
  select *, lag(value) over (partition by community, family, labels order by day) as before from history_day
  where family = 'tenfold_condition'
) as every_day
where value <> coalesce(before, 0);

-- Goals, actions and impact as they were recorded, and releases: nothing of it names a person. The outer
-- select is what keeps the barrier: PostgreSQL takes a view that is a union apart before it looks for one.
create or replace view recorded with (security_barrier) as
select * from (
  select community.name as community, fact.time as "time", split_part(fact.type, '.', 2) as kind,
    case fact.type
      when 'tenfold.goal.set.v1' then format('Goal: %s times %s by %s',
        trim_scale((fact.data->>'factor')::numeric), trim_scale((fact.data->>'baseline')::numeric), fact.data->>'due_on')
      when 'tenfold.action.recorded.v1' then 'Action about ' || translate(fact.data->>'about', ':_', '  ')
      else fact.data->>'title'
    end as what,
    coalesce(fact.data->>'url', '') as url
  from other_fact as fact join community on community.id = fact.community
  where fact.type in ('tenfold.goal.set.v1', 'tenfold.action.recorded.v1', 'tenfold.impact.noted.v1')
    and not exists (
      select from other_fact as gone where gone.community = fact.community and gone.type = 'tenfold.source.withdrawn.v1'
        and gone.data->>'source' = fact.source
        and fact.time < coalesce((gone.data->>'before')::timestamptz, 'infinity')
    )
  union all
  select community.name, work.time, 'release', 'Release', coalesce(work.url, '')
  from contribution_fact as work
  join kind on kind.id = work.kind and kind.name = 'release'
  join identity on identity.id = work.identity join community on community.id = identity.community
  where not exists (select from other_fact as gone where gone.retracts = work.key)
) as every_kind;

-- What was told of roles. Who it is about stands there for those alone who may read names, unless they were erased.
create or replace view role_told with (security_barrier) as
select community.name as community, fact.time as "time", split_part(fact.type, '.', 3) as what,
  fact.data->>'role' as role, fact.data->>'scope' as scope, coalesce(fact.data->>'evidence', '') as evidence,
  case
    when exists (select from pg_roles where rolname = 'tenfold_leads' and pg_has_role(current_user, oid, 'usage'))
      and not exists (
        select from other_fact as erased where erased.community = fact.community
          and erased.type = 'tenfold.person.erased.v1' and erased.subject = fact.subject
      )
    then coalesce(
      (select coalesce(name, handle) from private.pseudonym as called where called.identity = fact.subject),
      fact.subject
    )
  end as holder
from other_fact as fact join community on community.id = fact.community
where fact.type in ('tenfold.role.granted.v1', 'tenfold.role.revoked.v1', 'tenfold.role.paused.v1')
  and not exists (
    select from other_fact as gone where gone.community = fact.community and gone.type = 'tenfold.source.withdrawn.v1'
      and gone.data->>'source' = fact.source
      and fact.time < coalesce((gone.data->>'before')::timestamptz, 'infinity')
  );

do $$
begin
  if to_regrole('tenfold_dashboards') is not null then
    execute format('grant usage on schema %I to tenfold_dashboards', current_schema);
    grant select on history_day, condition_change, recorded, role_told to tenfold_dashboards;
  end if;
  if to_regrole('tenfold_leads') is not null then
    execute format('grant usage on schema %I to tenfold_leads', current_schema);
    grant select on history_day, condition_change, recorded, role_told to tenfold_leads;
  end if;
end $$;
