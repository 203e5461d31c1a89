-- The purchase is paid: its codes are used, those too whose hold is over by now: a printed receipt is never refused.
-- Returns the codes that were already used elsewhere, or as often as they may, for an incident:
-- [{ code, promotionId, usedBy: order or null, reason: USED or LIMIT }]. A repeat finds nothing left to do.
create or replace function public.redeem_promo_codes(p_order uuid, p_profile uuid, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  v_person constant uuid := public.promo_code_person(p_profile);
  v_use public.promo_code_use;
  v_code public.promo_code;
  v_pool public.promo_code_pool;
  v_conflict jsonb;
  v_conflicts jsonb := '[]';
begin
  for v_use in
    select * from public.promo_code_use where order_id = p_order and state in ('HELD', 'RELEASED') order by code_id
  loop
    select pool.* into v_pool from public.promo_code code join public.promo_code_pool pool on pool.id = code.pool_id
    where code.id = v_use.code_id;
    if v_pool.kind = 'SINGLE_USE' then
      v_conflict := public.redeem_single_use(v_use.code_id, p_order, p_now);
    else
      v_conflict := public.redeem_generic(v_use, v_pool, v_person);
    end if;
    update public.promo_code_use set state = 'USED', used_at = p_now, profile_id = v_person, released_at = null,
      conflict = v_conflict is not null
    where code_id = v_use.code_id and order_id = p_order;
    select * into v_code from public.promo_code where id = v_use.code_id;
    if v_conflict is not null then
      v_conflicts := v_conflicts || (jsonb_build_object('code', v_code.code, 'promotionId', v_pool.promotion_id) || v_conflict);
    end if;
    if v_person is not null then
      perform public.write_event('code.redeemed', v_person, jsonb_build_object('codeId', v_code.id, 'poolId', v_pool.id,
        'promotionId', v_pool.promotion_id, 'orderId', p_order), p_now);
    end if;
  end loop;
  return v_conflicts;
end $$;

-- The first purchase that was paid has it; who was promised it meanwhile finds it used.
create or replace function public.redeem_single_use(p_code uuid, p_order uuid, p_now timestamptz) returns jsonb language plpgsql as $$
declare
  v_code public.promo_code;
begin
  select * into v_code from public.promo_code where id = p_code for update;
  if v_code.state = 'USED' and v_code.used_order_id <> p_order then
    return jsonb_build_object('usedBy', v_code.used_order_id, 'reason', 'USED');
  end if;
  update public.promo_code set state = 'USED', used_order_id = p_order, used_at = p_now, held_order_id = null, held_until = null
  where id = p_code;
  return null;
end $$;

create or replace function public.redeem_generic(p_use public.promo_code_use, p_pool public.promo_code_pool, p_person uuid)
returns jsonb language plpgsql as $$
declare
  v_over boolean;
begin
  perform public.lock_promo_code_counters(p_use.code_id, p_pool, p_person);
  if p_use.state = 'HELD' then
    perform public.count_promo_code(p_use.code_id, p_pool, p_use.profile_id, -1, 0);
  end if;
  perform public.count_promo_code(p_use.code_id, p_pool, p_person, 0, 1);
  select coalesce(bool_or(used > case when profile_id = public.nobody() then p_pool.uses_total else p_pool.uses_per_shopper end), false)
  into v_over from public.promo_code_counter
  where code_id = p_use.code_id and profile_id in (public.nobody(), p_person);
  return case when v_over then jsonb_build_object('usedBy', null, 'reason', 'LIMIT') end;
end $$;

-- The purchase came back whole: its codes work again, those that have not run out and whose pool says so.
create or replace function public.free_promo_codes(p_order uuid, p_now timestamptz) returns void language plpgsql as $$
declare
  v_use public.promo_code_use;
  v_code public.promo_code;
  v_pool public.promo_code_pool;
begin
  for v_use in select * from public.promo_code_use where order_id = p_order and state = 'USED' order by code_id loop
    select pool.* into v_pool from public.promo_code code join public.promo_code_pool pool on pool.id = code.pool_id
    where code.id = v_use.code_id;
    if v_pool.kind = 'GENERIC' then
      perform public.lock_promo_code_counters(v_use.code_id, v_pool, v_use.profile_id);
      select * into v_code from public.promo_code where id = v_use.code_id;
    else
      select * into v_code from public.promo_code where id = v_use.code_id for update;
    end if;
    continue when not v_pool.free_on_return or v_pool.archived_at <= p_now
      or coalesce(v_code.expires_at, v_pool.valid_to) <= p_now;
    if v_pool.kind = 'GENERIC' then
      perform public.count_promo_code(v_use.code_id, v_pool, v_use.profile_id, 0, -1);
    else
      -- Of two purchases with one code, the one that really used it gives it back.
      update public.promo_code set used_order_id = null, used_at = null,
        state = case when issued_at is null then 'FREE' else 'ISSUED' end
      where id = v_code.id and state = 'USED' and used_order_id = p_order;
      continue when not found;
    end if;
    update public.promo_code_use set state = 'FREED', freed_at = p_now
    where code_id = v_use.code_id and order_id = p_order;
  end loop;
end $$;
