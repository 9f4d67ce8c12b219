-- Run once as superuser in the database that Tenfold gets: makes its owner, who is no superuser. The owner may create
-- roles, since `tenfold migrate` makes those of dashboards; of other roles it can change none (PostgreSQL 16 and later).
\getenv owner DATABASE_OWNER
\getenv password DATABASE_OWNER_PASSWORD
create role :"owner" login createrole password :'password';
select format('alter database %I owner to %I', current_database(), :'owner') \gexec
