-- Two profiles are one person: the points of one account move to the other, lot by lot, with their expiry. Journals and
-- entries already written stay under the old profile (`loyalty_family` reads them). The move itself is a MERGE journal
-- on either side, each in balance through `program.merged`, which is therefore empty over all members.

create or replace function public.loyalty_merge_accounts(
  p_from uuid, p_to uuid, p_now timestamptz, p_actor text default 'system'
) returns void language plpgsql as $$
declare
  v_program uuid;
begin
  if p_from = p_to then raise exception 'a profile is not merged into itself'; end if;
  for v_program in
    select program_id from public.loyalty_account
    where profile_id = p_from and merged_into is distinct from p_to order by program_id
  loop
    perform public.loyalty_lock_accounts(v_program, array[p_from, p_to], p_now);
    perform public.loyalty_bring_to_now(least(p_from, p_to), v_program, p_now);
    perform public.loyalty_bring_to_now(greatest(p_from, p_to), v_program, p_now);
    perform public.loyalty_merge_account(p_from, p_to, v_program, p_now, jsonb_build_object('actor', p_actor));
  end loop;
end $$;

create or replace function public.loyalty_merge_account(
  p_from uuid, p_to uuid, p_program uuid, p_now timestamptz, p_about jsonb
) returns void language plpgsql as $$
declare
  v_from public.loyalty_account := public.loyalty_lock_account(p_from, p_program, p_now);
  v_lot public.lot;
  v_new uuid;
  v_old_lots uuid[] := '{}';
  v_new_lots uuid[] := '{}';
begin
  for v_lot in
    select * from public.lot where profile_id = p_from and program_id = p_program and remaining > 0 order by id
  loop
    -- An order's own points stay recognisable for its return.
    v_new := public.loyalty_open_lot(p_to, p_program, 'MERGE',
      case when v_lot.source in ('ORDER', 'RETRO', 'MERGE') then v_lot.source_id end, v_lot.rule_id, v_lot.remaining,
      v_lot.earned_at, v_lot.activate_at, v_lot.expire_at, v_lot.id, v_lot.restrictions);
    v_old_lots := v_old_lots || v_lot.id;
    v_new_lots := v_new_lots || v_new;
  end loop;
  perform public.loyalty_post_merge(p_from, p_to, p_program, v_from.debt, v_old_lots, v_new_lots, p_now, p_about);
  perform public.loyalty_move_holds(p_from, p_to, p_program, v_old_lots, v_new_lots);
  update public.loyalty_account survivor set
    status = case when v_from.status = 'BLOCKED' then 'BLOCKED' else survivor.status end,
    tier_code = coalesce(survivor.tier_code, v_from.tier_code),
    tier_since = case when survivor.tier_code is null then v_from.tier_since else survivor.tier_since end,
    tier_floor = coalesce(survivor.tier_floor, v_from.tier_floor),
    due_at = least(survivor.due_at, v_from.due_at)
  where profile_id = p_to and program_id = p_program;
  update public.loyalty_account set status = 'CLOSED', merged_into = p_to, due_at = null
  where profile_id = p_from and program_id = p_program;
  perform public.loyalty_repay_debt(p_to, p_program, p_now, p_now, p_about);
end $$;

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
  where profile_id = p_from and program_id = p_program and status = 'HELD';
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
