-- Lots: which of them pay, what they pay first, and how a new one is opened.

-- The lots that pay p_points out of what is active, in spend order: restricted ones that fit, nearest expiry, never
-- last, earlier activation, id. Fewer rows than asked for: the account does not cover it.
-- p_fitting: the restricted lots that fit the goods; null: restrictions do not matter (debt, corrections, returns).
create or replace function public.loyalty_active_lots(p_profile uuid, p_program uuid, p_points bigint, p_fitting uuid[])
returns table (lot_id uuid, points bigint, seq integer) language plpgsql stable as $$
declare
  v_left bigint := p_points;
  v_restricted boolean;
  v_lot record;
begin
  seq := 0;
  foreach v_restricted in array array[true, false] loop
    continue when v_restricted and coalesce(cardinality(p_fitting), 0) = 0;
    -- Read in the order of the index lot_open and only as far as needed: a few of perhaps thousands of lots.
    for v_lot in
      select id, active from public.lot
      where profile_id = p_profile and program_id = p_program and remaining > 0 and active > 0
        and case when v_restricted then restrictions is not null and id = any (p_fitting)
          else p_fitting is null or restrictions is null end
      order by expire_at, activate_at, id
    loop
      exit when v_left <= 0;
      lot_id := v_lot.id;
      points := least(v_lot.active, v_left);
      seq := seq + 1;
      v_left := v_left - points;
      return next;
    end loop;
  end loop;
end $$;

-- What is active pays debt first: called after anything that raises active, in the same transaction.
create or replace function public.loyalty_repay_debt(
  p_profile uuid, p_program uuid, p_at timestamptz, p_now timestamptz, p_about jsonb
) returns bigint language plpgsql as $$
declare
  v_points bigint;
begin
  select least(active, -debt) into v_points from public.loyalty_account
  where profile_id = p_profile and program_id = p_program;
  if coalesce(v_points, 0) = 0 then return 0; end if;
  perform public.loyalty_post_pairs(p_profile, p_program, 'DEBT_REPAY', p_at, p_now, p_about - 'reason',
    'member.active', 'member.debt', array_agg(lot_id order by seq), array_agg(points order by seq))
  from public.loyalty_active_lots(p_profile, p_program, v_points, null);
  return v_points;
end $$;

-- Makes an empty lot; the journal that follows fills it.
create or replace function public.loyalty_open_lot(
  p_profile uuid, p_program uuid, p_source text, p_source_id uuid, p_rule_id text, p_granted bigint,
  p_earned_at timestamptz, p_activate_at timestamptz, p_expire_at timestamptz, p_parent uuid, p_restrictions jsonb
) returns uuid language plpgsql as $$
declare
  v_lot uuid := uuidv7();
begin
  insert into public.lot (profile_id, id, program_id, source, source_id, rule_id, granted, earned_at, activate_at,
    expire_at, parent_lot_id, restrictions)
  values (p_profile, v_lot, p_program, p_source, p_source_id, p_rule_id, p_granted, p_earned_at, p_activate_at,
    p_expire_at, p_parent, p_restrictions);
  return v_lot;
end $$;
