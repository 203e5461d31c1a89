-- Time never waits for a job: every operation on an account first does what has fallen due, in the order of time, each
-- thing as of its own moment. The result is the same whether a background job ran in between or not.

create or replace function public.loyalty_bring_to_now(p_profile uuid, p_program uuid, p_now timestamptz)
returns public.loyalty_account language plpgsql as $$
declare
  v_account public.loyalty_account := public.loyalty_lock_account(p_profile, p_program, p_now);
  v_at timestamptz;
begin
  if v_account.due_at is null or v_account.due_at > p_now then return v_account; end if;
  loop
    v_at := public.loyalty_next_due(p_profile, p_program);
    exit when v_at is null or v_at > p_now;
    perform public.loyalty_end_hold(p_profile, order_id, 'EXPIRED', v_at, p_now, 'system')
    from (select order_id from public.hold
      where profile_id = p_profile and program_id = p_program and status = 'HELD' and expires_at <= v_at
      order by order_id) overdue;
    perform public.loyalty_activate_lots(p_profile, p_program, v_at, p_now);
    perform public.loyalty_expire_lots(p_profile, p_program, v_at, p_now);
  end loop;
  update public.loyalty_account set due_at = v_at where profile_id = p_profile and program_id = p_program
  returning * into v_account;
  return v_account;
end $$;

-- The first moment at which points of the account become active, expire or are released.
create or replace function public.loyalty_next_due(p_profile uuid, p_program uuid)
returns timestamptz language sql stable as $$
  select least(
    (select least(min(activate_at) filter (where pending > 0), min(expire_at) filter (where active > 0))
     from public.lot where profile_id = p_profile and program_id = p_program and remaining > 0),
    (select min(expires_at) from public.hold where profile_id = p_profile and program_id = p_program and status = 'HELD'))
$$;

create or replace function public.loyalty_activate_lots(p_profile uuid, p_program uuid, p_at timestamptz, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_about jsonb;
  v_lots uuid[];
  v_points bigint[];
begin
  select array_agg(id order by id), array_agg(pending order by id),
    -- Points of one purchase become active: the history names it.
    jsonb_build_object('actor', 'system', 'orderId',
      case when bool_and(source = 'ORDER') and count(distinct source_id) = 1 then min(source_id::text) end)
  into v_lots, v_points, v_about
  from public.lot
  where profile_id = p_profile and program_id = p_program and remaining > 0 and pending > 0 and activate_at <= p_at;
  if v_lots is null then return; end if;
  perform public.loyalty_post_pairs(p_profile, p_program, 'ACTIVATE', p_at, p_now, v_about,
    'member.pending', 'member.active', v_lots, v_points);
  perform public.loyalty_repay_debt(p_profile, p_program, p_at, p_now, v_about);
end $$;

-- Only what is active expires; what is held waits for its order.
create or replace function public.loyalty_expire_lots(p_profile uuid, p_program uuid, p_at timestamptz, p_now timestamptz)
returns bigint language plpgsql as $$
declare
  v_lots uuid[];
  v_points bigint[];
  v_sum bigint;
begin
  select array_agg(id order by id), array_agg(active order by id), coalesce(sum(active), 0) into v_lots, v_points, v_sum
  from public.lot
  where profile_id = p_profile and program_id = p_program and remaining > 0 and active > 0 and expire_at <= p_at;
  if v_sum > 0 then
    perform public.loyalty_post_pairs(p_profile, p_program, 'EXPIRE', p_at, p_now, '{"actor": "system"}',
      'member.active', 'program.expired', v_lots, v_points);
  end if;
  return v_sum;
end $$;

-- The version of a program that holds at a moment; no row before the first.
create or replace function public.loyalty_version_at(p_program uuid, p_at timestamptz)
returns setof public.program_version language sql stable as $$
  select version.* from public.program_version version
  where version.program_id = p_program and version.valid_from <= p_at
    and not exists (select from public.program_withdrawal where version_id = version.id)
  order by version.valid_from desc limit 1
$$;
