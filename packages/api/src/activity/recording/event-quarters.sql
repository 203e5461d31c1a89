-- Makes the partition of one quarter of a year (UTC) where it is not there yet. Attaching takes a lock that lets others
-- read and write meanwhile. Runs as the owner of the tables: the application may make no others.
create or replace function public.ensure_event_quarter(p_day date) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_first date := date_trunc('quarter', p_day)::date;
  v_name text := to_char(v_first, '"event_y"YYYY"q"Q');
begin
  if to_regclass('public.' || v_name) is not null then return false; end if;
  perform pg_advisory_xact_lock(4117260010);
  -- By a query: names are looked up in a memory that does not know yet what was made while we waited.
  if exists (
    select from pg_catalog.pg_class where relname = v_name and relnamespace = 'public'::regnamespace
  ) then return false; end if;
  execute format('create table public.%I (like public.event including all)', v_name);
  execute format(
    'alter table public.event attach partition public.%I for values from (%L) to (%L)',
    v_name, v_first || ' 00:00:00+00', (v_first + interval '3 months')::date || ' 00:00:00+00');
  return true;
end $$;
