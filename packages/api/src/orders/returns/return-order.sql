-- Takes goods back by the frozen allocation: money as calculated, spent points restored, earned ones taken back.
-- payload: { scope, requestId, hash, now, actor, skewed, ref, revision: the order's, as it was read, restore, claw,
--   settings: of the order's version, pointValue, return: a row of order_return (money_back before what is withheld),
--   lines: rows of return_line, receipts }
-- Refuses StaleOrder (it changed since it was read), ReturnTaken (the number names another return), OrderNotFound,
-- ReceiptTaken { orderId }.
create or replace function public.return_order(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_reply jsonb := public.claim_request(payload ->> 'scope', payload ->> 'requestId', 'returnOrder', payload ->> 'hash', v_now);
  v_order public.orders;
  v_back public.order_return;
begin
  if v_reply is not null then return v_reply; end if;
  v_order := public.lock_order(public.order_place(payload -> 'ref'), v_now);
  if v_order.id is null then perform public.refuse('OrderNotFound'); end if;
  if v_order.revision <> (payload ->> 'revision')::integer then perform public.refuse('StaleOrder'); end if;
  v_back := public.post_return(v_order, payload);
  perform public.keep_receipts(v_order, v_back.id, payload -> 'receipts');
  if jsonb_typeof(payload -> 'skewed') = 'object' then
    perform public.loyalty_raise_incident(v_order.profile_id, 'CLOCK_SKEW', v_order.id, payload -> 'skewed', v_now);
  end if;
  return public.keep_reply(payload ->> 'scope', payload ->> 'requestId', public.return_facts(v_order, v_back, v_now));
end $$;

-- The posting itself, shared with records of the past. The order is locked and is as it was read.
create or replace function public.post_return(p_order public.orders, payload jsonb)
returns public.order_return language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_back public.order_return := jsonb_populate_record(null::public.order_return, payload -> 'return');
begin
  v_back.profile_id := p_order.profile_id;
  v_back.order_id := p_order.id;
  insert into public.return_key (source, external_id, profile_id, return_id, content_hash)
  values (v_back.source, v_back.external_id, v_back.profile_id, v_back.id, payload ->> 'contentHash')
  on conflict (source, external_id) do nothing;
  if not found then perform public.refuse('ReturnTaken'); end if;
  v_back := public.return_points(p_order, v_back, payload);
  insert into public.order_return select v_back.*;
  insert into public.return_line select filled.* from jsonb_array_elements(payload -> 'lines') line,
    jsonb_populate_record(null::public.return_line,
      line || jsonb_build_object('profile_id', v_back.profile_id, 'return_id', v_back.id)) filled;
  update public.order_line set returned_milli = returned_milli + part.quantity
  from (select number, sum(quantity_milli) as quantity from jsonb_to_recordset(payload -> 'lines')
    as line (number integer, quantity_milli bigint) group by number) part
  where profile_id = p_order.profile_id and order_id = p_order.id and order_line.number = part.number;
  update public.orders set revision = revision + 1,
    state = case when p_order.state = 'CANCELLED' then 'CANCELLED' when exists (
      select from public.order_line where profile_id = p_order.profile_id and order_id = p_order.id
        and returned_milli < quantity_milli) then 'PARTIALLY_RETURNED' else 'RETURNED' end
  where profile_id = p_order.profile_id and id = p_order.id returning * into p_order;
  if p_order.promotions is not null and p_order.state = 'RETURNED' then
    perform public.return_order_promotions(p_order, coalesce((payload #>> '{settings,freeCodeOnFullReturn}')::boolean, true), v_now);
  end if;
  perform public.tell_order('order.returned', p_order, v_back.occurred_at, jsonb_build_object(
    'returnId', v_back.id, 'moneyBack', v_back.money_back, 'pointsRestored', v_back.points_restored,
    'pointsClawedBack', v_back.points_clawed, 'debt', v_back.debt));
  return v_back;
end $$;

-- Restored points come first: what is clawed back then finds them.
create or replace function public.return_points(p_order public.orders, p_back public.order_return, payload jsonb)
returns public.order_return language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_back public.order_return := p_back;
  v_restore bigint := (payload ->> 'restore')::bigint;
  v_claw bigint := (payload ->> 'claw')::bigint;
  v_value bigint := (payload ->> 'pointValue')::bigint;
  v_clawed jsonb;
begin
  if v_restore > 0 then
    perform public.loyalty_restore(p_order.profile_id, p_order.program_id, p_order.id, v_back.id, v_restore,
      payload -> 'settings', v_back.occurred_at, v_now, payload ->> 'actor');
    v_back.points_restored := v_restore;
  end if;
  if v_claw > 0 then
    v_clawed := public.loyalty_clawback(p_order.profile_id, p_order.program_id, p_order.id, v_back.id, v_claw,
      payload -> 'settings', v_now, payload ->> 'actor');
    v_back.points_clawed := (v_clawed ->> 'clawed')::bigint;
    v_back.debt := (v_clawed ->> 'debt')::bigint;
    v_back.shortage := (v_clawed ->> 'shortage')::bigint;
    if payload #>> '{settings,returnPolicy}' = 'FROM_REFUND' and v_value > 0 then
      v_back.withheld := least(v_back.shortage, v_back.money_back / v_value) * v_value;
      v_back.money_back := v_back.money_back - v_back.withheld;
    end if;
  end if;
  return v_back;
end $$;

-- What is told of a return. Money in minor units of `currency`.
create or replace function public.return_facts(p_order public.orders, p_back public.order_return, p_now timestamptz)
returns jsonb language sql stable as $$
  select jsonb_build_object('__typename', 'OrderReturned', 'returnId', p_back.id, 'orderId', p_back.order_id,
    'currency', p_back.currency, 'moneyBack', p_back.money_back, 'withheld', p_back.withheld,
    'pointsRestored', p_back.points_restored, 'pointsClawedBack', p_back.points_clawed, 'debt', p_back.debt,
    'debtAfter', -coalesce((public.loyalty_balance(p_order.profile_id, p_order.program_id) ->> 'debt')::bigint, 0),
    'verified', public.order_verified(p_order, p_now),
    'lines', (
      select coalesce(jsonb_agg(jsonb_build_object('number', number, 'quantityMilli', quantity_milli,
        'moneyBack', money_back, 'printLines', print_lines) order by position), '[]')
      from public.return_line where profile_id = p_back.profile_id and return_id = p_back.id))
    || public.order_shopper(p_order)
$$;

-- The answer of a return that was made before, by its id.
create or replace function public.return_told(payload jsonb) returns jsonb language sql stable as $$
  select public.return_facts(orders, back, (payload ->> 'now')::timestamptz)
  from public.return_key key
  join public.order_return back on back.profile_id = key.profile_id and back.id = key.return_id
  join public.orders on orders.profile_id = back.profile_id and orders.id = back.order_id
  where key.return_id = (payload ->> 'returnId')::uuid
$$;
