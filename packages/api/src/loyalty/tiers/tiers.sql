-- Tiers: what purchases count, and the tier that follows from them. TypeScript decides (tier-rules.ts); these functions
-- keep the figures and post what was decided, under the locks of the accounts. Names the profile's table directly.

-- Keeps what purchases come to, an older word never over a newer one. A purchase known already is found where it stands:
-- its order may have moved to another profile since it was told of.
-- p_entries: [{ profileId, orderId, programId, occurredAt, currency, amount, points, revision }].
-- Answers the profiles whose purchases they are, each once.
create or replace function public.keep_tier_entries(p_entries jsonb) returns uuid[] language plpgsql as $$
declare
  v_owners uuid[];
begin
  with told as materialized (
    select coalesce(known.profile_id, survivor.id) as profile_id, told.*
    from jsonb_to_recordset(p_entries) as told ("profileId" uuid, "orderId" uuid, "programId" uuid, "occurredAt" timestamptz,
      currency text, amount bigint, points bigint, revision integer)
    join public.profile asked on asked.id = told."profileId"
    join public.profile survivor on survivor.id = coalesce(asked.merged_into, asked.id) and survivor.kind = 'PERSON'
      and survivor.erased_at is null
    left join public.tier_entry known on known.id = told."orderId"
  ), kept as (
    insert into public.tier_entry as known (profile_id, id, program_id, occurred_at, currency, amount, points, revision)
    select profile_id, "orderId", "programId", "occurredAt", currency, amount, points, revision from told
    order by profile_id, "orderId"
    on conflict (profile_id, id) do update set program_id = excluded.program_id, occurred_at = excluded.occurred_at,
      currency = excluded.currency, amount = excluded.amount, points = excluded.points, revision = excluded.revision
    where known.revision < excluded.revision
    returning 1
  )
  select array_agg(distinct profile_id) into v_owners from told;
  return coalesce(v_owners, '{}');
end $$;

-- Locks the accounts and tells what their tiers follow from. A closed account, and one of nobody any more, is left out.
-- payload: { programId, profileIds: [], now }
-- Answers [{ profileId, tierCode, tierSince, floor, purchases: [[seconds since 1970, currency, amount, points]] }].
create or replace function public.tier_facts(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_program uuid := (payload ->> 'programId')::uuid;
  v_profiles uuid[] := array(
    select profile.id from public.profile
    where profile.id = any (array(select jsonb_array_elements_text(payload -> 'profileIds')::uuid))
      and kind = 'PERSON' and erased_at is null and (merged_into is null
        -- A merge that is being taken back: the account answers for itself already.
        or exists (select from public.loyalty_account account where account.profile_id = profile.id
          and account.program_id = v_program and account.merged_into is null)));
begin
  perform public.loyalty_lock_accounts(v_program, v_profiles, (payload ->> 'now')::timestamptz);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('profileId', profile_id, 'tierCode', tier_code, 'tierSince', tier_since,
      'floor', tier_floor, 'purchases', public.tier_purchases(profile_id, v_program)) order by profile_id), '[]')
    from public.loyalty_account where profile_id = any (v_profiles) and program_id = v_program and status <> 'CLOSED');
end $$;

create or replace function public.tier_purchases(p_profile uuid, p_program uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_array(extract(epoch from occurred_at), currency, amount, points)), '[]')
  from public.tier_entry
  where profile_id = p_profile and program_id = p_program and (amount <> 0 or points <> 0)
$$;

-- Posts what was decided of accounts that are locked.
-- payload: { programId, now, reason, actor, note,
--   tiers: [{ profileId, dueAt, changed: { from, to, fromName, toName, since } or null }] }
create or replace function public.set_tiers(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_program uuid := (payload ->> 'programId')::uuid;
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_tier jsonb;
  v_changed jsonb;
begin
  for v_tier in select * from jsonb_array_elements(payload -> 'tiers') loop
    insert into public.tier_progress (profile_id, id, due_at, counted_at)
    values ((v_tier ->> 'profileId')::uuid, v_program, (v_tier ->> 'dueAt')::timestamptz, v_now)
    on conflict (profile_id, id) do update set due_at = excluded.due_at, counted_at = excluded.counted_at;
    v_changed := v_tier -> 'changed';
    continue when jsonb_typeof(v_changed) is distinct from 'object';
    update public.loyalty_account set tier_code = v_changed ->> 'to', tier_since = (v_changed ->> 'since')::timestamptz
    where profile_id = (v_tier ->> 'profileId')::uuid and program_id = v_program;
    insert into public.tier_change (profile_id, id, program_id, from_code, to_code, from_name, to_name, reason, actor, note, changed_at)
    values ((v_tier ->> 'profileId')::uuid, uuidv7(), v_program, v_changed ->> 'from', v_changed ->> 'to',
      v_changed ->> 'fromName', v_changed ->> 'toName', payload ->> 'reason', payload ->> 'actor', payload ->> 'note', v_now);
    perform public.write_event('tier.changed', (v_tier ->> 'profileId')::uuid, jsonb_build_object('programId', v_program,
      'from', v_changed ->> 'from', 'to', v_changed ->> 'to', 'fromName', v_changed ->> 'fromName',
      'toName', v_changed ->> 'toName', 'reason', payload ->> 'reason'), v_now);
  end loop;
  return 'null';
end $$;

-- Purchases go with their orders: all of a profile, or (p_orders) those that go back.
create or replace function public.move_tier_entries(p_from uuid, p_to uuid, p_orders uuid[] default null)
returns void language sql as $$
  with moved as (
    delete from public.tier_entry where profile_id = p_from and (p_orders is null or id = any (p_orders)) returning *
  )
  insert into public.tier_entry (profile_id, id, program_id, occurred_at, currency, amount, points, revision)
  select p_to, id, program_id, occurred_at, currency, amount, points, revision from moved
$$;

-- A change of tier stays as it happened; the words of staff may name somebody: an erasure takes them out.
create or replace trigger tier_change_kept before delete or truncate on public.tier_change
for each statement execute function public.refuse_change();
create or replace trigger tier_change_only_forgets before update on public.tier_change
for each row execute function public.only_forgets('note');
