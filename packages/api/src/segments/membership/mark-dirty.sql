-- Whoever writes anything a condition may look at marks whose it was, in the same transaction; the worker looks at them
-- anew. By triggers of the tables, so that no writer can forget; of whole statements, so that many rows cost little more
-- than one. Names tables of rooms above directly: what conditions look at is theirs.
--
-- Rows are appended and never unique: an insert that gives way to a row being taken out would wait for the worker, and a
-- till with it. A company without segments pays for a look at an empty index.

create or replace function public.mark_segments_dirty() returns trigger language plpgsql as $$
begin
  if exists (select from public.segment where live_condition is not null or next_number is not null) then
    insert into public.segment_dirty (profile_id)
    select distinct changed.profile_id from changed where changed.profile_id is not null;
  end if;
  return null;
end $$;

-- Of what tells when it was: what comes late is told from what happens now.
create or replace function public.mark_segments_dirty_since() returns trigger language plpgsql as $$
begin
  if exists (select from public.segment where live_condition is not null or next_number is not null) then
    insert into public.segment_dirty (profile_id, effective_at)
    select changed.profile_id, max(changed.occurred_at) from changed where changed.profile_id is not null
    group by changed.profile_id;
  end if;
  return null;
end $$;

-- Of what is written along with something else, lines and points of a purchase: as of what it comes with, else as of now.
create or replace function public.mark_segments_dirty_along() returns trigger language plpgsql as $$
begin
  if exists (select from public.segment where live_condition is not null or next_number is not null) then
    insert into public.segment_dirty (profile_id, effective_at)
    select distinct changed.profile_id, '-infinity'::timestamptz from changed where changed.profile_id is not null;
  end if;
  return null;
end $$;

-- A purchase becomes one as of when it was made, however late that comes to be known; what came back tells its own moment.
create or replace function public.mark_segments_dirty_order() returns trigger language plpgsql as $$
begin
  if exists (select from public.segment where live_condition is not null or next_number is not null) then
    insert into public.segment_dirty (profile_id, effective_at)
    select told.profile_id, case when bool_and(told.at is not null) then max(told.at) end
    from (
      select changed.profile_id, case
        when changed.state = before.state or changed.state in ('RETURNED', 'PARTIALLY_RETURNED') then '-infinity'
        when changed.state = 'COMMITTED' then changed.occurred_at end as at
      from changed join before using (profile_id, id)
    ) told group by told.profile_id;
  end if;
  return null;
end $$;

-- Of rows that may go from one shopper to another where they stand.
create or replace function public.mark_segments_dirty_both() returns trigger language plpgsql as $$
begin
  if exists (select from public.segment where live_condition is not null or next_number is not null) then
    insert into public.segment_dirty (profile_id, effective_at)
    select changed.profile_id, '-infinity'::timestamptz from changed where changed.profile_id is not null
    union select before.profile_id, '-infinity' from before where before.profile_id is not null;
  end if;
  return null;
end $$;

create or replace function public.mark_segments_dirty_profile() returns trigger language plpgsql as $$
begin
  if exists (select from public.segment where live_condition is not null or next_number is not null) then
    insert into public.segment_dirty (profile_id)
    select changed.id from changed where changed.kind = 'PERSON';
  end if;
  return null;
end $$;

-- Goods are judged as they are now, so a product in another category may move anybody: nobody's row stands for all.
create or replace function public.mark_goods_changed() returns trigger language plpgsql as $$
begin
  if exists (select from public.segment where live_condition is not null or next_number is not null) then
    if tg_table_name = 'product' then
      if not exists (
        select from changed join before using (id)
        where (changed.sku, changed.category_id, changed.brand, changed.attributes)
          is distinct from (before.sku, before.category_id, before.brand, before.attributes)
      ) then return null; end if;
    elsif not exists (
      select from changed join before using (id)
      where (changed.code, changed.parent_id) is distinct from (before.code, before.parent_id)
    ) then return null; end if;
    insert into public.segment_dirty (profile_id) values ('00000000-0000-0000-0000-000000000000');
  end if;
  return null;
end $$;

create or replace function public.mark_goods_new() returns trigger language plpgsql as $$
begin
  if exists (select from public.segment where live_condition is not null or next_number is not null)
    and exists (select from changed) then
    insert into public.segment_dirty (profile_id) values ('00000000-0000-0000-0000-000000000000');
  end if;
  return null;
end $$;

-- When codes hold stands in their series too; those of a series may be anybody's, and more than one transaction should mark.
create or replace function public.mark_series_changed() returns trigger language plpgsql as $$
begin
  if exists (select from public.segment where live_condition is not null or next_number is not null)
    and exists (
      select from changed join before using (id)
      where (changed.valid_from, changed.valid_to, changed.archived_at)
        is distinct from (before.valid_from, before.valid_to, before.archived_at)
    ) then
    insert into public.segment_dirty (profile_id) values ('00000000-0000-0000-0000-000000000001');
  end if;
  return null;
end $$;

-- Where days begin: of purchases there, of people who prefer the store, and of all else by the company's oldest one.
create or replace function public.mark_stores_changed() returns trigger language plpgsql as $$
begin
  if exists (select from public.segment where live_condition is not null or next_number is not null)
    and exists (
      select from changed join before using (id)
      where (changed.time_zone, changed.code) is distinct from (before.time_zone, before.code)
    ) then
    insert into public.segment_dirty (profile_id) values ('00000000-0000-0000-0000-000000000002');
  end if;
  return null;
end $$;

do $$
declare
  -- Table, and what its new, its changed and its gone rows are marked by.
  v_table text[];
  v_tables text[] := array[
    ['identity', '', '', ''],
    ['consent', '', '', ''],
    ['orders', '_since', '_order', ''],
    ['order_line', '_along', '_along', '_along'],
    ['order_return', '_since', '_along', ''],
    ['return_line', '_along', '_along', '_along'],
    ['event', '_since', '', ''],
    ['loyalty_account', '_along', '_along', '_along'],
    ['lot', '_along', '_along', '_along'],
    ['tier_entry', '_along', '_along', '_along'],
    ['tier_progress', '_along', '_along', '_along'],
    ['promo_code', '_along', '_both', '_along'],
    ['promo_code_use', '_along', '_both', '_along'],
    ['segment_snapshot_member', '', '', '']
  ];
begin
  foreach v_table slice 1 in array v_tables loop
    execute format(
      'create or replace trigger segments_see_new after insert on public.%1$I
        referencing new table as changed for each statement execute function public.mark_segments_dirty%2$s()',
      v_table[1], v_table[2]);
    execute format(
      'create or replace trigger segments_see_changed after update on public.%1$I
        referencing old table as before new table as changed for each statement execute function public.mark_segments_dirty%2$s()',
      v_table[1], v_table[3]);
    execute format(
      'create or replace trigger segments_see_gone after delete on public.%1$I
        referencing old table as changed for each statement execute function public.mark_segments_dirty%2$s()',
      v_table[1], v_table[4]);
  end loop;
end $$;

create or replace trigger segments_see_new after insert on public.profile
referencing new table as changed for each statement execute function public.mark_segments_dirty_profile();
create or replace trigger segments_see_changed after update on public.profile
referencing new table as changed for each statement execute function public.mark_segments_dirty_profile();
create or replace trigger segments_see_gone after delete on public.profile
referencing old table as changed for each statement execute function public.mark_segments_dirty_profile();

create or replace trigger segments_see_changed after update on public.product
referencing old table as before new table as changed for each statement execute function public.mark_goods_changed();
create or replace trigger segments_see_changed after update on public.category
referencing old table as before new table as changed for each statement execute function public.mark_goods_changed();
create or replace trigger segments_see_new after insert on public.product
referencing new table as changed for each statement execute function public.mark_goods_new();
create or replace trigger segments_see_new after insert on public.category
referencing new table as changed for each statement execute function public.mark_goods_new();

create or replace trigger segments_see_changed after update on public.promo_code_pool
referencing old table as before new table as changed for each statement execute function public.mark_series_changed();
create or replace trigger segments_see_changed after update on public.store
referencing old table as before new table as changed for each statement execute function public.mark_stores_changed();

-- What is taken out is soon cleared away: the queue turns over all day and is nearly empty all the time.
alter table public.segment_dirty set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
