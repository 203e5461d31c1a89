-- Limits of promotions, on the till's way: held with a begun order, kept at commit, given back at cancel and full return.
-- Named by the functions of the orders' room directly (one round trip).
--
-- A use: { promotionId, revision, title, times, discount, points, code, limits }, limits: null or
--   { shopper: { max, from } or null, total: { max, key, from } or null, budget: { max, key } or null }
-- `from` of the shopper's is a moment (null: always), keys are those of `promotion_counter`; made by limit-windows.ts.
--
-- Totals stand in counters that count what is held too; a hold whose time is over is taken off when they are read, until
-- somebody clears it away. A shopper's own times are counted from their uses: the limit itself keeps those few. Whoever
-- takes some holds the lock of that promotion, in the order of promotions' ids; giving back needs none.

-- How much is used, at this moment. p_limits: [{ promotionId, limits }]; p_order: its own holds do not count.
-- Answers { promotionId: { shopperTimes, totalTimes, spent } }.
create or replace function public.promotion_uses(p_profile uuid, p_limits jsonb, p_order uuid, p_now timestamptz)
returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(item ->> 'promotionId',
    public.promotion_use_of((item ->> 'promotionId')::uuid, item -> 'limits', p_profile, p_order, p_now)), '{}')
  from jsonb_array_elements(p_limits) item
$$;

create or replace function public.promotion_use_of(
  p_promotion uuid, p_limits jsonb, p_profile uuid, p_order uuid, p_now timestamptz
) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'shopperTimes', case when p_profile is not null and jsonb_typeof(p_limits -> 'shopper') = 'object'
      then public.promotion_times_of_shopper(p_profile, p_promotion, (p_limits #>> '{shopper,from}')::timestamptz, p_order, p_now)
      else 0 end,
    'totalTimes', case when jsonb_typeof(p_limits -> 'total') = 'object'
      then public.promotion_counted(p_promotion, p_limits #>> '{total,from}', p_limits #>> '{total,key}', p_order, p_now)
      else 0 end,
    'spent', case when jsonb_typeof(p_limits -> 'budget') = 'object'
      then public.promotion_counted(p_promotion, p_limits #>> '{budget,key}', p_limits #>> '{budget,key}', p_order, p_now)
      else 0 end)
$$;

-- The sum of the counters from one key to another, without what is held no more and without the order's own.
create or replace function public.promotion_counted(p_promotion uuid, p_from text, p_to text, p_order uuid, p_now timestamptz)
returns bigint language sql stable as $$
  select greatest(0, coalesce((
      select sum(used) from public.promotion_counter
      where promotion_id = p_promotion and key between p_from and p_to), 0)
    - coalesce((
      select sum(case when spent_key = p_to then spent else times end) from public.promotion_hold
      where promotion_id = p_promotion and expires_at <= p_now
        and (spent_key = p_to or times_key between p_from and p_to)), 0)
    - coalesce((
      select sum(case when spent_key = p_to then spent else times end) from public.promotion_hold
      where order_id = p_order and promotion_id = p_promotion and expires_at > p_now
        and (spent_key = p_to or times_key between p_from and p_to)), 0))::bigint
$$;

create or replace function public.promotion_times_of_shopper(
  p_profile uuid, p_promotion uuid, p_from timestamptz, p_order uuid, p_now timestamptz
) returns bigint language sql stable as $$
  select coalesce((
      select sum(times) from public.promotion_use
      where profile_id = p_profile and promotion_id = p_promotion and returned_at is null
        and counted_at >= coalesce(p_from, '-infinity') and order_id is distinct from p_order), 0)
    + coalesce((
      select sum(times) from public.promotion_hold
      where profile_id = p_profile and promotion_id = p_promotion and expires_at > p_now
        and order_id is distinct from p_order), 0)
$$;

-- Holds what an order is to use, instead of what it held before. p_profile: null where nobody is known, p_owner: whose
-- row it becomes. Refuses PromotionTaken { promotionId, title, reason } where a limit is reached.
create or replace function public.hold_promotion_uses(
  p_order uuid, p_profile uuid, p_owner uuid, p_uses jsonb, p_until timestamptz, p_now timestamptz
) returns void language plpgsql as $$
declare
  v_item record;
begin
  for v_item in
    select coalesce(wanted.id, held.promotion_id) as promotion, wanted.use, held.promotion_id is not null as held
    from (
      select (value ->> 'promotionId')::uuid as id, value as use from jsonb_array_elements(p_uses)
      where jsonb_typeof(value -> 'limits') = 'object') wanted
    full join (select promotion_id from public.promotion_hold where order_id = p_order) held on held.promotion_id = wanted.id
    order by 1
  loop
    if v_item.use is not null then perform public.lock_promotion_limits(v_item.promotion, v_item.use -> 'limits', p_profile); end if;
    if v_item.held then perform public.release_promotion_hold(p_order, v_item.promotion); end if;
    if v_item.use is not null then
      perform public.clear_promotion_holds(v_item.promotion, p_now);
      perform public.refuse_promotion_limits(v_item.promotion, v_item.use, p_profile, p_now);
      perform public.take_promotion_hold(p_order, p_owner, v_item.promotion, v_item.use, p_until);
    end if;
  end loop;
end $$;

-- Whoever takes some of a limit waits for whoever takes some of the same.
create or replace function public.lock_promotion_limits(p_promotion uuid, p_limits jsonb, p_profile uuid)
returns void language plpgsql as $$
begin
  if jsonb_typeof(p_limits -> 'total') = 'object' or jsonb_typeof(p_limits -> 'budget') = 'object' then
    perform pg_advisory_xact_lock(hashtextextended('promotion:' || p_promotion, 0));
  end if;
  if jsonb_typeof(p_limits -> 'shopper') = 'object' and p_profile is not null then
    perform pg_advisory_xact_lock(hashtextextended('promotion:' || p_promotion || p_profile, 0));
  end if;
end $$;

create or replace function public.refuse_promotion_limits(p_promotion uuid, p_use jsonb, p_profile uuid, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_reason text := public.promotion_limit_exceeded(p_promotion, p_use, p_profile, p_now,
    (p_use ->> 'times')::bigint, (p_use ->> 'discount')::bigint);
begin
  if v_reason is not null then
    perform public.refuse('PromotionTaken', jsonb_build_object('promotionId', p_promotion, 'title', p_use ->> 'title',
      'reason', v_reason));
  end if;
end $$;

-- Which limit would be exceeded by so much more; null: none.
create or replace function public.promotion_limit_exceeded(
  p_promotion uuid, p_use jsonb, p_profile uuid, p_now timestamptz, p_times bigint, p_spent bigint
) returns text language plpgsql as $$
declare
  v_limits jsonb := p_use -> 'limits';
  v_used jsonb := public.promotion_use_of(p_promotion, v_limits, p_profile, null, p_now);
begin
  return case
    when p_profile is not null
      and (v_used ->> 'shopperTimes')::bigint + p_times > (v_limits #>> '{shopper,max}')::bigint then 'LIMIT_PER_SHOPPER'
    when (v_used ->> 'totalTimes')::bigint + p_times > (v_limits #>> '{total,max}')::bigint then 'LIMIT_TOTAL'
    when (v_used ->> 'spent')::bigint + p_spent > (v_limits #>> '{budget,max}')::bigint then 'BUDGET' end;
end $$;

create or replace function public.take_promotion_hold(
  p_order uuid, p_owner uuid, p_promotion uuid, p_use jsonb, p_until timestamptz
) returns void language plpgsql as $$
declare
  v_times integer := (p_use ->> 'times')::integer;
  v_spent bigint := (p_use ->> 'discount')::bigint;
begin
  perform public.count_promotion(p_promotion, p_use #>> '{limits,budget,key}', v_spent);
  perform public.count_promotion(p_promotion, p_use #>> '{limits,total,key}', v_times);
  insert into public.promotion_hold (profile_id, order_id, promotion_id, times, spent, times_key, spent_key, expires_at)
  values (p_owner, p_order, p_promotion, v_times, v_spent, p_use #>> '{limits,total,key}', p_use #>> '{limits,budget,key}', p_until);
end $$;

create or replace function public.count_promotion(p_promotion uuid, p_key text, p_by bigint)
returns void language plpgsql as $$
begin
  if p_key is null or p_by = 0 then return; end if;
  insert into public.promotion_counter as counter (promotion_id, key, used)
  values (p_promotion, p_key, greatest(0, p_by))
  on conflict (promotion_id, key) do update set used = greatest(0, counter.used + p_by);
end $$;

create or replace function public.release_promotion_hold(p_order uuid, p_promotion uuid) returns void language plpgsql as $$
declare
  v_hold public.promotion_hold;
begin
  delete from public.promotion_hold where order_id = p_order and promotion_id = p_promotion returning * into v_hold;
  if not found then return; end if;
  perform public.count_promotion(p_promotion, v_hold.spent_key, -v_hold.spent);
  perform public.count_promotion(p_promotion, v_hold.times_key, -v_hold.times);
end $$;

-- Clears away what is held no more; what somebody else is at is left to them.
create or replace function public.clear_promotion_holds(p_promotion uuid, p_now timestamptz) returns void language plpgsql as $$
declare
  v_order uuid;
begin
  for v_order in
    select order_id from public.promotion_hold where promotion_id = p_promotion and expires_at <= p_now
    limit 50 for update skip locked
  loop
    perform public.release_promotion_hold(v_order, p_promotion);
  end loop;
end $$;

-- The order is not to be sold: what it holds is given back.
create or replace function public.release_promotion_uses(p_order uuid, p_now timestamptz) returns void language plpgsql as $$
declare
  v_promotion uuid;
begin
  for v_promotion in select promotion_id from public.promotion_hold where order_id = p_order order by 1 loop
    perform public.release_promotion_hold(p_order, v_promotion);
  end loop;
end $$;

-- The order is sold: what it held stays counted, and each promotion's use is written down. Where it is held no more it is
-- counted all the same, the receipt being printed. Answers the limits exceeded by that: [{ promotionId, title, reason }].
create or replace function public.keep_promotion_uses(p_order public.orders, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_use jsonb;
  v_reason text;
  v_exceeded jsonb := '[]';
begin
  insert into public.promotion_use (profile_id, id, promotion_id, revision, order_id, store_id, occurred_at, counted_at,
    currency, discount, points, times, code, known)
  select p_order.profile_id, uuidv7(), "promotionId", revision, p_order.id, p_order.store_id, p_order.occurred_at,
    p_order.begun_at, p_order.currency, discount, points, times, code, p_order.identified_at is not null
  from jsonb_to_recordset(p_order.promotions) as used ("promotionId" uuid, revision integer, discount bigint, points bigint,
    times integer, code text);
  for v_use in
    select value from jsonb_array_elements(p_order.promotions) where jsonb_typeof(value -> 'limits') = 'object'
    order by (value ->> 'promotionId')::uuid
  loop
    delete from public.promotion_hold where profile_id = p_order.profile_id and order_id = p_order.id
      and promotion_id = (v_use ->> 'promotionId')::uuid and expires_at > p_now;
    continue when found;
    v_reason := public.keep_promotion_late(p_order, v_use, p_now);
    if v_reason is not null then
      v_exceeded := v_exceeded || jsonb_build_array(jsonb_build_object('promotionId', v_use -> 'promotionId',
        'title', v_use -> 'title', 'reason', v_reason));
    end if;
  end loop;
  return v_exceeded;
end $$;

-- Which limit is exceeded now; null: there was room.
create or replace function public.keep_promotion_late(p_order public.orders, p_use jsonb, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_promotion uuid := (p_use ->> 'promotionId')::uuid;
  v_profile uuid := case when p_order.identified_at is not null then p_order.profile_id end;
begin
  perform public.lock_promotion_limits(v_promotion, p_use -> 'limits', v_profile);
  perform public.release_promotion_hold(p_order.id, v_promotion);
  perform public.count_promotion(v_promotion, p_use #>> '{limits,budget,key}', (p_use ->> 'discount')::bigint);
  perform public.count_promotion(v_promotion, p_use #>> '{limits,total,key}', (p_use ->> 'times')::bigint);
  return public.promotion_limit_exceeded(v_promotion, p_use, v_profile, p_now, 0, 0);
end $$;

-- All of the purchase came back: its uses count no more.
create or replace function public.return_promotion_uses(p_order public.orders, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_use jsonb;
begin
  update public.promotion_use set returned_at = p_now
  where profile_id = p_order.profile_id and order_id = p_order.id and returned_at is null;
  if not found then return; end if;
  for v_use in
    select value from jsonb_array_elements(p_order.promotions) where jsonb_typeof(value -> 'limits') = 'object'
    order by (value ->> 'promotionId')::uuid
  loop
    perform public.count_promotion((v_use ->> 'promotionId')::uuid, v_use #>> '{limits,budget,key}', -(v_use ->> 'discount')::bigint);
    perform public.count_promotion((v_use ->> 'promotionId')::uuid, v_use #>> '{limits,total,key}', -(v_use ->> 'times')::bigint);
  end loop;
end $$;
