-- Records of goods that came back. Names tables of this room directly.

-- A return with everything it is judged by: what `read_sale` answers, and place: ELSEWHERE for an order of a store the
-- caller does not see, key: { source, externalId } of the order, backOf: { orderId, receipts, goods by sku } of the
-- return that has this number, waiting: { hash, orderKey }, receipts: where its documents stand.
-- payload: { ref or null, stores, back: { source, externalId }, receipts: [{ fiscalDrive, fiscalDocument }] }
create or replace function public.read_recorded_return(payload jsonb) returns jsonb language plpgsql stable as $$
declare
  v_known boolean := jsonb_typeof(payload -> 'ref') = 'object';
  v_key public.order_key;
begin
  if v_known then v_key := public.order_place(payload -> 'ref'); end if;
  return public.read_sale(payload || '{"request": {}}'::jsonb || case when v_known then '{}'::jsonb else
      '{"ref": {"id": "00000000-0000-0000-0000-000000000000"}}' end)
    || jsonb_build_object(
      'place', case when not public.order_visible(v_key.store_id, payload -> 'stores') then 'ELSEWHERE' end,
      'key', case when v_key.source is not null then
        jsonb_build_object('source', v_key.source, 'externalId', v_key.external_id) end,
      'backOf', (
        select jsonb_build_object('orderId', back.order_id, 'goods', (
          select jsonb_object_agg(sku, milli) from (
            select coalesce(part.sku, line.sku) as sku, sum(part.quantity_milli) as milli
            from public.return_line part
            left join public.order_line line on line.profile_id = back.profile_id and line.order_id = back.order_id
              and line.number = part.number
            where part.profile_id = back.profile_id and part.return_id = back.id group by 1) goods))
        from public.return_key key
        join public.order_return back on back.profile_id = key.profile_id and back.id = key.return_id
        where key.source = payload #>> '{back,source}' and key.external_id = payload #>> '{back,externalId}'),
      'waiting', (
        select jsonb_build_object('hash', content_hash, 'orderKey', order_key) from public.waiting_return
        where source = payload #>> '{back,source}' and external_id = payload #>> '{back,externalId}'),
      'documents', (
        select coalesce(jsonb_agg(jsonb_build_object('fiscalDrive', document.fiscal_drive, 'fiscalDocument', document.fiscal_document,
          'returnId', document.return_id, 'hash', key.content_hash)), '[]')
        from jsonb_to_recordset(payload -> 'receipts') as named ("fiscalDrive" text, "fiscalDocument" text)
        join public.receipt_key document
          on document.fiscal_drive = named."fiscalDrive" and document.fiscal_document = named."fiscalDocument"
        left join public.return_key key on key.return_id = document.return_id));
end $$;

-- Posts a return of a known order by the same function as one at a till; of a cancelled order nothing but the money.
-- payload: as of post_return, and { ref, revision, skewed, receipts }. Refuses RecordsChanged, ReturnTaken, ReceiptTaken.
create or replace function public.record_return(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_order public.orders := public.lock_order(public.order_place(payload -> 'ref'), v_now);
  v_back public.order_return;
begin
  if v_order.id is null or v_order.revision <> (payload ->> 'revision')::integer then
    perform public.refuse('RecordsChanged');
  end if;
  v_back := public.post_return(v_order, payload);
  perform public.keep_receipts(v_order, v_back.id, payload -> 'receipts');
  delete from public.waiting_return where source = v_back.source and external_id = v_back.external_id;
  if jsonb_typeof(payload -> 'skewed') = 'object' then
    perform public.loyalty_raise_incident(v_order.profile_id, 'CLOCK_SKEW', v_order.id, payload -> 'skewed', v_now);
  end if;
  return jsonb_build_object('returnId', v_back.id);
end $$;

-- A return whose purchase nobody knows: money only, flagged for staff.
-- payload: { now, contentHash, return: a row of order_return, lines: rows of return_line, receipts, skewed }
create or replace function public.record_loose_return(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_back public.order_return := jsonb_populate_record(null::public.order_return, payload -> 'return');
  v_nowhere public.orders;
begin
  insert into public.return_key (source, external_id, profile_id, return_id, content_hash)
  values (v_back.source, v_back.external_id, v_back.profile_id, v_back.id, payload ->> 'contentHash')
  on conflict (source, external_id) do nothing;
  if not found then perform public.refuse('ReturnTaken'); end if;
  insert into public.order_return select v_back.*;
  insert into public.return_line select * from jsonb_populate_recordset(null::public.return_line, payload -> 'lines');
  v_nowhere.profile_id := v_back.profile_id;
  perform public.keep_receipts(v_nowhere, v_back.id, payload -> 'receipts');
  perform public.write_event('return.recorded', v_back.profile_id, jsonb_build_object('returnId', v_back.id,
    'storeId', v_back.store_id, 'currency', v_back.currency, 'moneyBack', v_back.money_back), v_back.occurred_at);
  if jsonb_typeof(payload -> 'skewed') = 'object' then
    perform public.loyalty_raise_incident(v_back.profile_id, 'CLOCK_SKEW', null, payload -> 'skewed', v_now);
  end if;
  return jsonb_build_object('returnId', v_back.id);
end $$;

-- Further documents of a return that is known. payload: { source, externalId, receipts }
create or replace function public.record_return_receipts(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_key public.return_key;
  v_order public.orders;
begin
  select * into v_key from public.return_key
  where source = payload ->> 'source' and external_id = payload ->> 'externalId';
  select order_id into v_order.id from public.order_return
  where profile_id = v_key.profile_id and id = v_key.return_id;
  v_order.profile_id := v_key.profile_id;
  return jsonb_build_object('added', public.keep_receipts(v_order, v_key.return_id, payload -> 'receipts'));
end $$;

-- A return whose order is not here yet. payload: { source, externalId, orderKey, contentHash, record, now }
create or replace function public.record_waiting_return(payload jsonb) returns jsonb language plpgsql as $$
begin
  insert into public.waiting_return (source, external_id, order_key, content_hash, record, received_at)
  values (payload ->> 'source', payload ->> 'externalId', payload ->> 'orderKey', payload ->> 'contentHash',
    payload -> 'record', (payload ->> 'now')::timestamptz)
  on conflict (source, external_id) do nothing;
  if not found then perform public.refuse('RecordsChanged'); end if;
  return '{}';
end $$;

-- Whether goods of an order can come back; of one that a record cancelled, nothing but their money.
create or replace function public.takes_returns(p_order public.orders) returns boolean language sql immutable as $$
  select p_order.state in ('COMMITTED', 'PARTIALLY_RETURNED', 'RETURNED')
    or (p_order.state = 'CANCELLED' and p_order.content_hash like 'record:%')
$$;

-- Whether a return waits for this order: asked by every commit.
create or replace function public.order_awaited(p_order public.orders) returns boolean language sql stable as $$
  select exists (
    select from public.waiting_return where order_key = 'order:' || p_order.source || ':' || p_order.external_id
    union all
    select from public.receipt_key receipt
    join public.waiting_return on order_key = 'receipt:' || receipt.fiscal_drive || ':' || receipt.fiscal_document
    where receipt.order_id = p_order.id)
$$;

-- Returns that wait for one of these orders, in the order of time.
create or replace function public.returns_waiting_for(p_orders uuid[])
returns setof public.waiting_return language sql stable as $$
  select waiting.* from (
    select 'order:' || source || ':' || external_id as name, profile_id, order_id from public.order_key
    where order_id = any (p_orders)
    union all
    select 'receipt:' || fiscal_drive || ':' || fiscal_document, profile_id, order_id from public.receipt_key
    where order_id = any (p_orders) and return_id is null
  ) place
  join public.waiting_return waiting on waiting.order_key = place.name
  join public.orders on orders.profile_id = place.profile_id and orders.id = place.order_id
  where public.takes_returns(orders)
  order by waiting.record #>> '{moment,occurredAt}', waiting.source, waiting.external_id
$$;

-- Returns that still wait although their order is here: the two crossed each other. Those that do not fit are left.
create or replace function public.returns_left_waiting()
returns setof public.waiting_return language sql stable as $$
  select waiting.* from public.waiting_return waiting, public.order_place(waiting.record -> 'ref') place
  join public.orders on orders.profile_id = place.profile_id and orders.id = place.order_id
  where not waiting.record ? 'problems' and public.takes_returns(orders)
  order by waiting.record #>> '{moment,occurredAt}', waiting.source, waiting.external_id
$$;

-- Why a return that waited does not fit the order that came. payload: { source, externalId, problems }
create or replace function public.note_waiting_return(payload jsonb) returns jsonb language sql as $$
  update public.waiting_return set record = record || jsonb_build_object('problems', payload -> 'problems')
  where source = payload ->> 'source' and external_id = payload ->> 'externalId' returning '{}'::jsonb
$$;
