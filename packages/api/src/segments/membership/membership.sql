-- Numbers of segments as people see them, and those under which members are kept; neither is ever used again.
create sequence if not exists public.segment_ordinals as integer;
create sequence if not exists public.segment_numbers as integer;

-- Makes the partition of transitions of one calendar month (UTC) where it is not there yet, as its owner: the
-- application may make no tables.
create or replace function public.ensure_transition_month(p_month date) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_month date := date_trunc('month', p_month)::date;
  v_name text := format('segment_transition_y%sm%s', to_char(v_month, 'YYYY'), to_char(v_month, 'MM'));
begin
  if to_regclass('public.' || v_name) is not null then return false; end if;
  perform pg_advisory_xact_lock(4117260011);
  -- By a query: names are looked up in a memory that does not know yet what was made while we waited.
  if exists (
    select from pg_catalog.pg_class where relname = v_name and relnamespace = 'public'::regnamespace
  ) then return false; end if;
  execute format('create table public.%I (like public.segment_transition including all)', v_name);
  execute format(
    'alter table public.segment_transition attach partition public.%I for values from (%L) to (%L)',
    v_name, v_month || ' 00:00:00+00', (v_month + interval '1 month')::date || ' 00:00:00+00');
  return true;
end $$;
