-- Import of orders: makes the schema one import works in and gives it to the caller, who may make no other: the
-- application may create nothing in a database.
create or replace function public.import_make_schema(p_name text, p_owner text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if p_name !~ '^import_[0-9a-f]{16}$' then raise exception 'no name of an import: %', p_name; end if;
  execute format('create schema %I authorization %I', p_name, p_owner);
end $$;
