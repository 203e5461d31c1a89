-- Import of orders: stores the returns of one batch of shoppers, each a document of the file or its part for one order,
-- and takes back what the returned goods had earned; all or nothing. Names tables of the orders room directly.
-- payload: { source, now, actor, returns: [{ key, profileId, returnId, orderId, revision, state, programId, settings,
-- externalId, storeId, currency, occurredAt, contentHash, moneyBack, claw, flagged,
-- lines: [{ number, sku, quantityMilli, moneyBack, printLines }] }] }, in the order of time within a shopper.
create or replace function public.import_post_returns(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_return jsonb;
  v_returns integer := 0;
  v_clawed bigint := 0;
begin
  for v_return in
    select value from jsonb_array_elements(payload -> 'returns') with ordinality as given (value, place)
    order by value ->> 'profileId', place
  loop
    insert into public.return_key (source, external_id, profile_id, return_id, content_hash)
    values (payload ->> 'source', v_return ->> 'key', (v_return ->> 'profileId')::uuid, (v_return ->> 'returnId')::uuid,
      v_return ->> 'contentHash')
    on conflict (source, external_id) do nothing;
    continue when not found;
    perform public.import_store_return(v_return, payload ->> 'source', v_now);
    v_clawed := v_clawed + public.import_claw(v_return, v_now, payload ->> 'actor');
    v_returns := v_returns + 1;
  end loop;
  return jsonb_build_object('returns', v_returns, 'clawed', v_clawed);
end $$;

create or replace function public.import_store_return(p_return jsonb, p_source text, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_profile uuid := (p_return ->> 'profileId')::uuid;
  v_order uuid := (p_return ->> 'orderId')::uuid;
begin
  if v_order is not null then
    update public.orders set state = p_return ->> 'state', revision = revision + 1
    where profile_id = v_profile and id = v_order and revision = (p_return ->> 'revision')::integer;
    if not found then
      -- Somebody returned from it since it was read: the batch is calculated again.
      raise exception 'order % has changed', v_order using errcode = 'serialization_failure';
    end if;
    update public.order_line line set returned_milli = line.returned_milli + part.milli
    from (
      select (value ->> 'number')::integer as number, sum((value ->> 'quantityMilli')::bigint) as milli
      from jsonb_array_elements(p_return -> 'lines') group by 1
    ) part
    where line.profile_id = v_profile and line.order_id = v_order and line.number = part.number;
  end if;
  insert into public.order_return (profile_id, id, order_id, source, external_id, store_id, currency, occurred_at,
    posted_at, money_back, flagged)
  values (v_profile, (p_return ->> 'returnId')::uuid, v_order, p_source, p_return ->> 'externalId',
    (p_return ->> 'storeId')::uuid, p_return ->> 'currency', (p_return ->> 'occurredAt')::timestamptz, p_now,
    (p_return ->> 'moneyBack')::bigint, (p_return ->> 'flagged')::boolean);
  insert into public.return_line (profile_id, return_id, position, number, sku, quantity_milli, money_back,
    points_discount, print_lines)
  select v_profile, (p_return ->> 'returnId')::uuid, place, (value ->> 'number')::integer, value ->> 'sku',
    (value ->> 'quantityMilli')::bigint, (value ->> 'moneyBack')::bigint, 0, value -> 'printLines'
  from jsonb_array_elements(p_return -> 'lines') with ordinality as given (value, place);
end $$;

create or replace function public.import_claw(p_return jsonb, p_now timestamptz, p_actor text)
returns bigint language plpgsql as $$
declare
  v_profile uuid := (p_return ->> 'profileId')::uuid;
  v_program uuid := (p_return ->> 'programId')::uuid;
  v_points bigint := (p_return ->> 'claw')::bigint;
  v_clawed jsonb;
begin
  if coalesce(v_points, 0) = 0 then return 0; end if;
  perform public.loyalty_bring_to_now(v_profile, v_program, p_now);
  v_clawed := public.loyalty_clawback(v_profile, v_program, (p_return ->> 'orderId')::uuid, (p_return ->> 'returnId')::uuid,
    v_points, p_return -> 'settings', p_now, p_actor);
  update public.order_return set points_clawed = (v_clawed ->> 'clawed')::bigint, debt = (v_clawed ->> 'debt')::bigint,
    shortage = (v_clawed ->> 'shortage')::bigint
  where profile_id = v_profile and id = (p_return ->> 'returnId')::uuid;
  return (v_clawed ->> 'clawed')::bigint;
end $$;
