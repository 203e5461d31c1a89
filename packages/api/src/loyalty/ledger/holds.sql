-- Points promised to a begun order: held lot by lot, then captured or given back.

-- Promises points to an order until p_expires_at; a promise made to it before is given back first.
create or replace function public.loyalty_hold(
  p_profile uuid, p_program uuid, p_order uuid, p_points bigint, p_expires_at timestamptz, p_now timestamptz,
  p_actor text default 'system', p_fitting uuid[] default '{}'
) returns void language plpgsql as $$
declare
  v_account public.loyalty_account;
begin
  perform public.loyalty_release(p_profile, p_order, 'RELEASED', p_now, p_actor);
  if p_points = 0 then return; end if;
  v_account := public.loyalty_lock_account(p_profile, p_program, p_now);
  if v_account.status <> 'ACTIVE' then
    perform public.refuse('AccountBlocked', jsonb_build_object('status', v_account.status));
  end if;
  perform public.loyalty_hold_lots(p_profile, p_program, p_order, p_points, p_expires_at, p_now, p_actor, p_fitting);
end $$;

-- The holding itself, refused where the lots do not cover it.
create or replace function public.loyalty_hold_lots(
  p_profile uuid, p_program uuid, p_order uuid, p_points bigint, p_expires_at timestamptz, p_now timestamptz,
  p_actor text, p_fitting uuid[]
) returns void language plpgsql as $$
declare
  v_lots uuid[];
  v_points bigint[];
  v_available bigint;
begin
  select array_agg(lot_id order by seq), array_agg(points order by seq), coalesce(sum(points), 0)
  into v_lots, v_points, v_available
  from public.loyalty_active_lots(p_profile, p_program, p_points, p_fitting);
  if v_available < p_points then
    perform public.refuse('InsufficientPoints', jsonb_build_object('available', v_available, 'requested', p_points));
  end if;
  insert into public.hold (profile_id, order_id, program_id, points, status, expires_at, held_at)
  values (p_profile, p_order, p_program, p_points, 'HELD', p_expires_at, p_now)
  on conflict (profile_id, order_id) do update set program_id = excluded.program_id, points = excluded.points,
    status = 'HELD', expires_at = excluded.expires_at, held_at = excluded.held_at, ended_at = null;
  delete from public.hold_lot where profile_id = p_profile and order_id = p_order;
  insert into public.hold_lot (profile_id, order_id, lot_id, points, seq)
  select p_profile, p_order, part.lot_id, part.points, part.seq
  from unnest(v_lots, v_points) with ordinality as part (lot_id, points, seq);
  perform public.loyalty_post_pairs(p_profile, p_program, 'HOLD', p_now, p_now,
    jsonb_build_object('orderId', p_order, 'actor', p_actor), 'member.active', 'member.held', v_lots, v_points, p_expires_at);
end $$;

-- Gives back what is held for an order. Returns how much that was; 0 where nothing is held.
create or replace function public.loyalty_release(
  p_profile uuid, p_order uuid, p_new_status text, p_now timestamptz, p_actor text default 'system'
) returns bigint language sql as $$
  select public.loyalty_end_hold(p_profile, p_order, p_new_status, p_now, p_now, p_actor)
$$;

-- p_at: when it ends by the rules; a hold that nobody looked at for a while ended at its time, not when it was found.
create or replace function public.loyalty_end_hold(
  p_profile uuid, p_order uuid, p_new_status text, p_at timestamptz, p_now timestamptz, p_actor text
) returns bigint language plpgsql as $$
declare
  v_hold public.hold;
  v_accounts text[];
  v_lots uuid[];
  v_amounts bigint[];
  v_about jsonb := jsonb_build_object('orderId', p_order, 'actor', p_actor,
    'reason', case p_new_status when 'EXPIRED' then 'HOLD_EXPIRED' end);
begin
  update public.hold set status = p_new_status, ended_at = p_at
  where profile_id = p_profile and order_id = p_order and status = 'HELD' returning * into v_hold;
  if not found then return 0; end if;
  perform public.loyalty_lock_account(p_profile, v_hold.program_id, p_now);
  with part as materialized (
    select hold_lot.seq, hold_lot.lot_id, hold_lot.points,
      case when lot.expire_at <= p_at
        then public.loyalty_open_grace_lot(lot, hold_lot.points, p_at, v_hold.program_id) else lot.id end as into_lot
    from public.hold_lot join public.lot on lot.profile_id = hold_lot.profile_id and lot.id = hold_lot.lot_id
    where hold_lot.profile_id = p_profile and hold_lot.order_id = p_order
  ), entry as (
    select seq, 1 as side, 'member.held' as account, lot_id as lot, -points as amount from part
    union all select seq, 2, 'member.active', into_lot, points from part
  )
  select array_agg(account order by seq, side), array_agg(lot order by seq, side), array_agg(amount order by seq, side)
  into v_accounts, v_lots, v_amounts from entry;
  perform public.loyalty_post(p_profile, v_hold.program_id, 'RELEASE', p_at, p_now, v_about, v_accounts, v_lots, v_amounts);
  perform public.loyalty_repay_debt(p_profile, v_hold.program_id, p_at, p_now, v_about);
  return v_hold.points;
end $$;

-- Points that come back after their lot has expired live a little longer, in a lot of their own.
create or replace function public.loyalty_open_grace_lot(p_lot public.lot, p_points bigint, p_at timestamptz, p_program uuid)
returns uuid language plpgsql as $$
declare
  v_hours integer;
begin
  select (settings ->> 'releaseGraceHours')::integer into v_hours from public.loyalty_version_at(p_program, p_at);
  return public.loyalty_open_lot(p_lot.profile_id, p_program, 'RESTORE', null, p_lot.rule_id, p_points, p_lot.earned_at,
    p_at, p_at + make_interval(hours => coalesce(v_hours, 24)), p_lot.id, p_lot.restrictions);
end $$;

-- The order was paid: what is held for it is spent. Returns how much; 0 where nothing is held.
create or replace function public.loyalty_capture(
  p_profile uuid, p_order uuid, p_now timestamptz, p_actor text default 'system'
) returns bigint language plpgsql as $$
declare
  v_hold public.hold;
  v_lots uuid[];
  v_points bigint[];
begin
  update public.hold set status = 'CAPTURED', ended_at = p_now
  where profile_id = p_profile and order_id = p_order and status = 'HELD' returning * into v_hold;
  if not found then return 0; end if;
  perform public.loyalty_lock_account(p_profile, v_hold.program_id, p_now);
  select array_agg(lot_id order by seq), array_agg(points order by seq) into v_lots, v_points
  from public.hold_lot where profile_id = p_profile and order_id = p_order;
  perform public.loyalty_post_pairs(p_profile, v_hold.program_id, 'CAPTURE', p_now, p_now,
    jsonb_build_object('orderId', p_order, 'actor', p_actor), 'member.held', 'program.redeemed', v_lots, v_points);
  return v_hold.points;
end $$;

-- The receipt is printed although the hold is gone: what is active pays, the shortage becomes debt and an incident.
-- Returns the shortage.
create or replace function public.loyalty_spend_late(
  p_profile uuid, p_program uuid, p_order uuid, p_points bigint, p_now timestamptz, p_actor text default 'system'
) returns bigint language plpgsql as $$
declare
  v_account public.loyalty_account := public.loyalty_lock_account(p_profile, p_program, p_now);
  v_covered bigint := least(v_account.active, p_points);
  v_shortage bigint := p_points - v_covered;
begin
  if v_covered > 0 then
    perform public.loyalty_hold_lots(p_profile, p_program, p_order, v_covered, p_now, p_now, p_actor, null);
    perform public.loyalty_capture(p_profile, p_order, p_now, p_actor);
  end if;
  if v_shortage = 0 then return 0; end if;
  perform public.loyalty_post(p_profile, p_program, 'OVERDRAFT', p_now, p_now,
    jsonb_build_object('orderId', p_order, 'actor', p_actor, 'debt', v_shortage),
    array['member.debt', 'program.redeemed'], array[null, null]::uuid[], array[-v_shortage, v_shortage]);
  perform public.loyalty_raise_incident(p_profile, 'LATE_COMMIT_OVERDRAFT', p_order,
    jsonb_build_object('points', p_points, 'covered', v_covered, 'overdrawn', v_shortage), p_now);
  return v_shortage;
end $$;
