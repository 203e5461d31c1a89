-- Stores purchases that have happened, and what records add to those known, all or nothing: numbers first, then the
-- accounts in one order, then the orders. Names tables of this room and of loyalty directly.
-- payload: { source, now, actor,
--   numbers: [{ externalId, storeId, profileId, orderId }] of new orders,
--   replaced: [{ orderId, profileId, identifiedAt, newProfileId, storeId }] begun or cancelled before they were sold,
--   accounts: [{ programId, profileIds: [] }],
--   orders: rows of orders, lines: rows of order_line,
--   facts: [{ orderId, profileId, receipts: [], skewed, more: of the event }] one for each row of orders,
--   additions: [{ orderId, profileId, revision, receipts: [], cancel, shopper: { profileId, planned, terms, shares } or null }] }
-- Answers { orderId: points earned }. Refuses RecordsChanged where what was read is not so any more: judge again.
create or replace function public.record_orders(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_actor text := payload ->> 'actor';
  v_item jsonb;
  v_order public.orders;
  v_earned jsonb[] := '{}';
begin
  perform public.keep_profile(profile_id) from (
    select distinct profile_id from jsonb_to_recordset(payload -> 'orders') as sold (profile_id uuid, identified_at text)
    where identified_at is not null order by profile_id) shopper;
  perform public.record_numbers(payload ->> 'source', payload -> 'numbers');
  for v_item in select value from jsonb_array_elements(payload -> 'accounts') order by value ->> 'programId' loop
    perform public.loyalty_lock_accounts((v_item ->> 'programId')::uuid,
      array(select jsonb_array_elements_text(v_item -> 'profileIds')::uuid), v_now);
  end loop;
  for v_item in select value from jsonb_array_elements(payload -> 'replaced') loop
    perform public.record_over_unsold(v_item, v_now, v_actor);
  end loop;
  insert into public.orders select * from jsonb_populate_recordset(null::public.orders, payload -> 'orders');
  insert into public.order_line select * from jsonb_populate_recordset(null::public.order_line, payload -> 'lines');
  for v_item in select value from jsonb_array_elements(payload -> 'facts') loop
    v_order := public.record_fact(v_item, v_now, v_actor);
    v_earned := v_earned || jsonb_build_object('orderId', v_order.id, 'earned', v_order.earned);
  end loop;
  for v_item in select value from jsonb_array_elements(payload -> 'additions') loop
    v_order := public.record_addition(v_item, v_now, v_actor);
    v_earned := v_earned || jsonb_build_object('orderId', v_order.id, 'earned', v_order.earned);
  end loop;
  return to_jsonb(v_earned);
end $$;

-- Takes the numbers of new orders; one that was spent by cancelling what was never begun is given to its sale.
create or replace function public.record_numbers(p_source text, p_numbers jsonb) returns void language plpgsql as $$
declare
  v_taken integer;
begin
  insert into public.order_key as key (source, external_id, store_id, profile_id, order_id)
  select p_source, "externalId", "storeId", "profileId", "orderId"
  from jsonb_to_recordset(p_numbers) as number ("externalId" text, "storeId" uuid, "profileId" uuid, "orderId" uuid)
  order by "externalId"
  on conflict (source, external_id) do update
    set store_id = excluded.store_id, profile_id = excluded.profile_id, order_id = excluded.order_id
    where key.order_id is null;
  get diagnostics v_taken = row_count;
  if v_taken <> jsonb_array_length(p_numbers) then perform public.refuse('RecordsChanged'); end if;
end $$;

-- Makes room for the fact: what was begun is given back with its hold, its number and id stay.
create or replace function public.record_over_unsold(p_item jsonb, p_now timestamptz, p_actor text)
returns void language plpgsql as $$
declare
  v_order public.orders := public.lock_order(
    public.order_place(jsonb_build_object('id', p_item ->> 'orderId')), p_now);
begin
  if v_order.id is null or v_order.state not in ('BEGUN', 'EXPIRED', 'CANCELLED')
    or v_order.content_hash like 'record:%'
    or v_order.profile_id <> (p_item ->> 'profileId')::uuid
    or v_order.identified_at is distinct from p_item ->> 'identifiedAt' then
    perform public.refuse('RecordsChanged');
  end if;
  perform public.remove_begun_order(v_order, p_now, p_actor);
  if v_order.promotions is not null then perform public.release_order_promotions(v_order, p_now); end if;
  update public.order_key set profile_id = (p_item ->> 'newProfileId')::uuid, store_id = (p_item ->> 'storeId')::uuid
  where order_id = v_order.id;
end $$;

-- A purchase that was just stored: its documents, what it earns, its event.
create or replace function public.record_fact(p_item jsonb, p_now timestamptz, p_actor text)
returns public.orders language plpgsql as $$
declare
  v_order public.orders;
  v_added integer := 0;
begin
  select * into strict v_order from public.orders
  where profile_id = (p_item ->> 'profileId')::uuid and id = (p_item ->> 'orderId')::uuid;
  if jsonb_array_length(p_item -> 'receipts') > 0 then
    v_added := public.keep_receipts(v_order, null, p_item -> 'receipts');
  end if;
  if v_order.planned_earn > 0 then
    perform public.loyalty_bring_to_now(v_order.profile_id, v_order.program_id, p_now);
    v_order := public.grant_planned(v_order, p_now, p_actor);
  end if;
  perform public.tell_order(case v_order.state when 'CANCELLED' then 'order.cancelled' else 'order.committed' end,
    v_order, v_order.occurred_at, p_item -> 'more');
  perform public.note_commit_incidents(v_order, v_added, p_item -> 'skewed', p_now);
  return v_order;
end $$;

-- A later copy of what is known brings a shopper, documents, or that it was cancelled.
create or replace function public.record_addition(p_item jsonb, p_now timestamptz, p_actor text)
returns public.orders language plpgsql as $$
declare
  v_order public.orders := public.lock_order(
    public.order_place(jsonb_build_object('id', p_item ->> 'orderId')), p_now);
  v_added integer;
begin
  if v_order.id is null or v_order.profile_id <> (p_item ->> 'profileId')::uuid
    or v_order.revision <> (p_item ->> 'revision')::integer then
    perform public.refuse('RecordsChanged');
  end if;
  if jsonb_typeof(p_item -> 'shopper') = 'object' then
    v_order := public.record_shopper(v_order, p_item -> 'shopper', p_now, p_actor);
  end if;
  v_added := public.keep_receipts(v_order, null, p_item -> 'receipts');
  if v_added > 0 then
    perform public.tell_order('order.receipt-added', v_order, p_now);
    perform public.note_commit_incidents(v_order, v_added, null, p_now);
  end if;
  if (p_item ->> 'cancel')::boolean then v_order := public.record_cancelled(v_order, p_now, p_actor); end if;
  return v_order;
end $$;

-- The order of nobody known is somebody's: it goes to them and earns what it would have.
create or replace function public.record_shopper(p_order public.orders, p_shopper jsonb, p_now timestamptz, p_actor text)
returns public.orders language plpgsql as $$
declare
  -- Not by a person at a till: their daily limit does not count it.
  v_order public.orders := public.give_order(p_order, (p_shopper ->> 'profileId')::uuid, p_shopper || '{"now": null}');
begin
  if v_order.planned_earn > 0 then
    perform public.loyalty_bring_to_now(v_order.profile_id, v_order.program_id, p_now);
    v_order := public.grant_planned(v_order, p_now, p_actor);
  end if;
  perform public.tell_order('order.shopper-attached', v_order, p_now);
  return v_order;
end $$;

-- A purchase that is known was cancelled in the end: it was no sale. What it earned is taken back, what it took is
-- given back; returns of it that were recorded stay.
create or replace function public.record_cancelled(p_order public.orders, p_now timestamptz, p_actor text)
returns public.orders language plpgsql as $$
declare
  v_order public.orders := p_order;
  v_settings jsonb := (select settings from public.program_version where id = p_order.version_id);
  v_spent bigint;
  v_earned bigint;
begin
  if v_order.program_id is not null and v_order.identified_at is not null then
    perform public.loyalty_bring_to_now(v_order.profile_id, v_order.program_id, p_now);
    select coalesce(sum(points), 0) into v_spent
    from public.loyalty_restorable(v_order.profile_id, v_order.program_id, v_order.id);
    perform public.loyalty_restore(v_order.profile_id, v_order.program_id, v_order.id, null, v_spent, v_settings, p_now,
      p_now, p_actor);
    v_earned := public.loyalty_clawable(v_order.profile_id, v_order.program_id, v_order.id);
    perform public.loyalty_clawback(v_order.profile_id, v_order.program_id, v_order.id, null, v_earned, v_settings, p_now,
      p_actor);
  end if;
  update public.orders set state = 'CANCELLED', planned_earn = 0, earned = 0, revision = revision + 1
  where profile_id = v_order.profile_id and id = v_order.id returning * into v_order;
  if v_order.promotions is not null then
    perform public.return_order_promotions(v_order, coalesce((v_settings ->> 'freeCodeOnFullReturn')::boolean, true), p_now);
  end if;
  perform public.tell_order('order.cancelled', v_order, p_now, '{"recorded": true}');
  return v_order;
end $$;
