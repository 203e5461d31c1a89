-- Points for purchases of the past, and taking them back. Names the ledger's functions and the tables of orders, a batch
-- of customers in one transaction.

-- Purchases as they are judged by rules that may not have been theirs: what was paid and kept of each line.
create or replace function public.retro_facts(p_profiles uuid[], p_orders uuid[]) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'profileId', o.profile_id, 'occurredAt', o.occurred_at,
    'currency', o.currency, 'pointsDiscount', o.points_discount, 'revision', o.revision, 'lines', (
      select coalesce(jsonb_agg(jsonb_build_object('number', line.number, 'sku', line.sku, 'kind', line.kind,
        'net', line.gross - line.discount, 'toPay', line.to_pay, 'goods', line.goods, 'earnable', product.earnable,
        'back', coalesce((
          select sum(part.money_back) from public.order_return back
          join public.return_line part on part.profile_id = back.profile_id and part.return_id = back.id
          where back.profile_id = o.profile_id and back.order_id = o.id and part.number = line.number), 0))
        order by line.number), '[]')
      from public.order_line line left join public.product on product.sku = line.sku
      where line.profile_id = o.profile_id and line.order_id = o.id))), '[]')
  from unnest(p_profiles, p_orders) as place (profile_id, order_id)
  join public.orders o on o.profile_id = place.profile_id and o.id = place.order_id
$$;

-- payload: { runId, programId, now, actor, grants: [{ orderId, profileId, revision, versionId, points, cut, terms,
--   rules: [{ rule, points }], shares: [{ number, earnable, earnBase, earnShare }], activateAt, expireAt }] }
-- A purchase that changed since it was read, or got points meanwhile, is left alone: whoever runs it again finds it.
-- Answers how many got theirs.
create or replace function public.retro_grant(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_program uuid := (payload ->> 'programId')::uuid;
  v_grant jsonb;
  v_granted integer := 0;
begin
  perform public.loyalty_lock_accounts(v_program,
    array(select (value ->> 'profileId')::uuid from jsonb_array_elements(payload -> 'grants')), v_now);
  for v_grant in select value from jsonb_array_elements(payload -> 'grants') loop
    if public.retro_grant_one(v_program, payload, v_grant, v_now) then v_granted := v_granted + 1; end if;
  end loop;
  return to_jsonb(v_granted);
end $$;

create or replace function public.retro_grant_one(p_program uuid, payload jsonb, p_grant jsonb, p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_order public.orders := public.lock_order(
    public.order_place(jsonb_build_object('id', p_grant ->> 'orderId')), p_now);
  v_points bigint := (p_grant ->> 'points')::bigint;
  v_rule record;
begin
  if v_order.id is null or v_order.profile_id <> (p_grant ->> 'profileId')::uuid
    or v_order.revision <> (p_grant ->> 'revision')::integer then return false; end if;
  insert into public.retro_grant (profile_id, id, run_id, order_id, points, cut, granted_at)
  values (v_order.profile_id, uuidv7(), (payload ->> 'runId')::uuid, v_order.id, v_points, (p_grant ->> 'cut')::bigint, p_now)
  on conflict (profile_id, order_id) where stands do nothing;
  if not found then return false; end if;
  -- Nothing is left of the cap: that is written down, so that the same run says the same.
  if v_points = 0 then return true; end if;
  perform public.loyalty_bring_to_now(v_order.profile_id, p_program, p_now);
  for v_rule in select * from jsonb_to_recordset(p_grant -> 'rules') as granted (rule text, points bigint) loop
    perform public.loyalty_earn(v_order.profile_id, p_program, 'RETRO', v_order.id, v_rule.rule, v_rule.points, p_now,
      (p_grant ->> 'activateAt')::timestamptz, (p_grant ->> 'expireAt')::timestamptz, p_now, v_order.id,
      payload ->> 'actor');
  end loop;
  -- From here on a return is judged as if it had earned them at the time.
  update public.orders set program_id = p_program, version_id = (p_grant ->> 'versionId')::uuid, planned_earn = v_points,
    earned = v_points, activate_at = (p_grant ->> 'activateAt')::timestamptz,
    expire_at = (p_grant ->> 'expireAt')::timestamptz, terms = p_grant -> 'terms', revision = revision + 1
  where profile_id = v_order.profile_id and id = v_order.id;
  update public.order_line set earnable = share.earnable, earn_base = share."earnBase", earn_share = share."earnShare"
  from jsonb_to_recordset(p_grant -> 'shares')
    as share (number integer, earnable boolean, "earnBase" bigint, "earnShare" bigint)
  where profile_id = v_order.profile_id and order_id = v_order.id and order_line.number = share.number;
  return true;
end $$;

-- Takes back what is unspent of the points these purchases got: their own, frozen or active, never others of the shopper.
-- payload: { programId, now, actor, reason, grants: [{ profileId, id }] }. Answers the points taken.
create or replace function public.retro_take_back(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_program uuid := (payload ->> 'programId')::uuid;
  v_grant record;
  v_taken bigint := 0;
begin
  perform public.loyalty_lock_accounts(v_program,
    array(select (value ->> 'profileId')::uuid from jsonb_array_elements(payload -> 'grants')), v_now);
  for v_grant in
    select granted.* from jsonb_to_recordset(payload -> 'grants') as named ("profileId" uuid, id uuid)
    join public.retro_grant granted on granted.profile_id = named."profileId" and granted.id = named.id
    where granted.stands order by granted.profile_id, granted.id
  loop
    v_taken := v_taken + public.retro_take_back_one(v_program, v_grant.profile_id, v_grant.id, v_grant.order_id, payload, v_now);
  end loop;
  return to_jsonb(v_taken);
end $$;

create or replace function public.retro_take_back_one(
  p_program uuid, p_profile uuid, p_grant uuid, p_order uuid, payload jsonb, p_now timestamptz
) returns bigint language plpgsql as $$
declare
  v_order public.orders := public.lock_order(public.order_place(jsonb_build_object('id', p_order)), p_now);
  v_accounts text[] := '{}';
  v_lots uuid[] := '{}';
  v_amounts bigint[] := '{}';
  v_taken bigint := 0;
  v_part record;
begin
  perform public.loyalty_bring_to_now(p_profile, p_program, p_now);
  for v_part in
    select * from public.loyalty_clawback_lots(p_profile, p_program, p_order, v_order.earned, 'FROM_REFUND') order by seq
  loop
    v_accounts := v_accounts || array[v_part.account, 'program.adjusted'];
    v_lots := v_lots || array[v_part.lot_id, v_part.lot_id];
    v_amounts := v_amounts || array[-v_part.points, v_part.points];
    v_taken := v_taken + v_part.points;
  end loop;
  if v_taken > 0 then
    perform public.loyalty_post(p_profile, p_program, 'ADJUST', p_now, p_now,
      jsonb_build_object('orderId', p_order, 'actor', payload ->> 'actor', 'reason', payload ->> 'reason', 'source', 'RETRO'),
      v_accounts, v_lots, v_amounts);
  end if;
  update public.retro_grant set undone = undone + v_taken, stands = undone + v_taken < points
  where profile_id = p_profile and id = p_grant;
  -- A later return asks back only what is left to the shopper.
  update public.orders set earned = earned - v_taken, planned_earn = earned - v_taken, revision = revision + 1
  where profile_id = v_order.profile_id and id = v_order.id;
  return v_taken;
end $$;
