-- Personal offers on the till's way: read with the basket, used at commit, free again after a full return. Named by
-- the functions of the orders' room directly (one round trip).

-- Ids of the promotions this shopper holds open at that moment, each once. Promotions of other brands among them do
-- no harm: the calculation is given those of one brand.
create or replace function public.granted_offers(p_profile uuid, p_brand uuid, p_now timestamptz)
returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(distinct promotion_id), '[]') from public.offer_grant
  where profile_id = p_profile and state = 'OPEN' and valid_from <= p_now and (valid_to is null or valid_to > p_now)
$$;

-- Uses one grant of each promotion for this purchase, the one that ends soonest; a repeat changes nothing. One that has
-- run out since the quote is used too: the receipt is printed. Promotions that were not granted are left alone, but
-- what of them was shown is told as used.
-- p_promotions: ids of all promotions the purchase got.
create or replace function public.redeem_offer_grants(p_order uuid, p_profile uuid, p_promotions jsonb, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_promotion uuid;
begin
  for v_promotion in select distinct value::uuid from jsonb_array_elements_text(p_promotions) order by 1 loop
    perform public.redeem_offer_grant(p_order, p_profile, v_promotion, p_now);
  end loop;
end $$;

create or replace function public.redeem_offer_grant(p_order uuid, p_profile uuid, p_promotion uuid, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_grant uuid;
  v_showing uuid;
begin
  if exists (select from public.offer_grant where profile_id = p_profile and promotion_id = p_promotion
    and order_ids @> array[p_order]) then return; end if;
  select id into v_grant from public.offer_grant
  where profile_id = p_profile and promotion_id = p_promotion and state = 'OPEN' and valid_from <= p_now
  order by valid_to is not null and valid_to <= p_now, valid_to nulls last, id limit 1 for update;
  update public.offer_grant set order_ids = order_ids || p_order, updated_at = p_now,
    state = case when cardinality(order_ids) + 1 >= uses then 'REDEEMED' else 'OPEN' end
  where profile_id = p_profile and id = v_grant;
  -- The last time it was shown is the one that worked.
  select id into v_showing from public.offer_showing
  where profile_id = p_profile and promotion_id = p_promotion and redeemed_at is null
    and shown_at > p_now - interval '30 days'
    and not exists (select from public.offer_showing other where other.profile_id = p_profile and other.order_id = p_order
      and other.promotion_id = p_promotion)
  order by shown_at desc, id limit 1 for update;
  update public.offer_showing set redeemed_at = p_now, order_id = p_order where profile_id = p_profile and id = v_showing;
  if v_grant is not null or v_showing is not null then
    perform public.write_event('offer.redeemed', p_profile, jsonb_build_object('promotionId', p_promotion,
      'grantId', v_grant, 'orderId', p_order), p_now);
  end if;
end $$;

-- A full return gives the offers back, those that have not run out meanwhile.
create or replace function public.free_offer_grants(p_order uuid, p_now timestamptz) returns void language sql as $$
  update public.offer_grant set order_ids = array_remove(order_ids, p_order), updated_at = p_now,
    state = case when state = 'REDEEMED' then 'OPEN' else state end
  where order_ids @> array[p_order]
$$;

-- Grants many shoppers the same promotion in one statement; who has the key already keeps what they have.
-- payload: { promotionId, source, reason, validFrom, validTo, uses, grantedBy, now, grants: [{ profileId, dedupeKey }] }
-- Answers the profiles it was granted to.
create or replace function public.grant_offers(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now constant timestamptz := payload ->> 'now';
  v_granted jsonb;
begin
  with granted as (
    insert into public.offer_grant (profile_id, id, promotion_id, source, reason, dedupe_key, valid_from, valid_to, uses,
      order_ids, state, granted_by, created_at, updated_at)
    select (wanted ->> 'profileId')::uuid, (wanted ->> 'id')::uuid, (payload ->> 'promotionId')::uuid,
      payload ->> 'source', payload ->> 'reason', wanted ->> 'dedupeKey', (payload ->> 'validFrom')::timestamptz,
      (payload ->> 'validTo')::timestamptz, (payload ->> 'uses')::integer, '{}', 'OPEN', payload ->> 'grantedBy',
      v_now, v_now
    from jsonb_array_elements(payload -> 'grants') as wanted
    on conflict do nothing
    returning profile_id, id
  )
  select coalesce(jsonb_agg(jsonb_build_object('profileId', profile_id, 'id', id)), '[]') into v_granted from granted;
  perform public.write_event('offer.granted', (one ->> 'profileId')::uuid, jsonb_build_object(
    'promotionId', payload ->> 'promotionId', 'grantId', one ->> 'id', 'source', payload ->> 'source',
    'validTo', payload ->> 'validTo'), v_now) from jsonb_array_elements(v_granted) as one;
  return v_granted;
end $$;

-- An offer was shown at a visit, or the shopper said yes to it; noted once, told once.
-- payload: { profileId, id, visitId, promotionId, storeId, accepted, now }
create or replace function public.note_offer(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_profile constant uuid := payload ->> 'profileId';
  v_id constant uuid := payload ->> 'id';
  v_now constant timestamptz := payload ->> 'now';
  v_facts constant jsonb := jsonb_build_object('promotionId', payload ->> 'promotionId', 'visitId', payload ->> 'visitId',
    'storeId', payload ->> 'storeId');
begin
  insert into public.offer_showing (profile_id, id, visit_id, promotion_id, store_id, shown_at)
  values (v_profile, v_id, (payload ->> 'visitId')::uuid, (payload ->> 'promotionId')::uuid, (payload ->> 'storeId')::uuid, v_now)
  on conflict do nothing;
  if found then perform public.write_event('offer.shown', v_profile, v_facts, v_now); end if;
  if (payload ->> 'accepted')::boolean then
    update public.offer_showing set accepted_at = v_now where profile_id = v_profile and id = v_id and accepted_at is null;
    if found then perform public.write_event('offer.accepted', v_profile, v_facts, v_now); end if;
  end if;
  return '{}';
end $$;
