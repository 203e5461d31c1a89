-- Promises the codes of a purchase to it, instead of all it was promised before: call it at every begin, with [] where
-- there are none. p_codes: [{ code, promotionId }] as codes_presented gave them (a plain text where the promotion is not
-- known). One that was taken since the quote is refused: PromotionTaken { code, reason }.
create or replace function public.hold_promo_codes(p_order uuid, p_profile uuid, p_codes jsonb, p_until timestamptz, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_person constant uuid := public.promo_code_person(p_profile);
  v_wanted record;
begin
  perform public.release_promo_codes(p_order, p_now);
  delete from public.promo_code_use where order_id = p_order and state = 'RELEASED';
  -- In one order everywhere: two baskets with the same codes never wait for each other.
  for v_wanted in
    select distinct on (found.id, case when found.id is null then typed.code end) typed.code as typed, found.id
    from (
      select coalesce(item ->> 'code', item #>> '{}') as code, (item ->> 'promotionId')::uuid as promotion_id
      from jsonb_array_elements(coalesce(p_codes, '[]')) item) typed
    left join lateral (
      select code.id from public.promo_code code join public.promo_code_pool pool on pool.id = code.pool_id
      where code.key = public.promo_code_key(typed.code)
        and (typed.promotion_id is null or pool.promotion_id = typed.promotion_id)
      limit 1) found on true
    order by found.id, case when found.id is null then typed.code end
  loop
    if v_wanted.id is null then
      perform public.refuse('PromotionTaken', jsonb_build_object('code', v_wanted.typed, 'reason', 'UNKNOWN'));
    end if;
    perform public.hold_promo_code(v_wanted.id, v_wanted.typed, p_order, v_person, p_until, p_now);
  end loop;
end $$;

create or replace function public.hold_promo_code(
  p_code uuid, p_typed text, p_order uuid, p_person uuid, p_until timestamptz, p_now timestamptz
) returns void language plpgsql as $$
declare
  v_code public.promo_code;
  v_pool public.promo_code_pool;
  v_refused text;
begin
  select pool.* into v_pool from public.promo_code code join public.promo_code_pool pool on pool.id = code.pool_id
  where code.id = p_code;
  if v_pool.kind = 'SINGLE_USE' then
    select * into v_code from public.promo_code where id = p_code for update;
  else
    perform public.lock_promo_code_counters(p_code, v_pool, p_person);
    select * into v_code from public.promo_code where id = p_code;
  end if;
  v_refused := public.promo_code_refusal(v_code, v_pool, p_person, p_order, p_now);
  if v_refused is not null then
    perform public.refuse('PromotionTaken', jsonb_build_object('code', p_typed, 'reason', v_refused));
  end if;
  if v_pool.kind = 'SINGLE_USE' then
    if v_code.state = 'HELD' and v_code.held_order_id <> p_order then
      -- Its time was over; what that order was promised is told as it is.
      update public.promo_code_use set state = 'RELEASED', released_at = held_until
      where code_id = p_code and order_id = v_code.held_order_id and state = 'HELD';
    end if;
    update public.promo_code set state = 'HELD', held_order_id = p_order, held_until = p_until where id = p_code;
  else
    perform public.count_promo_code(p_code, v_pool, p_person, 1, 0);
  end if;
  insert into public.promo_code_use (code_id, order_id, profile_id, state, held_at, held_until)
  values (p_code, p_order, p_person, 'HELD', p_now, p_until)
  on conflict (code_id, order_id) do update set state = 'HELD', profile_id = excluded.profile_id,
    held_at = excluded.held_at, held_until = excluded.held_until, released_at = null;
end $$;

-- The rows that count a generic code, made where they are missing and locked: everybody's, then the shopper's.
create or replace function public.lock_promo_code_counters(p_code uuid, p_pool public.promo_code_pool, p_person uuid)
returns void language plpgsql as $$
declare
  v_counted uuid;
begin
  for v_counted in
    select counted from (values (public.nobody(), p_pool.uses_total), (p_person, p_pool.uses_per_shopper)) wanted (counted, most)
    where counted is not null and most is not null order by counted
  loop
    insert into public.promo_code_counter (code_id, profile_id) values (p_code, v_counted) on conflict do nothing;
    perform from public.promo_code_counter where code_id = p_code and profile_id = v_counted for update;
  end loop;
end $$;

-- Where a limit is counted; a limit set later counts from then on.
create or replace function public.count_promo_code(
  p_code uuid, p_pool public.promo_code_pool, p_person uuid, p_held integer, p_used integer
) returns void language sql as $$
  update public.promo_code_counter set held = greatest(0, held + p_held), used = greatest(0, used + p_used)
  where code_id = p_code and profile_id in (public.nobody(), p_person)
$$;

-- The purchase is off, or its time is over: its codes can be used again.
create or replace function public.release_promo_codes(p_order uuid, p_now timestamptz) returns void language plpgsql as $$
declare
  v_use public.promo_code_use;
  v_pool public.promo_code_pool;
begin
  for v_use in select * from public.promo_code_use where order_id = p_order and state = 'HELD' order by code_id loop
    select pool.* into v_pool from public.promo_code code join public.promo_code_pool pool on pool.id = code.pool_id
    where code.id = v_use.code_id;
    if v_pool.kind = 'SINGLE_USE' then
      update public.promo_code set held_order_id = null, held_until = null,
        state = case when issued_at is null then 'FREE' else 'ISSUED' end
      where id = v_use.code_id and state = 'HELD' and held_order_id = p_order;
    else
      perform public.lock_promo_code_counters(v_use.code_id, v_pool, v_use.profile_id);
    end if;
    update public.promo_code_use set state = 'RELEASED', released_at = least(p_now, held_until)
    where code_id = v_use.code_id and order_id = p_order and state = 'HELD';
    if found and v_pool.kind = 'GENERIC' then
      perform public.count_promo_code(v_use.code_id, v_pool, v_use.profile_id, -1, 0);
    end if;
  end loop;
end $$;
