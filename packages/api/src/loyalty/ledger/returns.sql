-- A returned purchase: spent points come back, earned ones are taken back.

-- 23:59:59 of a day in a zone, `p_days` × 24 hours after a moment; a moment within that last second stays.
create or replace function public.loyalty_end_of_day(p_from timestamptz, p_days integer, p_zone text)
returns timestamptz language sql immutable as $$
  select greatest(moment, (date_trunc('day', moment at time zone p_zone) + interval '23:59:59') at time zone p_zone)
  from (values (p_from + make_interval(hours => 24 * p_days))) as later (moment)
$$;

-- A profile and those merged into it: what they posted is still theirs.
create or replace function public.loyalty_family(p_profile uuid, p_program uuid)
returns setof uuid language sql stable as $$
  with recursive family (profile_id) as (
    select p_profile
    union
    select account.profile_id from public.loyalty_account account
    join family on account.merged_into = family.profile_id and account.program_id = p_program
  )
  select profile_id from family
$$;

-- All in whose accounts postings of a profile's orders may stand: its family, and those it was merged into for a while.
create or replace function public.loyalty_posted_with(p_profile uuid, p_program uuid)
returns setof uuid language sql stable as $$
  with recursive kin (profile_id) as (
    select p_profile
    union
    select near.profile_id from kin, lateral (
      select account.profile_id from public.loyalty_account account
      where account.merged_into = kin.profile_id and account.program_id = p_program
      union all
      select unnest(account.posted_with) from public.loyalty_account account
      where account.profile_id = kin.profile_id and account.program_id = p_program
    ) near
  )
  select profile_id from kin
$$;

-- What an order took from each lot and was not given back yet, last consumed first. A null lot is what was overdrawn.
create or replace function public.loyalty_restorable(p_profile uuid, p_program uuid, p_order uuid)
returns table (lot_id uuid, lot_profile uuid, points bigint) language sql stable as $$
  with posted as (
    select entry.lot_id, entry.amount, entry.profile_id, journal.kind,
      row_number() over (order by journal.posted_at, journal.id, entry.number) as place
    from public.loyalty_journal journal
    join public.loyalty_entry entry on entry.profile_id = journal.profile_id and entry.journal_id = journal.id
    where journal.profile_id in (select public.loyalty_posted_with(p_profile, p_program)) and journal.order_id = p_order
      and journal.program_id = p_program and journal.kind in ('CAPTURE', 'OVERDRAFT', 'RESTORE')
      and entry.account = 'program.redeemed'
  )
  select posted.lot_id, (array_agg(posted.profile_id order by place))[1], sum(amount)::bigint
  from posted group by posted.lot_id having sum(amount) > 0
  order by max(place) filter (where kind <> 'RESTORE') desc
$$;

-- Gives spent points of an order back, in the reverse order of their consumption; they pay debt first. Points whose
-- lot has expired: settings.expiredRestorePolicy, GRACE (a new lot, return date + days, end of day) or ORIGINAL (they
-- expire at once). Returns { restored, expired, repaid }.
create or replace function public.loyalty_restore(
  p_profile uuid, p_program uuid, p_order uuid, p_return uuid, p_points bigint, p_settings jsonb,
  p_return_at timestamptz, p_now timestamptz, p_actor text default 'system'
) returns jsonb language plpgsql as $$
declare
  v_about jsonb := jsonb_build_object('orderId', p_order, 'returnId', p_return, 'actor', p_actor);
  v_left bigint := p_points;
  v_points bigint;
  v_part record;
  v_accounts text[] := '{}';
  v_lots uuid[] := '{}';
  v_amounts bigint[] := '{}';
  v_repaid bigint;
begin
  perform public.loyalty_lock_account(p_profile, p_program, p_now);
  if p_points = 0 then return '{"restored": 0, "expired": 0, "repaid": 0}'; end if;
  for v_part in select * from public.loyalty_restorable(p_profile, p_program, p_order) loop
    exit when v_left = 0;
    v_points := least(v_left, v_part.points);
    v_left := v_left - v_points;
    v_accounts := v_accounts || array['program.redeemed', 'member.active'];
    v_lots := v_lots || array[v_part.lot_id, public.loyalty_lot_to_restore(
      p_profile, p_program, v_part.lot_id, v_part.lot_profile, v_points, p_return, p_settings, p_return_at, p_now)];
    v_amounts := v_amounts || array[-v_points, v_points];
  end loop;
  if v_left > 0 then
    raise exception 'order % cannot give back % points more than it took', p_order, v_left;
  end if;
  perform public.loyalty_post(p_profile, p_program, 'RESTORE', p_return_at, p_now, v_about, v_accounts, v_lots, v_amounts);
  v_repaid := public.loyalty_repay_debt(p_profile, p_program, p_now, p_now, v_about);
  return jsonb_build_object('restored', p_points, 'repaid', v_repaid,
    'expired', public.loyalty_expire_lots(p_profile, p_program, p_now, p_now));
end $$;

-- The lot that restored points go into: their own, or a new one where that is not possible any more.
create or replace function public.loyalty_lot_to_restore(
  p_profile uuid, p_program uuid, p_lot uuid, p_lot_profile uuid, p_points bigint, p_return uuid, p_settings jsonb,
  p_return_at timestamptz, p_now timestamptz
) returns uuid language plpgsql as $$
declare
  v_lot public.lot;
  v_dead boolean;
  v_expire_at timestamptz;
  v_zone text := coalesce(p_settings ->> 'timezone', 'UTC');
begin
  select * into v_lot from public.lot where profile_id = p_lot_profile and id = p_lot;
  if not found then
    -- They were overdrawn: like points granted anew.
    if p_settings ->> 'ttlDays' is not null then
      v_expire_at := public.loyalty_end_of_day(p_return_at, (p_settings ->> 'ttlDays')::integer, v_zone);
    end if;
    return public.loyalty_open_lot(p_profile, p_program, 'RESTORE', p_return, null, p_points, p_return_at, p_return_at,
      v_expire_at, null, null);
  end if;
  v_dead := coalesce(v_lot.expire_at <= p_now, false);
  v_expire_at := v_lot.expire_at;
  if v_dead and coalesce(p_settings #>> '{expiredRestorePolicy,kind}', 'GRACE') = 'GRACE' then
    v_expire_at := public.loyalty_end_of_day(
      p_return_at, coalesce((p_settings #>> '{expiredRestorePolicy,days}')::integer, 14), v_zone);
  elsif v_lot.profile_id = p_profile then
    return v_lot.id;
  end if;
  return public.loyalty_open_lot(p_profile, p_program, 'RESTORE', p_return, v_lot.rule_id, p_points, v_lot.earned_at,
    least(v_lot.activate_at, p_return_at), v_expire_at, v_lot.id, v_lot.restrictions);
end $$;

-- Takes earned points of an order back: its own pending ones, its own active ones, then by settings.returnPolicy.
-- ONLY_PENDING touches nothing active; WITHIN_BALANCE goes on with other active lots, nearest expiry first; DEBT (the
-- default) does too and makes a debt of the rest; FROM_REFUND leaves the rest to the refund. Returns { clawed, debt,
-- shortage }: clawed contains debt, shortage is what was asked for and not taken. The caller remembers what it asked
-- for: a shortage withheld in money is not asked for again.
create or replace function public.loyalty_clawback(
  p_profile uuid, p_program uuid, p_order uuid, p_return uuid, p_points bigint, p_settings jsonb, p_now timestamptz,
  p_actor text default 'system'
) returns jsonb language plpgsql as $$
declare
  v_policy text := coalesce(p_settings ->> 'returnPolicy', 'DEBT');
  v_part record;
  v_left bigint := p_points;
  v_debt bigint := 0;
  v_accounts text[] := '{}';
  v_lots uuid[] := '{}';
  v_amounts bigint[] := '{}';
begin
  perform public.loyalty_lock_account(p_profile, p_program, p_now);
  if p_points > public.loyalty_clawable(p_profile, p_program, p_order) then
    raise exception 'order % did not earn the % points to be clawed back', p_order, p_points;
  end if;
  for v_part in
    select * from public.loyalty_clawback_lots(p_profile, p_program, p_order, p_points, v_policy) order by seq
  loop
    v_accounts := v_accounts || array[v_part.account, 'program.issued'];
    v_lots := v_lots || array[v_part.lot_id, v_part.lot_id];
    v_amounts := v_amounts || array[-v_part.points, v_part.points];
    v_left := v_left - v_part.points;
  end loop;
  if v_policy = 'DEBT' and v_left > 0 then
    v_debt := v_left;
    v_left := 0;
    v_accounts := v_accounts || array['member.debt', 'program.issued'];
    v_lots := v_lots || array[null, null]::uuid[];
    v_amounts := v_amounts || array[-v_debt, v_debt];
  end if;
  if cardinality(v_amounts) > 0 then
    perform public.loyalty_post(p_profile, p_program, 'CLAWBACK', p_now, p_now,
      jsonb_build_object('orderId', p_order, 'returnId', p_return, 'actor', p_actor, 'debt', v_debt),
      v_accounts, v_lots, v_amounts);
  end if;
  if v_debt > 0 then
    perform public.loyalty_raise_incident(p_profile, 'DEBT', p_order, jsonb_build_object('programId', p_program,
      'returnId', p_return, 'clawed', p_points - v_left, 'debt', v_debt), p_now);
  end if;
  return jsonb_build_object('clawed', p_points - v_left, 'debt', v_debt, 'shortage', v_left);
end $$;

-- What an order earned and was not taken back yet.
create or replace function public.loyalty_clawable(p_profile uuid, p_program uuid, p_order uuid)
returns bigint language sql stable as $$
  select coalesce(-sum(entry.amount), 0)::bigint
  from public.loyalty_journal journal
  join public.loyalty_entry entry on entry.profile_id = journal.profile_id and entry.journal_id = journal.id
  where journal.profile_id in (select public.loyalty_posted_with(p_profile, p_program)) and journal.order_id = p_order
    and journal.program_id = p_program and journal.kind in ('EARN', 'CLAWBACK') and entry.account = 'program.issued'
$$;

-- Which points of which lots pay a clawback, in order.
create or replace function public.loyalty_clawback_lots(
  p_profile uuid, p_program uuid, p_order uuid, p_points bigint, p_policy text
) returns table (seq integer, account text, lot_id uuid, points bigint) language sql stable as $$
  with open_lot as (
    select id, pending, active, expire_at, activate_at,
      source in ('ORDER', 'RETRO', 'MERGE', 'UNMERGE') and source_id is not distinct from p_order as own
    from public.lot where profile_id = p_profile and program_id = p_program and remaining > 0
  ), source as (
    select 1 as step, 'member.pending' as account, id, pending as points, expire_at, activate_at from open_lot
    where own and pending > 0
    union all
    select case when own then 2 else 3 end, 'member.active', id, active, expire_at, activate_at from open_lot
    where active > 0
      and (own and p_policy <> 'ONLY_PENDING' or not own and p_policy in ('DEBT', 'WITHIN_BALANCE'))
  ), placed as (
    select source.*, coalesce(sum(source.points) over in_turn - source.points, 0)::bigint as before,
      row_number() over in_turn as seq
    from source
    window in_turn as (order by step, expire_at nulls last, activate_at, id rows unbounded preceding)
  )
  select placed.seq::integer, placed.account, placed.id, least(placed.points, p_points - before)
  from placed where before < p_points
$$;
