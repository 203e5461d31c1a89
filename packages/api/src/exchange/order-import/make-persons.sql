-- Import of orders: makes a person for each shopper of the batch whom nobody knows yet. One statement for the batch;
-- somebody else who enrols the same phone meanwhile wins, and the order becomes theirs. Works on the table
-- import_shopper of the import's own schema (prepare.sql.ts), first on its search path, and names tables of the profiles room directly.
create or replace function public.import_make_persons(
  p_from integer, p_to integer, p_kind text, p_source text, p_now timestamptz
) returns bigint language sql as $$
  with fresh as materialized (
    select shopper, sealed, masked, uuidv7() as profile_id, uuidv7() as identity_id
    from import_shopper s
    where s.number between p_from and p_to
      and not exists (select from public.identity_key k where k.blind_index = s.shopper)
  ), keyed as (
    insert into public.identity_key (blind_index, profile_id, identity_id)
    select shopper, profile_id, identity_id from fresh
    on conflict (blind_index) do nothing returning blind_index
  ), made as (
    select fresh.* from fresh join keyed on keyed.blind_index = fresh.shopper
  ), person as (
    insert into public.profile (id, kind, created_at, updated_at)
    select profile_id, 'PERSON', p_now, p_now from made
  ), identity as (
    insert into public.identity (profile_id, id, kind, source, sealed, masked, blind_index, position, created_at)
    select profile_id, identity_id, p_kind, p_source, sealed, masked, shopper, 0, p_now from made
  )
  select count(*) from made
$$;
