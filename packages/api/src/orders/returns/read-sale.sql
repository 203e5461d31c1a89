-- A sale with everything a return of it is judged by, in one round trip; writes nothing.
-- payload: { ref, stores, back: { source, externalId }, request: { scope, requestId } }
-- Answers { order, lines, earlier: parts that came back, restored, clawed: points asked back before, back: the return
-- that has this number already, request: the same requestId before }; order is null where there is none to be seen.
create or replace function public.read_sale(payload jsonb) returns jsonb language plpgsql stable as $$
declare
  v_key public.order_key := public.order_place(payload -> 'ref');
  v_order public.orders;
begin
  if public.order_visible(v_key.store_id, payload -> 'stores') then
    select * into v_order from public.orders where profile_id = v_key.profile_id and id = v_key.order_id;
  end if;
  return jsonb_build_object(
    'order', case when v_order.id is not null then to_jsonb(v_order) end,
    'lines', (
      select coalesce(jsonb_agg(to_jsonb(line) order by number), '[]') from public.order_line line
      where line.profile_id = v_order.profile_id and line.order_id = v_order.id),
    'earlier', (
      select coalesce(jsonb_agg(jsonb_build_object('number', part.number, 'quantityMilli', part.quantity_milli,
        'moneyBack', part.money_back, 'pointsDiscount', part.points_discount) order by back.posted_at, back.id, part.position), '[]')
      from public.order_return back
      join public.return_line part on part.profile_id = back.profile_id and part.return_id = back.id
      where back.profile_id = v_order.profile_id and back.order_id = v_order.id),
    'restored', (
      select coalesce(sum(points_restored), 0) from public.order_return
      where profile_id = v_order.profile_id and order_id = v_order.id),
    'clawed', (
      select coalesce(sum(points_clawed + shortage), 0) from public.order_return
      where profile_id = v_order.profile_id and order_id = v_order.id),
    'back', (
      select jsonb_build_object('returnId', return_id, 'hash', content_hash) from public.return_key
      where source = payload #>> '{back,source}' and external_id = payload #>> '{back,externalId}'),
    'request', (
      select jsonb_build_object('operation', operation, 'hash', content_hash, 'reply', reply)
      from public.idempotency_record
      where scope = payload #>> '{request,scope}' and key = payload #>> '{request,requestId}'));
end $$;
