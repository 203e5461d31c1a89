-- Begins an order, or replaces one that is begun (another basket, shopper, hold): the old hold is given back in the same
-- transaction. payload: { scope, requestId, hash, now, actor, stores, fitting: [lot ids],
--   order: a row of orders (its id counts only for a new one), lines: rows of order_line, failed: promotions that could
--   not be calculated [{ promotionId, revision, title, message }] or absent }
-- Refuses AlreadyCommitted { orderId }, AlreadyCancelled { orderId }, NumberTaken (in a store the caller does not see),
-- what loyalty_hold refuses, and PromotionTaken where a limit was reached or a code taken since the quote.
create or replace function public.begin_order(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_new public.orders := jsonb_populate_record(null::public.orders, payload -> 'order');
  v_reply jsonb := public.claim_request(payload ->> 'scope', payload ->> 'requestId', 'beginOrder', payload ->> 'hash', v_now);
  v_old public.orders;
begin
  if v_reply is not null then return v_reply; end if;
  if v_new.identified_at is not null then perform public.keep_profile(v_new.profile_id); end if;
  insert into public.order_key (source, external_id, store_id, profile_id, order_id)
  values (v_new.source, v_new.external_id, v_new.store_id, v_new.profile_id, v_new.id)
  on conflict (source, external_id) do nothing;
  if not found then
    v_old := public.lock_begun_order(v_new, payload -> 'stores', v_now);
    v_new.id := v_old.id;
    v_new.begun_at := v_old.begun_at;
    v_new.revision := v_old.revision + 1;
    perform public.remove_begun_order(v_old, v_now, payload ->> 'actor');
    update public.order_key set profile_id = v_new.profile_id, store_id = v_new.store_id where order_id = v_new.id;
  end if;

  if v_new.points_spent > 0 then
    perform public.loyalty_bring_to_now(v_new.profile_id, v_new.program_id, v_now);
    perform public.loyalty_hold(v_new.profile_id, v_new.program_id, v_new.id, v_new.points_spent, v_new.hold_expires_at,
      v_now, payload ->> 'actor', array(select jsonb_array_elements_text(payload -> 'fitting')::uuid));
  end if;
  if v_new.promotions is not null or v_old.promotions is not null then
    perform public.hold_order_promotions(v_new, v_old.promotions is not null, v_now);
  end if;
  insert into public.orders select v_new.*;
  insert into public.order_line select filled.* from jsonb_array_elements(payload -> 'lines') line,
    jsonb_populate_record(null::public.order_line,
      line || jsonb_build_object('profile_id', v_new.profile_id, 'order_id', v_new.id)) filled;

  if payload ? 'failed' then perform public.note_failed_promotions(v_new, payload -> 'failed', v_now); end if;
  perform public.tell_order('order.begun', v_new, v_now);
  return public.keep_reply(payload ->> 'scope', payload ->> 'requestId', jsonb_build_object(
    '__typename', 'OrderBegun', 'orderId', v_new.id, 'holdExpiresAt', v_new.hold_expires_at,
    'verified', payload -> 'verified') || public.order_shopper(v_new));
end $$;

-- The order that already has this number, with both shoppers' accounts locked before it.
create or replace function public.lock_begun_order(p_new public.orders, p_stores jsonb, p_now timestamptz)
returns public.orders language plpgsql as $$
declare
  v_key public.order_key := public.order_place(jsonb_build_object('source', p_new.source, 'externalId', p_new.external_id));
  v_order public.orders;
begin
  if not public.order_visible(v_key.store_id, p_stores) then perform public.refuse('NumberTaken'); end if;
  if v_key.order_id is null then perform public.refuse('AlreadyCancelled', '{"orderId": null}'); end if;
  if p_new.program_id is not null then
    perform public.loyalty_lock_accounts(p_new.program_id, array(
      select profile_id from public.orders
      where profile_id = v_key.profile_id and id = v_key.order_id and identified_at is not null
      union select p_new.profile_id where p_new.identified_at is not null), p_now);
  end if;
  v_order := public.lock_order(v_key, p_now);
  if v_order.state = 'CANCELLED' then
    perform public.refuse('AlreadyCancelled', jsonb_build_object('orderId', v_order.id));
  end if;
  if v_order.state not in ('BEGUN', 'EXPIRED') then
    perform public.refuse('AlreadyCommitted', jsonb_build_object('orderId', v_order.id));
  end if;
  return v_order;
end $$;

create or replace function public.remove_begun_order(p_order public.orders, p_now timestamptz, p_actor text)
returns void language plpgsql as $$
begin
  perform public.loyalty_release(p_order.profile_id, p_order.id, 'RELEASED', p_now, p_actor);
  delete from public.order_line where profile_id = p_order.profile_id and order_id = p_order.id;
  delete from public.orders where profile_id = p_order.profile_id and id = p_order.id;
end $$;
