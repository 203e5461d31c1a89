-- What becomes of an order's promotions, codes and personal offers as it goes its way. Names functions of the offers'
-- room directly, like the till's other functions. Called only where an order has promotions. Codes come before limits,
-- limits before personal offers, each in the order of ids, everywhere: two tills never wait for each other.

-- Holds what the order was calculated with, instead of what it held before it was replaced.
-- Refuses PromotionTaken { promotionId, title, reason } or { code, reason }.
create or replace function public.hold_order_promotions(p_order public.orders, p_replaced boolean, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_uses jsonb := coalesce(p_order.promotions, '[]');
  v_codes jsonb := public.codes_of(v_uses);
begin
  if p_replaced or v_codes <> '[]' then
    perform public.hold_promo_codes(p_order.id, p_order.profile_id, v_codes, p_order.hold_expires_at, p_now);
  end if;
  perform public.hold_promotion_uses(p_order.id, case when p_order.identified_at is not null then p_order.profile_id end,
    p_order.profile_id, v_uses, p_order.hold_expires_at, p_now);
  if p_replaced or v_uses @> '[{"granted": true}]' then
    perform public.hold_offer_grants(p_order.id, case when p_order.identified_at is not null then p_order.profile_id end,
      (select coalesce(jsonb_agg(value), '[]') from jsonb_array_elements(v_uses) where value @> '{"granted": true}'),
      p_order.hold_expires_at, p_now);
  end if;
end $$;

create or replace function public.codes_of(p_uses jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_agg(jsonb_build_object('code', value -> 'code', 'promotionId', value -> 'promotionId')), '[]')
  from jsonb_array_elements(p_uses) where value ->> 'code' is not null
$$;

-- It is not to be sold.
create or replace function public.release_order_promotions(p_order public.orders, p_now timestamptz)
returns void language plpgsql as $$
begin
  if public.codes_of(p_order.promotions) <> '[]' then perform public.release_promo_codes(p_order.id, p_now); end if;
  perform public.release_promotion_uses(p_order.id, p_now);
  perform public.release_offer_grants(p_order.id);
end $$;

-- It is sold. What was taken by others meanwhile is used all the same, and told to staff.
create or replace function public.keep_order_promotions(p_order public.orders, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_twice jsonb := '[]';
  v_exceeded jsonb;
begin
  if public.codes_of(p_order.promotions) <> '[]' then
    v_twice := coalesce(public.redeem_promo_codes(p_order.id, p_order.profile_id, p_now), '[]');
  end if;
  v_exceeded := public.keep_promotion_uses(p_order, p_now);
  if p_order.identified_at is not null then
    v_exceeded := v_exceeded
      || public.redeem_offer_grants(p_order.id, p_order.profile_id, p_order.promotions, p_now);
  end if;
  if v_twice <> '[]' then
    perform public.loyalty_raise_incident(p_order.profile_id, 'CODE_USED_TWICE', p_order.id,
      jsonb_build_object('codes', v_twice), p_now);
  end if;
  if v_exceeded <> '[]' then
    perform public.loyalty_raise_incident(p_order.profile_id, 'LIMIT_EXCEEDED', p_order.id,
      jsonb_build_object('promotions', v_exceeded), p_now);
  end if;
end $$;

-- All of it came back, or it was no sale in the end.
create or replace function public.return_order_promotions(p_order public.orders, p_free_codes boolean, p_now timestamptz)
returns void language plpgsql as $$
begin
  if p_free_codes and public.codes_of(p_order.promotions) <> '[]' then
    perform public.free_promo_codes(p_order.id, p_now);
  end if;
  perform public.return_promotion_uses(p_order, p_now);
  perform public.free_offer_grants(p_order.id, p_now);
end $$;

-- Promotions that could not be calculated were left out; staff are told, once while it stands open.
create or replace function public.note_failed_promotions(p_order public.orders, p_failed jsonb, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_failed jsonb;
begin
  for v_failed in select value from jsonb_array_elements(p_failed) loop
    perform public.loyalty_raise_incident(p_order.profile_id, 'RULE_FAILED', p_order.id, v_failed, p_now);
  end loop;
end $$;
