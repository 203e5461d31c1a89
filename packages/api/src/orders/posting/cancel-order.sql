-- Nothing was sold: what is held is given back. A number that was never begun is spent by it.
-- payload: { scope, requestId, hash, now, actor, stores, ref, storeId, reason }
-- Refuses AlreadyCommitted { orderId }, OrderNotFound (an id or document nobody has, or of another store).
create or replace function public.cancel_order(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_reply jsonb := public.claim_request(payload ->> 'scope', payload ->> 'requestId', 'cancelOrder', payload ->> 'hash', v_now);
  v_ref jsonb := payload -> 'ref';
  v_key public.order_key;
  v_order public.orders;
begin
  if v_reply is not null then return v_reply; end if;
  if v_ref ? 'externalId' then
    insert into public.order_key (source, external_id, store_id)
    values (v_ref ->> 'source', v_ref ->> 'externalId', (payload ->> 'storeId')::uuid)
    on conflict (source, external_id) do nothing;
  end if;
  v_key := public.order_place(v_ref);
  if v_key.source is null or not public.order_visible(v_key.store_id, payload -> 'stores') then
    perform public.refuse('OrderNotFound');
  end if;
  if v_key.order_id is not null then
    v_order := public.lock_order(v_key, v_now);
    if v_order.state in ('BEGUN', 'EXPIRED') then
      perform public.loyalty_release(v_order.profile_id, v_order.id, 'RELEASED', v_now, payload ->> 'actor');
      if v_order.promotions is not null then perform public.release_order_promotions(v_order, v_now); end if;
      update public.orders set state = 'CANCELLED', revision = revision + 1
      where profile_id = v_order.profile_id and id = v_order.id returning * into v_order;
      perform public.tell_order('order.cancelled', v_order, v_now, jsonb_build_object('reason', payload ->> 'reason'));
    elsif v_order.state <> 'CANCELLED' then
      perform public.refuse('AlreadyCommitted', jsonb_build_object('orderId', v_order.id));
    end if;
  end if;
  return public.keep_reply(payload ->> 'scope', payload ->> 'requestId', jsonb_build_object(
    '__typename', 'OrderCancelled', 'orderId', v_order.id, 'verified', public.order_verified(v_order, v_now))
    || public.order_shopper(v_order));
end $$;
