-- Two profiles are one person: the points of one account move to the other, lot by lot, with their expiry. Journals and
-- entries already written stay under the old profile (`loyalty_family` reads them). The move itself is a MERGE journal
-- on either side, each in balance through `program.merged`, which is therefore empty over all members.

-- Returns what taking it back needs (`loyalty_unmerge_accounts`), program by program: [{ programId, revisions: { profile:
-- of its account before }, from: { status }, survivor: { status, tierCode, tierSince, tierFloor, debt }, merged: the same
-- after, debt, lots: [{ old, new, points }] }]. Journals carry the request id p_request. Programs where the profile never had
-- points are closed for it too: what is on its way to it finds the survivor.
create or replace function public.loyalty_merge_accounts(
  p_from uuid, p_to uuid, p_now timestamptz, p_actor text default 'system', p_request text default null
) returns jsonb language plpgsql as $$
declare
  v_program uuid;
  v_facts jsonb := '[]';
begin
  if p_from = p_to then raise exception 'a profile is not merged into itself'; end if;
  for v_program in
    select id from public.program
    union select program_id from public.loyalty_account where profile_id = p_from
    order by 1
  loop
    continue when exists (select from public.loyalty_account
      where profile_id = p_from and program_id = v_program and merged_into = p_to);
    perform public.loyalty_lock_accounts(v_program, array[p_from, p_to], p_now);
    perform public.loyalty_bring_to_now(least(p_from, p_to), v_program, p_now);
    perform public.loyalty_bring_to_now(greatest(p_from, p_to), v_program, p_now);
    v_facts := v_facts || public.loyalty_merge_account(p_from, p_to, v_program, p_now,
      jsonb_build_object('actor', p_actor, 'requestId', p_request));
  end loop;
  return v_facts;
end $$;

create or replace function public.loyalty_merge_account(
  p_from uuid, p_to uuid, p_program uuid, p_now timestamptz, p_about jsonb
) returns jsonb language plpgsql as $$
declare
  v_from public.loyalty_account := public.loyalty_lock_account(p_from, p_program, p_now);
  v_survivor public.loyalty_account := public.loyalty_lock_account(p_to, p_program, p_now);
  v_merged public.loyalty_account;
  v_lot public.lot;
  v_new uuid;
  v_old_lots uuid[] := '{}';
  v_new_lots uuid[] := '{}';
  v_lots jsonb := '[]';
begin
  for v_lot in
    select * from public.lot where profile_id = p_from and program_id = p_program and remaining > 0 order by id
  loop
    -- An order's own points stay recognisable for its return.
    v_new := public.loyalty_open_lot(p_to, p_program, 'MERGE',
      case when v_lot.source in ('ORDER', 'RETRO', 'MERGE', 'UNMERGE') then v_lot.source_id end, v_lot.rule_id,
      v_lot.remaining, v_lot.earned_at, v_lot.activate_at, v_lot.expire_at, v_lot.id, v_lot.restrictions);
    v_old_lots := v_old_lots || v_lot.id;
    v_new_lots := v_new_lots || v_new;
    v_lots := v_lots || jsonb_build_object('old', v_lot.id, 'new', v_new, 'points', v_lot.remaining);
  end loop;
  perform public.loyalty_post_merge(p_from, p_to, p_program, v_from.debt, v_old_lots, v_new_lots, p_now, p_about);
  perform public.loyalty_move_holds(p_from, p_to, p_program, v_old_lots, v_new_lots);
  update public.loyalty_account survivor set
    status = case when v_from.status = 'BLOCKED' then 'BLOCKED' else survivor.status end,
    tier_code = coalesce(survivor.tier_code, v_from.tier_code),
    tier_since = case when survivor.tier_code is null then v_from.tier_since else survivor.tier_since end,
    tier_floor = coalesce(survivor.tier_floor, v_from.tier_floor),
    due_at = least(survivor.due_at, v_from.due_at)
  where profile_id = p_to and program_id = p_program returning * into v_merged;
  update public.loyalty_account set status = 'CLOSED', merged_into = p_to, due_at = null
  where profile_id = p_from and program_id = p_program;
  perform public.loyalty_repay_debt(p_to, p_program, p_now, p_now, p_about);
  return jsonb_build_object('programId', p_program,
    'revisions', public.loyalty_revisions(p_from, p_program) || jsonb_build_object(p_to::text, v_survivor.revision),
    'from', jsonb_build_object('status', v_from.status), 'debt', v_from.debt, 'lots', v_lots,
    'survivor', public.loyalty_standing(v_survivor), 'merged', public.loyalty_standing(v_merged));
end $$;

-- How far the accounts are in which postings of a profile's orders stand: { profile: revision }. What an account that is
-- not named here posts for them is later.
create or replace function public.loyalty_revisions(p_profile uuid, p_program uuid)
returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(profile_id, revision), '{}') from public.loyalty_account
  where program_id = p_program and profile_id in (select public.loyalty_posted_with(p_profile, p_program))
$$;

-- What a merge may change of an account besides its points.
create or replace function public.loyalty_standing(p_account public.loyalty_account)
returns jsonb language sql immutable as $$
  select jsonb_build_object('status', p_account.status, 'tierCode', p_account.tier_code,
    'tierSince', p_account.tier_since, 'tierFloor', p_account.tier_floor, 'debt', p_account.debt)
$$;

create or replace function public.loyalty_post_merge(
  p_from uuid, p_to uuid, p_program uuid, p_debt bigint, p_old_lots uuid[], p_new_lots uuid[], p_now timestamptz, p_about jsonb
) returns void language plpgsql as $$
declare
  v_accounts text[];
  v_old_lots uuid[];
  v_new_lots uuid[];
  v_amounts bigint[];
begin
  with part as (
    select pair.old_lot, pair.new_lot, balance.account, balance.amount
    from unnest(p_old_lots, p_new_lots) as pair (old_lot, new_lot)
    join public.lot on lot.profile_id = p_from and lot.id = pair.old_lot,
      lateral (values ('member.pending', lot.pending), ('member.active', lot.active), ('member.held', lot.held))
        as balance (account, amount)
    where balance.amount > 0
    union all
    select null, null, 'member.debt', p_debt where p_debt < 0
  ), entry as (
    select old_lot, new_lot, account, -amount as amount from part
    union all
    select old_lot, new_lot, 'program.merged', amount from part
  )
  select array_agg(account order by old_lot), array_agg(old_lot order by old_lot), array_agg(new_lot order by old_lot),
    array_agg(amount order by old_lot)
  into v_accounts, v_old_lots, v_new_lots, v_amounts from entry;
  if v_accounts is null then return; end if;
  perform public.loyalty_post(p_from, p_program, 'MERGE', p_now, p_now, p_about, v_accounts, v_old_lots, v_amounts);
  perform public.loyalty_post(p_to, p_program, 'MERGE', p_now, p_now, p_about, v_accounts, v_new_lots,
    (select array_agg(-amount order by place) from unnest(v_amounts) with ordinality as given (amount, place)));
end $$;

-- Promises follow their points.
create or replace function public.loyalty_move_holds(p_from uuid, p_to uuid, p_program uuid, p_old_lots uuid[], p_new_lots uuid[])
returns void language plpgsql as $$
begin
  insert into public.hold (profile_id, order_id, program_id, points, status, expires_at, held_at, ended_at)
  select p_to, order_id, program_id, points, status, expires_at, held_at, ended_at from public.hold
  where profile_id = p_from and program_id = p_program and status = 'HELD'
  -- A promise of an earlier time, from before a merge that was taken back.
  on conflict (profile_id, order_id) do update set program_id = excluded.program_id, points = excluded.points,
    status = excluded.status, expires_at = excluded.expires_at, held_at = excluded.held_at, ended_at = excluded.ended_at;
  delete from public.hold_lot where profile_id = p_to and order_id in (
    select order_id from public.hold where profile_id = p_from and program_id = p_program and status = 'HELD');
  insert into public.hold_lot (profile_id, order_id, lot_id, points, seq)
  select p_to, part.order_id, pair.new_lot, part.points, part.seq
  from public.hold_lot part
  join public.hold on hold.profile_id = part.profile_id and hold.order_id = part.order_id
    and hold.program_id = p_program and hold.status = 'HELD'
  join unnest(p_old_lots, p_new_lots) as pair (old_lot, new_lot) on pair.old_lot = part.lot_id
  where part.profile_id = p_from;
  delete from public.hold_lot part using public.hold
  where part.profile_id = p_from and hold.profile_id = p_from and hold.order_id = part.order_id
    and hold.program_id = p_program and hold.status = 'HELD';
  delete from public.hold where profile_id = p_from and program_id = p_program and status = 'HELD';
end $$;
