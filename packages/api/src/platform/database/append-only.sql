-- A ledger or an audit is only ever added to: a mistake is corrected by a new entry that names the old one.
-- Rooms attach it: create or replace trigger <table>_append_only before update or delete on <table> …
create or replace function public.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
