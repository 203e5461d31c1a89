-- A merge is taken back: what the other profile brought, and what its own orders did with points since, is its own again.
-- Points of both stood in one account meanwhile, so what is due is worked out by value, not by lot: the points brought,
-- plus what journals of the other's own orders changed, less what expired. Lots go back as they are; where the survivor's
-- purchases took some of them, the survivor's own active points make it good. What they cannot make good was spent:
-- refused as PointsSpentSinceMerge { spent, available }, unless p_what_remains.
--
-- p_facts: what `loyalty_merge_accounts` returned; p_orders: the orders that go back with it; p_request: the same as at
-- the merge, so that UNMERGE journals name their MERGE. Refuses PurchaseInProgress { holdExpiresAt } too, where points of
-- one are held for a purchase of the other.
create or replace function public.loyalty_unmerge_accounts(
  p_from uuid, p_to uuid, p_facts jsonb, p_orders uuid[], p_what_remains boolean, p_now timestamptz, p_actor text,
  p_request text
) returns void language plpgsql as $$
declare
  v_fact jsonb;
  v_program uuid;
begin
  for v_fact in select fact from jsonb_array_elements(p_facts) fact order by fact ->> 'programId' loop
    v_program := (v_fact ->> 'programId')::uuid;
    -- Both rows in id order, like everybody; the closed one before it is open again.
    perform from public.loyalty_account where program_id = v_program and profile_id in (p_from, p_to)
    order by profile_id for update;
    update public.loyalty_account set status = v_fact #>> '{from,status}', merged_into = null,
      posted_with = (select array_agg(distinct profile) from unnest(posted_with || p_to) profile)
    where profile_id = p_from and program_id = v_program and merged_into = p_to;
    if not found then raise exception 'the account of % is not merged into %', p_from, p_to; end if;
    perform public.loyalty_bring_to_now(p_to, v_program, p_now);
    perform public.loyalty_unmerge_account(p_from, p_to, v_program, v_fact, p_orders, p_what_remains, p_now,
      jsonb_build_object('actor', p_actor, 'requestId', p_request));
  end loop;
end $$;

-- The lots of the survivor that hold the other's points: those that came with the merge, those its own orders earned or
-- got back since, and what was split off them. `original`: the lot of the other they came from, if it did.
create or replace function public.loyalty_merged_lots(p_to uuid, p_program uuid, p_fact jsonb, p_orders uuid[])
returns table (lot_id uuid, original uuid, brought bigint) language sql stable as $$
  with recursive mine (lot_id, original, brought) as (
    select (given ->> 'new')::uuid, (given ->> 'old')::uuid, (given ->> 'points')::bigint
    from jsonb_array_elements(p_fact -> 'lots') given
    union
    select id, null::uuid, 0 from public.lot
    where profile_id = p_to and program_id = p_program and source in ('ORDER', 'RETRO', 'UNMERGE') and source_id = any (p_orders)
    union
    select lot.id, null, 0
    from public.loyalty_journal journal
    join public.loyalty_entry entry on entry.profile_id = journal.profile_id and entry.journal_id = journal.id
    join public.lot on lot.profile_id = journal.profile_id and lot.id = entry.lot_id and lot.source = 'RESTORE'
    where journal.profile_id = p_to and journal.program_id = p_program and journal.order_id = any (p_orders)
      and journal.kind = 'RESTORE' and entry.account = 'member.active'
    union
    select lot.id, null, 0 from public.lot join mine on mine.lot_id = lot.parent_lot_id
    where lot.profile_id = p_to and lot.program_id = p_program
  )
  select distinct on (mine.lot_id) mine.lot_id, mine.original, mine.brought from mine
  order by mine.lot_id, mine.brought desc
$$;

-- Lots of the survivor, and those their points stood in, or own orders earned, while the survivor was merged further.
create or replace function public.loyalty_lots_onward(p_to uuid, p_program uuid, p_lots uuid[], p_orders uuid[])
returns setof public.lot language sql stable as $$
  with recursive near as materialized (
    select lot.* from public.lot
    where lot.profile_id in (select public.loyalty_posted_with(p_to, p_program)) and lot.program_id = p_program
  ), onward (id) as (
    select id from near where id = any (p_lots) or source in ('ORDER', 'RETRO') and source_id = any (p_orders)
    union
    select near.id from near join onward on onward.id = near.parent_lot_id
  )
  select near.* from near join onward using (id)
$$;

-- How many points are the other's now: what it brought, what its own orders did since, what has expired of its lots; and
-- nothing for points of a lot whose life is over, whoever spent them. The survivor may have been merged further for a
-- while: what was posted there counts too.
create or replace function public.loyalty_due_back(
  p_to uuid, p_program uuid, p_fact jsonb, p_orders uuid[], p_lots uuid[], p_now timestamptz
) returns bigint language sql stable as $$
  with posted as (
    select journal.profile_id, journal.id, journal.kind, journal.points, coalesce(journal.order_id = any (p_orders), false) as own
    from public.loyalty_posted_with(p_to, p_program) kin (profile_id)
    join public.loyalty_journal journal on journal.profile_id = kin.profile_id and journal.program_id = p_program
    where journal.revision > coalesce((p_fact -> 'revisions' ->> kin.profile_id::text)::bigint, 0)
      and journal.kind in ('EARN', 'CAPTURE', 'OVERDRAFT', 'RESTORE', 'CLAWBACK', 'EXPIRE', 'ADJUST')
  ), moved as (
    select posted.kind, lot.expire_at, entry.amount
    from posted
    join public.loyalty_entry entry on entry.profile_id = posted.profile_id and entry.journal_id = posted.id
    join public.loyalty_lots_onward(p_to, p_program, p_lots, p_orders) lot
      on lot.profile_id = entry.profile_id and lot.id = entry.lot_id
    where entry.account like 'member.%' and (posted.kind = 'EXPIRE' or not posted.own)
  )
  select ((p_fact ->> 'debt')::bigint
    + (select coalesce(sum((given ->> 'points')::bigint), 0) from jsonb_array_elements(p_fact -> 'lots') given)
    + (select coalesce(sum(points), 0) from posted where own and kind not in ('EXPIRE', 'ADJUST'))
    + (select coalesce(sum(amount), 0) from moved where kind = 'EXPIRE')
    + (select coalesce(least(sum(amount), 0), 0) from moved where kind <> 'EXPIRE' and expire_at <= p_now))::bigint
$$;

create or replace function public.loyalty_unmerge_account(
  p_from uuid, p_to uuid, p_program uuid, p_fact jsonb, p_orders uuid[], p_what_remains boolean, p_now timestamptz,
  p_about jsonb
) returns void language plpgsql as $$
declare
  v_lots uuid[] := array(select lot_id from public.loyalty_merged_lots(p_to, p_program, p_fact, p_orders));
  v_due bigint := public.loyalty_due_back(p_to, p_program, p_fact, p_orders, v_lots, p_now);
  v_there bigint;
  v_own bigint;
  v_active bigint;
  v_good bigint := 0;
  v_old_debt bigint := 0;
  v_kept bigint := 0;
begin
  perform public.loyalty_refuse_mixed_holds(p_to, p_program, v_lots, p_orders);
  select coalesce(sum(remaining) filter (where id = any (v_lots)), 0), coalesce(sum(active) filter (where id = any (v_lots)), 0),
    coalesce(sum(active) filter (where id <> all (v_lots)), 0)
  into v_there, v_active, v_own
  from public.lot where profile_id = p_to and program_id = p_program and remaining > 0;
  if v_due > v_there then
    v_good := least(v_due - v_there, v_own);
    -- A debt of the survivor that the other's points repaid is a debt again.
    v_old_debt := least(v_due - v_there - v_good, -(p_fact #>> '{survivor,debt}')::bigint, (
      select coalesce(-sum(points), 0) from public.loyalty_journal
      where profile_id = p_to and program_id = p_program and kind = 'DEBT_REPAY'
        and revision > (p_fact -> 'revisions' ->> p_to::text)::bigint));
    if v_due - v_there > v_good + v_old_debt and not p_what_remains then
      perform public.refuse('PointsSpentSinceMerge', jsonb_build_object('spent', v_due - v_there, 'available', v_own));
    end if;
  else
    v_kept := v_there - v_due;
  end if;
  perform public.loyalty_post_unmerge(p_from, p_to, p_program, p_fact, p_orders, v_good, v_old_debt,
    least(v_kept, v_active), greatest(v_kept - v_active, 0), p_now, p_about);
  update public.loyalty_account account set
    status = case when account.status = p_fact #>> '{merged,status}' then p_fact #>> '{survivor,status}' else account.status end,
    tier_code = case when account.tier_code is not distinct from p_fact #>> '{merged,tierCode}'
      then p_fact #>> '{survivor,tierCode}' else account.tier_code end,
    tier_since = case when account.tier_code is not distinct from p_fact #>> '{merged,tierCode}'
      then (p_fact #>> '{survivor,tierSince}')::timestamptz else account.tier_since end,
    tier_floor = case when account.tier_floor is not distinct from p_fact #>> '{merged,tierFloor}'
      then p_fact #>> '{survivor,tierFloor}' else account.tier_floor end
  where profile_id = p_to and program_id = p_program;
  perform public.loyalty_repay_debt(p_to, p_program, p_now, p_now, p_about);
  perform public.loyalty_repay_debt(p_from, p_program, p_now, p_now, p_about);
  update public.loyalty_account set due_at = public.loyalty_next_due(profile_id, program_id)
  where profile_id in (p_from, p_to) and program_id = p_program;
end $$;

-- Points of one person held for a purchase of the other: until it ends nobody can tell whose they are.
create or replace function public.loyalty_refuse_mixed_holds(p_to uuid, p_program uuid, p_lots uuid[], p_orders uuid[])
returns void language plpgsql as $$
declare
  v_until timestamptz;
begin
  select max(hold.expires_at) into v_until
  from public.hold join public.hold_lot part on part.profile_id = hold.profile_id and part.order_id = hold.order_id
  where hold.profile_id = p_to and hold.program_id = p_program and hold.status = 'HELD'
    and (hold.order_id = any (p_orders)) <> (part.lot_id = any (p_lots));
  if v_until is not null then
    perform public.refuse('PurchaseInProgress', jsonb_build_object('holdExpiresAt', v_until));
  end if;
end $$;

-- The journals on both sides. p_good: points of the survivor's own lots that make good what was spent; p_old_debt: what
-- the survivor owes again; p_kept: active points of the other's lots that stay, for what was paid for it out of the
-- survivor's; p_debt: the same beyond what is active, which the other owes from now on.
create or replace function public.loyalty_post_unmerge(
  p_from uuid, p_to uuid, p_program uuid, p_fact jsonb, p_orders uuid[], p_good bigint, p_old_debt bigint, p_kept bigint,
  p_debt bigint, p_now timestamptz, p_about jsonb
) returns void language plpgsql as $$
declare
  v_left bigint := p_good + p_old_debt;
  v_kept bigint := p_kept;
  v_stays bigint;
  v_share bigint;
  v_part record;
  v_into uuid;
  v_lots uuid[] := '{}';
  v_targets uuid[] := '{}';
  v_out_accounts text[] := '{}';
  v_out_lots uuid[] := '{}';
  v_out_amounts bigint[] := '{}';
  v_in_accounts text[] := '{}';
  v_in_lots uuid[] := '{}';
  v_in_amounts bigint[] := '{}';
begin
  for v_part in
    select lot.*, mine.original, mine.brought
    from public.loyalty_merged_lots(p_to, p_program, p_fact, p_orders) mine
    join public.lot on lot.profile_id = p_to and lot.id = mine.lot_id
    order by lot.expire_at, lot.activate_at, lot.id
  loop
    v_stays := least(v_kept, v_part.active);
    v_kept := v_kept - v_stays;
    -- What was taken from this lot is made good here, as far as it lives.
    v_share := case when v_part.original is null or v_part.expire_at <= p_now then 0
      else least(v_left, greatest(v_part.brought - v_part.remaining, 0)) end;
    v_left := v_left - v_share;
    continue when v_part.remaining - v_stays + v_share = 0;
    v_into := coalesce(v_part.original, public.loyalty_open_lot(p_from, p_program, 'UNMERGE',
      case when v_part.source in ('ORDER', 'RETRO', 'MERGE', 'UNMERGE') then v_part.source_id end, v_part.rule_id,
      v_part.remaining - v_stays, v_part.earned_at, v_part.activate_at, v_part.expire_at, v_part.id, v_part.restrictions));
    v_lots := v_lots || v_part.id;
    v_targets := v_targets || v_into;
    v_out_accounts := v_out_accounts || array['member.pending', 'member.active', 'member.held', 'program.merged'];
    v_out_lots := v_out_lots || array[v_part.id, v_part.id, v_part.id, v_part.id];
    v_out_amounts := v_out_amounts || array[-v_part.pending, v_stays - v_part.active, -v_part.held, v_part.remaining - v_stays];
    v_in_accounts := v_in_accounts || array['member.pending', 'member.active', 'member.held', 'program.merged'];
    v_in_lots := v_in_lots || array[v_into, v_into, v_into, v_into];
    v_in_amounts := v_in_amounts || array[v_part.pending, v_part.active - v_stays + v_share, v_part.held,
      v_stays - v_part.remaining - v_share];
  end loop;
  -- No lot of its own left to put it in.
  if v_left > 0 then
    v_into := public.loyalty_open_lot(p_from, p_program, 'UNMERGE', null, null, v_left, p_now, p_now, null, null, null);
    v_in_accounts := v_in_accounts || array['member.active', 'program.merged'];
    v_in_lots := v_in_lots || array[v_into, v_into];
    v_in_amounts := v_in_amounts || array[v_left, -v_left];
  end if;
  for v_part in
    select lot_id, points from public.loyalty_own_lots(p_to, p_program, p_good,
      array(select lot_id from public.loyalty_merged_lots(p_to, p_program, p_fact, p_orders)))
  loop
    v_out_accounts := v_out_accounts || array['member.active', 'program.merged'];
    v_out_lots := v_out_lots || array[v_part.lot_id, v_part.lot_id];
    v_out_amounts := v_out_amounts || array[-v_part.points, v_part.points];
  end loop;
  if p_debt > 0 then
    v_into := public.loyalty_open_lot(p_to, p_program, 'UNMERGE', null, null, p_debt, p_now, p_now, null, null, null);
    v_out_accounts := v_out_accounts || array['member.active', 'program.merged'];
    v_out_lots := v_out_lots || array[v_into, v_into];
    v_out_amounts := v_out_amounts || array[p_debt, -p_debt];
  end if;
  v_out_accounts := v_out_accounts || array['member.debt', 'program.merged'];
  v_out_lots := v_out_lots || array[null, null]::uuid[];
  v_out_amounts := v_out_amounts || array[-p_old_debt, p_old_debt];
  v_in_accounts := v_in_accounts || array['member.debt', 'program.merged'];
  v_in_lots := v_in_lots || array[null, null]::uuid[];
  v_in_amounts := v_in_amounts || array[-p_debt, p_debt];
  perform public.loyalty_post_moved(p_to, p_program, p_now, p_about, v_out_accounts, v_out_lots, v_out_amounts);
  perform public.loyalty_post_moved(p_from, p_program, p_now, p_about, v_in_accounts, v_in_lots, v_in_amounts);
  perform public.loyalty_take_holds_back(p_from, p_to, p_program, p_orders, v_lots, v_targets);
end $$;

-- One side's journal, without the entries that move nothing; none where nothing moves.
create or replace function public.loyalty_post_moved(
  p_profile uuid, p_program uuid, p_now timestamptz, p_about jsonb, p_accounts text[], p_lots uuid[], p_amounts bigint[]
) returns void language plpgsql as $$
begin
  perform public.loyalty_post(p_profile, p_program, 'UNMERGE', p_now, p_now, p_about, array_agg(account order by place),
    array_agg(lot order by place), array_agg(amount order by place))
  from unnest(p_accounts, p_lots, p_amounts) with ordinality as entry (account, lot, amount, place)
  where amount <> 0 having count(*) > 0;
end $$;

-- Lots of the survivor's own that pay p_points, in spend order.
create or replace function public.loyalty_own_lots(p_profile uuid, p_program uuid, p_points bigint, p_not uuid[])
returns table (lot_id uuid, points bigint) language sql stable as $$
  select id, least(active, p_points - before)
  from (
    select id, active, coalesce(sum(active) over (order by expire_at, activate_at, id rows between unbounded preceding and 1 preceding), 0)::bigint as before
    from public.lot where profile_id = p_profile and program_id = p_program and remaining > 0 and active > 0 and id <> all (p_not)
  ) own where before < p_points
$$;

-- Promises of the other's purchases follow their points.
create or replace function public.loyalty_take_holds_back(
  p_from uuid, p_to uuid, p_program uuid, p_orders uuid[], p_lots uuid[], p_targets uuid[]
) returns void language plpgsql as $$
begin
  insert into public.hold (profile_id, order_id, program_id, points, status, expires_at, held_at, ended_at)
  select p_from, order_id, program_id, points, status, expires_at, held_at, ended_at from public.hold
  where profile_id = p_to and program_id = p_program and status = 'HELD' and order_id = any (p_orders)
  on conflict (profile_id, order_id) do update set program_id = excluded.program_id, points = excluded.points,
    status = excluded.status, expires_at = excluded.expires_at, held_at = excluded.held_at, ended_at = excluded.ended_at;
  delete from public.hold_lot where profile_id = p_from and order_id in (
    select order_id from public.hold
    where profile_id = p_to and program_id = p_program and status = 'HELD' and order_id = any (p_orders));
  insert into public.hold_lot (profile_id, order_id, lot_id, points, seq)
  select p_from, part.order_id, pair.target, part.points, part.seq
  from public.hold_lot part
  join public.hold on hold.profile_id = part.profile_id and hold.order_id = part.order_id
    and hold.program_id = p_program and hold.status = 'HELD' and hold.order_id = any (p_orders)
  join unnest(p_lots, p_targets) as pair (lot, target) on pair.lot = part.lot_id
  where part.profile_id = p_to;
  delete from public.hold_lot part using public.hold
  where part.profile_id = p_to and hold.profile_id = p_to and hold.order_id = part.order_id
    and hold.program_id = p_program and hold.status = 'HELD' and hold.order_id = any (p_orders);
  delete from public.hold
  where profile_id = p_to and program_id = p_program and status = 'HELD' and order_id = any (p_orders);
end $$;
