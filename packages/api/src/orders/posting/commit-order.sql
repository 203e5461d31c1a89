-- The purchase was paid: a fact. Posts what begin froze; a printed receipt is never refused, whatever became of the
-- hold. payload: { scope, requestId, hash, now, actor, stores, ref, occurredAt, skewed, receipts: [] }
-- Refuses OrderNotFound, AlreadyCancelled { orderId } (without a receipt), ReceiptTaken { orderId }.
create or replace function public.commit_order(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_reply jsonb := public.claim_request(payload ->> 'scope', payload ->> 'requestId', 'commitOrder', payload ->> 'hash', v_now);
  v_key public.order_key;
  v_order public.orders;
  v_before text;
  v_added integer;
  v_verified boolean;
begin
  if v_reply is not null then return v_reply; end if;
  v_key := public.order_place(payload -> 'ref');
  if v_key.order_id is null or not public.order_visible(v_key.store_id, payload -> 'stores') then
    perform public.refuse('OrderNotFound');
  end if;
  v_order := public.lock_order(v_key, v_now);
  v_before := v_order.state;
  v_verified := public.order_verified(v_order, v_now);
  if v_before = 'CANCELLED' and jsonb_array_length(payload -> 'receipts') = 0 then
    perform public.refuse('AlreadyCancelled', jsonb_build_object('orderId', v_order.id));
  end if;
  v_added := public.keep_receipts(v_order, null, payload -> 'receipts');
  if v_before in ('BEGUN', 'EXPIRED', 'CANCELLED') then
    v_order := public.post_purchase(v_order, (payload ->> 'occurredAt')::timestamptz, v_now, payload ->> 'actor');
    perform public.tell_order('order.committed', v_order, v_order.occurred_at, jsonb_build_object('late', v_before <> 'BEGUN'));
  elsif v_added > 0 then
    perform public.tell_order('order.receipt-added', v_order, v_now);
  end if;
  perform public.note_commit_incidents(v_order, v_added, payload -> 'skewed', v_now);
  return public.keep_reply(payload ->> 'scope', payload ->> 'requestId', jsonb_build_object(
    '__typename', 'OrderCommitted', 'orderId', v_order.id, 'earned', v_order.earned, 'activateAt', v_order.activate_at,
    'overdrawn', v_order.overdrawn, 'verified', v_verified,
    'awaited', public.order_awaited(v_order)) || public.order_shopper(v_order));
end $$;

-- Spends what was promised (taken again where the promise is over), grants what was planned, spends the verification.
create or replace function public.post_purchase(
  p_order public.orders, p_occurred_at timestamptz, p_now timestamptz, p_actor text
) returns public.orders language plpgsql as $$
declare
  v_order public.orders := p_order;
  v_overdrawn bigint := 0;
begin
  if v_order.points_spent > 0
    and public.loyalty_capture(v_order.profile_id, v_order.id, p_now, p_actor) = 0 then
    v_overdrawn := public.loyalty_spend_late(v_order.profile_id, v_order.program_id, v_order.id, v_order.points_spent,
      p_now, p_actor);
  end if;
  update public.orders set state = 'COMMITTED', occurred_at = p_occurred_at, committed_at = p_now, posted_at = p_now,
    overdrawn = v_overdrawn, revision = revision + 1
  where profile_id = v_order.profile_id and id = v_order.id returning * into v_order;
  if v_order.promotions is not null then perform public.keep_order_promotions(v_order, p_now); end if;
  if v_order.points_spent > 0 and v_order.visit_id is not null then
    -- A verification covers one redemption.
    update public.visit set verified_at = null where id = v_order.visit_id;
  end if;
  if v_order.identified_at is null then return v_order; end if;
  return public.grant_planned(v_order, p_now, p_actor);
end $$;

-- Grants what the order was calculated to earn, each rule as a lot of its own, from the time of the purchase on; limits
-- are counted again under the account's lock, so that purchases begun side by side keep within them.
create or replace function public.grant_planned(p_order public.orders, p_now timestamptz, p_actor text)
returns public.orders language plpgsql as $$
declare
  v_order public.orders := p_order;
  v_rule record;
  v_points bigint;
begin
  if v_order.planned_earn = 0 then return v_order; end if;
  v_order.earned := 0;
  v_order.activate_at := v_order.occurred_at + make_interval(hours => 24 * (v_order.terms ->> 'freezeDays')::integer);
  if v_order.terms ->> 'ttlDays' is not null then
    v_order.expire_at := public.loyalty_end_of_day(
      v_order.activate_at, (v_order.terms ->> 'ttlDays')::integer, v_order.terms ->> 'timezone');
  end if;
  v_order.terms := public.terms_by_limits(v_order);
  for v_rule in
    select * from jsonb_to_recordset(v_order.terms -> 'rules') as granted (rule text, points bigint) where points > 0
  loop
    v_points := public.within_limits(v_order, v_rule.rule, v_rule.points);
    perform public.loyalty_earn(v_order.profile_id, v_order.program_id, 'ORDER', v_order.id, v_rule.rule, v_points,
      v_order.occurred_at, v_order.activate_at, v_order.expire_at, p_now, v_order.id, p_actor);
    v_order.earned := v_order.earned + v_points;
  end loop;
  if v_order.earned = 0 then
    v_order.activate_at := null;
    v_order.expire_at := null;
  end if;
  update public.orders set earned = v_order.earned, activate_at = v_order.activate_at, expire_at = v_order.expire_at,
    terms = v_order.terms
  where profile_id = v_order.profile_id and id = v_order.id returning * into v_order;
  return v_order;
end $$;

-- The order's terms with what is used of each limit at this moment: a return counts by the same.
create or replace function public.terms_by_limits(p_order public.orders) returns jsonb language plpgsql as $$
declare
  v_limit jsonb;
  v_terms jsonb := p_order.terms;
begin
  for v_limit in select * from jsonb_array_elements(coalesce(p_order.terms -> 'limits', '[]')) loop
    if v_limit ->> 'scope' = 'PROGRAM' then
      -- One counter for all shoppers: whoever grants next waits.
      perform pg_advisory_xact_lock(hashtextextended(p_order.program_id::text || (v_limit ->> 'code'), 0));
    end if;
    v_terms := jsonb_set(v_terms, array['limitsUsed', v_limit ->> 'code'], to_jsonb(public.used_of_limit(p_order, v_limit)));
  end loop;
  return v_terms;
end $$;

create or replace function public.within_limits(p_order public.orders, p_rule text, p_points bigint)
returns bigint language sql as $$
  select least(p_points, min(greatest(0, (item ->> 'max')::bigint - public.used_of_limit(p_order, item))))
  from jsonb_array_elements(coalesce(p_order.terms -> 'limits', '[]')) item
  where item ->> 'scope' <> 'RULE' or item ->> 'rule' = p_rule
$$;

-- Points granted in the window of a limit that the purchase falls into: the calendar is the program's, weeks begin on
-- Monday; a rolling one ends with the purchase. The limit of a rule is each shopper's own.
create or replace function public.used_of_limit(p_order public.orders, p_limit jsonb) returns bigint language plpgsql as $$
declare
  v_zone text := p_order.terms ->> 'timezone';
  v_unit text := lower(p_limit ->> 'window');
  v_first timestamp;
  v_from timestamptz := '-infinity';
  v_to timestamptz := 'infinity';
begin
  if v_unit = 'rolling' then
    v_from := p_order.occurred_at - make_interval(hours => 24 * (p_limit ->> 'days')::integer) + interval '1 ms';
    v_to := p_order.occurred_at + interval '1 ms';
  elsif v_unit <> 'always' then
    v_first := date_trunc(v_unit, p_order.occurred_at at time zone v_zone);
    v_from := v_first at time zone v_zone;
    v_to := (v_first + ('1 ' || v_unit)::interval) at time zone v_zone;
  end if;
  return public.loyalty_granted_within(p_order.program_id,
    case when p_limit ->> 'scope' <> 'PROGRAM' then array[p_order.profile_id] end,
    case when p_limit ->> 'scope' = 'RULE' then p_limit ->> 'rule' end, v_from, v_to);
end $$;

-- What went through although it should not have: staff look at it.
create or replace function public.note_commit_incidents(
  p_order public.orders, p_added integer, p_skewed jsonb, p_now timestamptz
) returns void language plpgsql as $$
declare
  v_total numeric;
begin
  if jsonb_typeof(p_skewed) = 'object' then
    perform public.loyalty_raise_incident(p_order.profile_id, 'CLOCK_SKEW', p_order.id, p_skewed, p_now);
  end if;
  if p_added = 0 then return; end if;
  select case when bool_and(total is not null) then sum(total) end into v_total
  from public.receipt_key where order_id = p_order.id and return_id is null;
  if v_total <> p_order.to_pay then
    perform public.loyalty_raise_incident(p_order.profile_id, 'RECEIPT_TOTAL_MISMATCH', p_order.id,
      jsonb_build_object('total', v_total, 'toPay', p_order.to_pay, 'currency', p_order.currency), p_now);
  end if;
end $$;
