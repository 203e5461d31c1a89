-- Codes on the till's way, named by the functions of the orders' room directly (one round trip). Nothing here waits for
-- a job: whether a code or a hold of it has run out is judged by p_now.

-- What each typed code is worth to this shopper now: [{ code, promotionId, refused }] in the order they came; `code` as
-- it was typed. Holds of p_order itself are no obstacle. Reads only.
create or replace function public.codes_presented(p_codes jsonb, p_profile uuid, p_brand uuid, p_order uuid, p_now timestamptz)
returns jsonb language plpgsql stable as $$
declare
  v_person constant uuid := public.promo_code_person(p_profile);
  v_typed text;
  v_code public.promo_code;
  v_pool public.promo_code_pool;
  v_refused text;
  v_presented jsonb := '[]';
begin
  for v_typed in select value from jsonb_array_elements_text(coalesce(p_codes, '[]')) with ordinality order by ordinality loop
    select * into v_code from public.promo_code where brand_id = p_brand and key = public.promo_code_key(v_typed);
    select * into v_pool from public.promo_code_pool where id = v_code.pool_id;
    v_refused := case when v_code.id is null then 'UNKNOWN'
      else public.promo_code_refusal(v_code, v_pool, v_person, p_order, p_now) end;
    v_presented := v_presented || jsonb_build_object('code', v_typed,
      'promotionId', case when v_refused is null then v_pool.promotion_id end, 'refused', v_refused);
  end loop;
  return v_presented;
end $$;

-- Why a code does nothing for that person at that moment; null: it works.
create or replace function public.promo_code_refusal(
  p_code public.promo_code, p_pool public.promo_code_pool, p_person uuid, p_order uuid, p_now timestamptz
) returns text language plpgsql stable as $$
begin
  if p_code.state = 'USED' and p_code.used_order_id is distinct from p_order then return 'USED'; end if;
  -- Taken back, or its pool put away: it was a code once and is none any more.
  if p_code.state = 'CANCELLED' or p_pool.archived_at <= p_now then return 'EXPIRED'; end if;
  if coalesce(p_code.expires_at, p_pool.valid_to) <= p_now then return 'EXPIRED'; end if;
  if coalesce(p_code.valid_from, p_pool.valid_from) > p_now then return 'NOT_YET'; end if;
  if p_code.profile_id is not null
    and (public.surviving_profile(p_code.profile_id)).id is distinct from p_person then return 'OTHER_SHOPPER'; end if;
  if p_code.state = 'HELD' and p_code.held_until > p_now and p_code.held_order_id is distinct from p_order then
    return 'HELD';
  end if;
  if p_pool.kind = 'SINGLE_USE' then return null; end if;
  -- Counted by shopper, it needs one.
  if p_pool.uses_per_shopper is not null and p_person is null then return 'OTHER_SHOPPER'; end if;
  return coalesce(
    public.promo_code_over_limit(p_code.id, public.nobody(), p_pool.uses_total, p_order, p_now),
    public.promo_code_over_limit(p_code.id, p_person, p_pool.uses_per_shopper, p_order, p_now));
end $$;

-- USED: as often as the pool allows. HELD: what is promised to purchases under way takes the rest. null: there is room.
create or replace function public.promo_code_over_limit(
  p_code uuid, p_counted uuid, p_limit integer, p_order uuid, p_now timestamptz
) returns text language plpgsql stable as $$
declare
  v_counter public.promo_code_counter;
  v_not_held integer;
begin
  if p_limit is null then return null; end if;
  select * into v_counter from public.promo_code_counter where code_id = p_code and profile_id = p_counted;
  if not found then return null; end if;
  if v_counter.used >= p_limit then return 'USED'; end if;
  if v_counter.used + v_counter.held < p_limit then return null; end if;
  -- Counted as held, and are not: promises that ran out, and this order's own.
  select count(*) into v_not_held from public.promo_code_use
  where code_id = p_code and state = 'HELD' and (held_until <= p_now or order_id = p_order)
    and (p_counted = public.nobody() or profile_id = p_counted);
  return case when v_counter.used + v_counter.held - v_not_held >= p_limit then 'HELD' end;
end $$;

-- The person behind a profile; null for nobody known: a till's walk-in, a visitor of the site.
create or replace function public.promo_code_person(p_profile uuid) returns uuid language plpgsql stable as $$
declare
  v_profile public.profile;
begin
  if p_profile is null then return null; end if;
  v_profile := public.surviving_profile(p_profile);
  return case when v_profile.kind = 'PERSON' then v_profile.id end;
end $$;

create or replace function public.nobody() returns uuid language sql immutable as $$
  select '00000000-0000-0000-0000-000000000000'::uuid
$$;
