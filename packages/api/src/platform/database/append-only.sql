-- A ledger or an audit is only ever added to: a mistake is corrected by a new entry that names the old one.
-- Rooms attach it: create or replace trigger <table>_append_only before update or delete on <table> …
create or replace function public.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

-- Where an erasure takes out what could tell who it was, and nothing else: the columns that may become null.
create or replace function public.only_forgets() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - tg_argv) = (to_jsonb(old) - tg_argv)
    and not exists (select from unnest(tg_argv) as column_name where to_jsonb(new) ->> column_name is not null)
  then return new; end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
