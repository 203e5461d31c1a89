-- Personal offers on the till's way: read with the basket, held with a begun order, used at commit, free again after a
-- full return. Named by the functions of the orders' room directly (one round trip). A hold whose time is over holds
-- nothing: no job comes first. Whoever takes grants locks them in the order of promotions' ids.

-- Ids of the promotions this shopper holds open at that moment, each once; what other orders under way are promised is
-- not among them. Promotions of other brands do no harm: the calculation is given those of one brand.
-- p_order: its own holds do not count.
create or replace function public.granted_offers(p_profile uuid, p_brand uuid, p_order uuid, p_now timestamptz)
returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(distinct own.promotion_id), '[]') from public.offer_grant own
  where own.profile_id = p_profile and own.state = 'OPEN' and public.offer_grant_open(own, p_order, p_now)
$$;

-- Whether it is good for one purchase more.
create or replace function public.offer_grant_open(p_grant public.offer_grant, p_order uuid, p_now timestamptz)
returns boolean language sql stable as $$
  select p_grant.state = 'OPEN' and p_grant.valid_from <= p_now and coalesce(p_grant.valid_to > p_now, true)
    and coalesce(public.offer_grant_taken(p_grant, p_order, p_now) < p_grant.uses, true)
$$;

-- Purchases it was used for or is promised to, those of p_order aside.
create or replace function public.offer_grant_taken(p_grant public.offer_grant, p_order uuid, p_now timestamptz)
returns bigint language sql stable as $$
  select cardinality(p_grant.order_ids) + count(*) from jsonb_each_text(p_grant.holds) as held (order_id, until)
  where held.until::timestamptz > p_now and held.order_id is distinct from p_order::text
$$;

-- Holds one grant of each promotion for a begun order, the one that ends soonest, instead of what it held before.
-- p_profile: null where nobody is known; p_wanted: [{ promotionId, title }].
-- Refuses PromotionTaken { promotionId, title, reason: NOT_GRANTED } where another order was quicker.
create or replace function public.hold_offer_grants(
  p_order uuid, p_profile uuid, p_wanted jsonb, p_until timestamptz, p_now timestamptz
) returns void language plpgsql as $$
declare
  v_item record;
  v_grant uuid;
begin
  for v_item in
    select coalesce(wanted.id, held.promotion_id) as promotion, wanted.id is not null as wanted, wanted.title
    from (select (value ->> 'promotionId')::uuid as id, value ->> 'title' as title from jsonb_array_elements(p_wanted)) wanted
    full join (select distinct promotion_id from public.offer_grant where holds <> '{}' and holds ? p_order::text) held
      on held.promotion_id = wanted.id
    order by 1
  loop
    v_grant := null;
    if v_item.wanted then
      select own.id into v_grant from public.offer_grant own
      where own.profile_id = p_profile and own.promotion_id = v_item.promotion and own.state = 'OPEN'
        and public.offer_grant_open(own, p_order, p_now)
      order by own.holds ? p_order::text desc, own.valid_to nulls last, own.id limit 1 for update;
      if v_grant is null then
        perform public.refuse('PromotionTaken', jsonb_build_object('promotionId', v_item.promotion, 'title', v_item.title,
          'reason', 'NOT_GRANTED'));
      end if;
    end if;
    perform public.release_offer_grant(p_order, v_item.promotion, v_grant);
    update public.offer_grant set updated_at = p_now,
      holds = public.offer_holds_now(holds, p_now) || jsonb_build_object(p_order::text, p_until)
    where profile_id = p_profile and id = v_grant;
  end loop;
end $$;

create or replace function public.offer_holds_now(p_holds jsonb, p_now timestamptz) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(p_holds) where (value #>> '{}')::timestamptz > p_now
$$;

-- What the order holds of a promotion, but for the grant it keeps.
create or replace function public.release_offer_grant(p_order uuid, p_promotion uuid, p_kept uuid)
returns void language sql as $$
  update public.offer_grant set holds = holds - p_order::text
  where holds <> '{}' and holds ? p_order::text and promotion_id = p_promotion and id is distinct from p_kept
$$;

-- The order is not to be sold.
create or replace function public.release_offer_grants(p_order uuid) returns void language plpgsql as $$
declare
  v_promotion uuid;
begin
  for v_promotion in
    select distinct promotion_id from public.offer_grant where holds <> '{}' and holds ? p_order::text order by 1
  loop
    perform public.release_offer_grant(p_order, v_promotion, null);
  end loop;
end $$;

-- Uses one grant of each promotion for this purchase: the one it holds, else the one that ends soonest; a repeat changes
-- nothing. One that has run out since the quote, was taken back or is promised to others is used too: the receipt is
-- printed. Promotions that were not granted are left alone, but what of them was shown is told as used.
-- p_uses: all promotions the purchase got, [{ promotionId, title, granted }].
-- Answers those that had to be granted and are used up elsewhere: [{ promotionId, title, reason: NOT_GRANTED }].
create or replace function public.redeem_offer_grants(p_order uuid, p_profile uuid, p_uses jsonb, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_use jsonb;
  v_missing jsonb := '[]';
begin
  for v_use in select value from jsonb_array_elements(p_uses) order by (value ->> 'promotionId')::uuid loop
    if not public.redeem_offer_grant(p_order, p_profile, (v_use ->> 'promotionId')::uuid, p_now)
      and coalesce((v_use ->> 'granted')::boolean, false) then
      v_missing := v_missing || jsonb_build_array(jsonb_build_object('promotionId', v_use -> 'promotionId',
        'title', v_use -> 'title', 'reason', 'NOT_GRANTED'));
    end if;
  end loop;
  return v_missing;
end $$;

-- False: there was none to use.
create or replace function public.redeem_offer_grant(p_order uuid, p_profile uuid, p_promotion uuid, p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_grant uuid;
  v_showing uuid;
begin
  if exists (select from public.offer_grant where profile_id = p_profile and promotion_id = p_promotion
    and order_ids @> array[p_order]) then return true; end if;
  select own.id into v_grant from public.offer_grant own
  where own.profile_id = p_profile and own.promotion_id = p_promotion and own.valid_from <= p_now
    and (own.state = 'OPEN' or own.state = 'WITHDRAWN' and own.holds ? p_order::text)
  order by own.holds ? p_order::text desc, public.offer_grant_open(own, p_order, p_now) desc,
    coalesce(own.valid_to <= p_now, false), own.valid_to nulls last, own.id limit 1 for update;
  update public.offer_grant set order_ids = order_ids || p_order, holds = holds - p_order::text, updated_at = p_now,
    state = case when cardinality(order_ids) + 1 >= uses then 'REDEEMED' else state end
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
  return v_grant is not null;
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
      order_ids, holds, state, granted_by, created_at, updated_at)
    select (wanted ->> 'profileId')::uuid, (wanted ->> 'id')::uuid, (payload ->> 'promotionId')::uuid,
      payload ->> 'source', payload ->> 'reason', wanted ->> 'dedupeKey', (payload ->> 'validFrom')::timestamptz,
      (payload ->> 'validTo')::timestamptz, (payload ->> 'uses')::integer, '{}', '{}', 'OPEN', payload ->> 'grantedBy',
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
