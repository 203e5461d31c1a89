-- What offers are chosen by for one shopper, in one round trip; writes nothing. Names tables of the rooms below directly,
-- as `read_basket` does.
-- payload: { profileId, brandId, programId or null, limits: of `promotion_uses`, countOrders, segments, now }
-- Answers { tags, birthDate, tierCode, blocked, ordersBefore, grants, codes, uses, segments }; null for nobody.
create or replace function public.offer_facts(payload jsonb) returns jsonb language plpgsql stable as $$
declare
  v_profile public.profile := public.surviving_profile((payload ->> 'profileId')::uuid);
  v_account public.loyalty_account;
  v_now constant timestamptz := payload ->> 'now';
begin
  if v_profile.id is null then return null; end if;
  select * into v_account from public.loyalty_account
  where profile_id = v_profile.id and program_id = (payload ->> 'programId')::uuid;
  return jsonb_build_object(
    'tags', to_jsonb(v_profile.tags), 'birthDate', v_profile.birth_date,
    'tierCode', v_account.tier_code, 'blocked', coalesce(v_account.status <> 'ACTIVE', false),
    'ordersBefore', case when (payload ->> 'countOrders')::boolean then
      public.orders_bought(v_profile.id, (payload ->> 'brandId')::uuid) else 0 end,
    'grants', coalesce((
      select jsonb_agg(jsonb_build_object('promotionId', promotion_id, 'reason', reason, 'endsAt', valid_to)
        order by valid_to nulls last, id)
      from public.offer_grant own where profile_id = v_profile.id and state = 'OPEN'
        and public.offer_grant_open(own, null, v_now)), '[]'),
    'codes', coalesce((
      select jsonb_agg(jsonb_build_object('promotionId', pool.promotion_id, 'code', own.code,
        'endsAt', coalesce(own.expires_at, pool.valid_to)) order by coalesce(own.expires_at, pool.valid_to) nulls last, own.id)
      from public.promo_code own join public.promo_code_pool pool on pool.id = own.pool_id
      where own.profile_id in (select id from public.profile where id = v_profile.id or merged_into = v_profile.id)
        and own.state in ('ISSUED', 'HELD')
        and public.promo_code_refusal(own, pool, v_profile.id, null, v_now) is null), '[]'),
    'uses', public.promotion_uses(v_profile.id, payload -> 'limits', null, v_now),
    'segments', public.segments_among(v_profile.id, payload -> 'segments'));
end $$;
