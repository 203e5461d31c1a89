-- Numbers of segments as people see them: never used again.
create sequence if not exists public.segment_ordinals as integer;

-- Those under which members are kept: two bytes for each segment of each person. They go round, so that one that was let go
-- comes back after thousands of others; one that still means something, or still stands with somebody, is passed over.
create sequence if not exists public.segment_numbers as smallint cycle;

create or replace function public.take_segment_number() returns smallint language plpgsql as $$
declare
  v_number smallint;
begin
  loop
    v_number := nextval('public.segment_numbers');
    exit when not exists (select from public.segment where number = v_number)
      and not exists (select from public.segment where next_number = v_number)
      and not exists (select from public.profile_segment where segments @> array[v_number]);
  end loop;
  return v_number;
end $$;

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

-- Drops the months of transitions that end before one (UTC), with all that was told in them, and remembers for each segment
-- up to which position that was: whoever wants to go on from before it is told so. As the owner of the tables.
create or replace function public.forget_transition_months(p_before date) returns setof text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_name text;
begin
  for v_name in
    select part.relname from pg_catalog.pg_inherits i join pg_catalog.pg_class part on part.oid = i.inhrelid
    where i.inhparent = 'public.segment_transition'::regclass and part.relname ~ '^segment_transition_y[0-9]{4}m[0-9]{2}$'
      and to_date(right(part.relname, 7), 'YYYY"m"MM') < date_trunc('month', p_before)
    order by 1
  loop
    execute format(
      'update public.segment s set forgotten_position = greatest(s.forgotten_position, gone.position)
      from (select segment_id, max(position) as position from public.%I group by 1) gone where gone.segment_id = s.id', v_name);
    execute format('drop table public.%I', v_name);
    return next v_name;
  end loop;
end $$;
