-- Points granted: by orders, events, imports, staff.

-- Grants points as a lot: pending until p_activate_at, active at once if that has come. Returns the lot; null for 0.
create or replace function public.loyalty_earn(
  p_profile uuid, p_program uuid, p_source text, p_source_id uuid, p_rule_id text, p_points bigint,
  p_earned_at timestamptz, p_activate_at timestamptz, p_expire_at timestamptz, p_now timestamptz,
  p_order uuid default null, p_actor text default 'system', p_reason text default null
) returns uuid language plpgsql as $$
declare
  v_lot uuid;
  v_about jsonb := jsonb_build_object('orderId', p_order, 'actor', p_actor, 'reason', p_reason, 'source', p_source);
begin
  if p_points = 0 then return null; end if;
  perform public.loyalty_lock_account(p_profile, p_program, p_now);
  v_lot := public.loyalty_open_lot(p_profile, p_program, p_source, p_source_id, p_rule_id, p_points, p_earned_at,
    p_activate_at, p_expire_at, null, null);
  perform public.loyalty_post(p_profile, p_program, 'EARN', p_earned_at, p_now, v_about,
    array['program.issued', case when p_activate_at <= p_now then 'member.active' else 'member.pending' end],
    array[v_lot, v_lot], array[-p_points, p_points]);
  if p_activate_at <= p_now then
    perform public.loyalty_repay_debt(p_profile, p_program, p_now, p_now, v_about);
    -- Recorded so late that it has expired meanwhile.
    perform public.loyalty_bring_to_now(p_profile, p_program, p_now);
  end if;
  return v_lot;
end $$;

-- A correction by staff, with its reason. A minus takes the nearest expiry first and is refused below 0 unless the
-- caller allows debt; a plus beyond 2^31 - 1 points in all is refused too. Returns the balance.
create or replace function public.loyalty_adjust(
  p_profile uuid, p_program uuid, p_points bigint, p_reason text, p_activate_at timestamptz, p_expire_at timestamptz,
  p_allow_debt boolean, p_now timestamptz, p_actor text, p_request_id text default null
) returns jsonb language plpgsql as $$
declare
  v_account public.loyalty_account := public.loyalty_bring_to_now(p_profile, p_program, p_now);
  v_about jsonb := jsonb_build_object('actor', p_actor, 'reason', p_reason, 'requestId', p_request_id, 'source', 'ADJUST');
  v_lot uuid;
begin
  if v_account.status <> 'ACTIVE' then
    perform public.refuse('AccountBlocked', jsonb_build_object('status', v_account.status));
  end if;
  -- What is told of an account is told in 32 bits.
  if v_account.active + v_account.pending + v_account.held + p_points > 2147483647 then
    perform public.refuse('TooManyPoints');
  end if;
  if p_points > 0 then
    v_lot := public.loyalty_open_lot(p_profile, p_program, 'ADJUST', null, null, p_points, p_now, p_activate_at,
      p_expire_at, null, null);
    perform public.loyalty_post(p_profile, p_program, 'ADJUST', p_now, p_now, v_about,
      array['program.adjusted', case when p_activate_at <= p_now then 'member.active' else 'member.pending' end],
      array[v_lot, v_lot], array[-p_points, p_points]);
    perform public.loyalty_repay_debt(p_profile, p_program, p_now, p_now, v_about);
  elsif p_points < 0 then
    perform public.loyalty_adjust_down(v_account, -p_points, p_allow_debt, p_now, v_about);
  end if;
  return public.loyalty_balance(p_profile, p_program);
end $$;

create or replace function public.loyalty_adjust_down(
  p_account public.loyalty_account, p_points bigint, p_allow_debt boolean, p_now timestamptz, p_about jsonb
) returns void language plpgsql as $$
declare
  v_covered bigint := least(p_account.active, p_points);
  v_shortage bigint := p_points - v_covered;
  v_accounts text[];
  v_lots uuid[];
  v_amounts bigint[];
begin
  if v_shortage > 0 and not p_allow_debt then
    perform public.refuse('InsufficientPoints', jsonb_build_object('available', p_account.active, 'requested', p_points));
  end if;
  with entry as (
    select seq, side.sign, side.account, lot_id, points * side.sign as amount
    from public.loyalty_active_lots(p_account.profile_id, p_account.program_id, v_covered, null),
      (values ('member.active', -1), ('program.adjusted', 1)) as side (account, sign)
    union all
    select null, side.sign, side.account, null, v_shortage * side.sign
    from (values ('member.debt', -1), ('program.adjusted', 1)) as side (account, sign) where v_shortage > 0
  )
  select array_agg(account order by seq, sign), array_agg(lot_id order by seq, sign), array_agg(amount order by seq, sign)
  into v_accounts, v_lots, v_amounts from entry;
  perform public.loyalty_post(p_account.profile_id, p_account.program_id, 'ADJUST', p_now, p_now,
    p_about || jsonb_build_object('debt', v_shortage), v_accounts, v_lots, v_amounts);
end $$;
