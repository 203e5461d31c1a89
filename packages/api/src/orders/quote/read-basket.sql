-- Everything a basket is judged by, in one round trip; writes nothing. Names tables of the rooms below directly: the
-- one exception to their doors, for the till's round trips.
-- payload: { now, storeId or storeCode, tillId, client, visitId or profileId or blindIndex, skus: [],
--            attributes: of goods that rules ask for, codes: [] presented,
--            promotions: { brandId, limits: [{ promotionId, limits }], orders, grants,
--              segments: [] ids audiences name } or null: what they ask for,
--            key: { source, externalId, scope, requestId } when an order is to be begun,
--            replaces: { source, externalId } of the begun order the basket belongs to }
-- Answers { store, walkInId, visit, profile, accounts: by program, products: [], promotions, order, request }; what is not
-- there is null. Programs, promotions and their rules are not read: every process remembers them.
create or replace function public.read_basket(payload jsonb) returns jsonb language plpgsql stable as $$
declare
  v_store public.store;
  v_visit public.visit;
  v_profile public.profile;
  v_before jsonb;
  v_now timestamptz := (payload ->> 'now')::timestamptz;
begin
  select * into v_store from public.store
  where id = (payload ->> 'storeId')::uuid or (payload ->> 'storeId' is null and code = payload ->> 'storeCode');
  select * into v_visit from public.visit
  where id = (payload ->> 'visitId')::uuid and client = payload ->> 'client' and expires_at > v_now;
  v_profile := public.surviving_profile(coalesce(v_visit.profile_id, (payload ->> 'profileId')::uuid,
    (select profile_id from public.identity_key where blind_index = payload ->> 'blindIndex')));
  if payload ? 'key' then v_before := public.begun_before(payload -> 'key'); end if;
  return jsonb_build_object(
    'store', case when v_store.id is not null then jsonb_build_object('id', v_store.id, 'code', v_store.code,
      'brandId', v_store.brand_id, 'currency', v_store.currency, 'language', v_store.language,
      'timeZone', v_store.time_zone) end,
    'walkInId', coalesce((select walk_in_profile_id from public.till where id = (payload ->> 'tillId')::uuid),
      case when payload ->> 'tillId' is null then v_store.walk_in_profile_id end),
    'visit', case when v_visit.id is not null then jsonb_build_object('id', v_visit.id,
      'verified', v_visit.verified_at is not null) end,
    'profile', case when v_profile.id is not null then jsonb_build_object('id', v_profile.id, 'kind', v_profile.kind,
      'tags', to_jsonb(v_profile.tags), 'birthDate', v_profile.birth_date) end,
    'accounts', coalesce((
      select jsonb_object_agg(program.id, public.basket_account(v_profile.id, program.id, v_now))
      from public.program where v_profile.id is not null and program.brand_id = v_store.brand_id), '{}'),
    'products', public.goods_facts(payload -> 'skus', coalesce(payload -> 'attributes', '[]')),
    'promotions', public.basket_promotions(payload, case when v_profile.kind = 'PERSON' then v_profile.id end, v_store.brand_id,
      (v_before #>> '{order,id}')::uuid, v_now),
    'order', v_before -> 'order',
    'request', v_before -> 'request');
end $$;

-- The person an id stands for today: after a merge its survivor.
create or replace function public.surviving_profile(p_id uuid) returns public.profile language plpgsql stable as $$
declare
  v_profile public.profile;
begin
  select * into v_profile from public.profile where id = p_id;
  while v_profile.merged_into is not null loop
    select * into v_profile from public.profile where id = v_profile.merged_into;
  end loop;
  return v_profile;
end $$;

-- What promotions ask besides the basket: what is used of their limits (an order's own holds do not count), what the codes
-- are worth, how often this person bought before, what was granted to them and which segments they are in. Null: nothing is asked.
create or replace function public.basket_promotions(
  payload jsonb, p_person uuid, p_brand uuid, p_order uuid, p_now timestamptz
) returns jsonb language plpgsql stable as $$
declare
  v_asked jsonb := payload -> 'promotions';
  v_order uuid := p_order;
begin
  if jsonb_typeof(v_asked) is distinct from 'object' then return null; end if;
  -- What a begun order holds is no obstacle to the preview of its own basket.
  if v_order is null and payload ? 'replaces' then
    select order_id into v_order from public.order_key
    where source = payload #>> '{replaces,source}' and external_id = payload #>> '{replaces,externalId}';
  end if;
  return jsonb_build_object(
    'uses', case when v_asked -> 'limits' = '[]' then '{}' else
      public.promotion_uses(p_person, v_asked -> 'limits', v_order, p_now) end,
    'codes', case when payload -> 'codes' = '[]' then '[]' else
      public.codes_presented(payload -> 'codes', p_person, p_brand, v_order, p_now) end,
    'ordersBefore', case when p_person is not null and (v_asked ->> 'orders')::boolean then
      public.orders_bought(p_person, p_brand) end,
    'granted', case when p_person is not null and (v_asked ->> 'grants')::boolean then
      public.granted_offers(p_person, p_brand, v_order, p_now) else '[]' end,
    'segments', public.segments_among(p_person, v_asked -> 'segments'));
end $$;

-- Purchases somebody has made at a brand's stores, those that came back whole not counted.
create or replace function public.orders_bought(p_profile uuid, p_brand uuid) returns bigint language sql stable as $$
  select count(*) from public.orders
  where profile_id = p_profile and state in ('COMMITTED', 'PARTIALLY_RETURNED')
    and store_id = any (array(select id from public.store where brand_id = p_brand))
$$;

-- What the catalogue says of goods, with those of their attributes that are named; unknown ones are missing.
create or replace function public.goods_facts(p_skus jsonb, p_attributes jsonb) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('sku', product.sku, 'name', product.name, 'brand', product.brand,
    'categories', coalesce(to_jsonb(category.path), '[]'), 'tags', product.attributes -> 'tags',
    'priceType', product.attributes -> 'priceType', 'earnable', product.earnable, 'redeemable', product.redeemable,
    'minUnitPrice', product.min_unit_price,
    'attributes', case when p_attributes <> '[]' then (
      select jsonb_object_agg(key, value) from jsonb_each(product.attributes) where p_attributes ? key) end)), '[]')
  from public.product left join public.category on category.id = product.category_id
  where product.sku = any (array(select jsonb_array_elements_text(p_skus)))
$$;

-- The order that has this number already, what is held for it, and the reply of the same request before.
create or replace function public.begun_before(p_key jsonb) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'order', (
      select jsonb_build_object('id', orders.id, 'profileId', orders.profile_id, 'state', orders.state,
        'held', coalesce((select points from public.hold where hold.profile_id = orders.profile_id
          and hold.order_id = orders.id and hold.status = 'HELD'), 0))
      from public.order_key key
      join public.orders on orders.profile_id = key.profile_id and orders.id = key.order_id
      where key.source = p_key ->> 'source' and key.external_id = p_key ->> 'externalId'),
    'request', (
      select jsonb_build_object('operation', operation, 'hash', content_hash, 'reply', reply)
      from public.idempotency_record
      where scope = p_key ->> 'scope' and key = p_key ->> 'requestId'))
$$;

-- What of an account a basket asks for. Where nothing has fallen due since the last posting the sum is known; else
-- everything is told, and TypeScript brings it to now. Points for certain goods only are not spent here.
create or replace function public.basket_account(p_profile uuid, p_program uuid, p_now timestamptz)
returns jsonb language sql stable as $$
  select jsonb_build_object('status', status, 'tierCode', tier_code,
    'spendable', case when coalesce(due_at > p_now, true) then active - (
      select coalesce(sum(lot.active), 0) from public.lot
      where lot.profile_id = p_profile and lot.program_id = p_program and remaining > 0 and restrictions is not null) end,
    'facts', case when due_at <= p_now then public.loyalty_account_facts(p_profile, p_program) end)
  from public.loyalty_account where profile_id = p_profile and program_id = p_program
$$;
