-- Finding and locking orders for the posting functions of this room. They name tables of other rooms directly (visit,
-- program): that is the one exception to the doors of rooms, for the till's round trips.

-- Where an order stands. p_ref: { id } or { source, externalId } or { fiscalDrive, fiscalDocument }. The row is null
-- where nobody knows such an order; order_id alone is null for a number spent by cancelling what was never begun.
create or replace function public.order_place(p_ref jsonb)
returns public.order_key language plpgsql stable as $$
declare
  v_key public.order_key;
begin
  if p_ref ? 'id' then
    select * into v_key from public.order_key where order_id = (p_ref ->> 'id')::uuid;
  elsif p_ref ? 'fiscalDrive' then
    select key.* into v_key from public.receipt_key receipt
    join public.order_key key on key.order_id = receipt.order_id
    where receipt.fiscal_drive = p_ref ->> 'fiscalDrive' and receipt.fiscal_document = p_ref ->> 'fiscalDocument';
  else
    select * into v_key from public.order_key
    where source = p_ref ->> 'source' and external_id = p_ref ->> 'externalId';
  end if;
  return v_key;
end $$;

-- Rows of stores the caller does not see do not exist for it. p_stores: a JSON list, or null: all.
create or replace function public.order_visible(p_store uuid, p_stores jsonb)
returns boolean language sql immutable as $$
  select p_store is null or jsonb_typeof(p_stores) is distinct from 'array' or p_stores ? p_store::text
$$;

-- Locks the order after its shopper's account (which it brings to now), in the order all postings keep. An order begun
-- too long ago has expired, with its hold. Null where it is not there any more.
create or replace function public.lock_order(p_key public.order_key, p_now timestamptz)
returns public.orders language plpgsql as $$
declare
  v_key public.order_key := p_key;
  v_seen public.orders;
  v_order public.orders;
begin
  for attempt in 1..5 loop
    select * into v_seen from public.orders where profile_id = v_key.profile_id and id = v_key.order_id;
    if v_seen.program_id is not null and v_seen.identified_at is not null then
      perform public.loyalty_bring_to_now(v_seen.profile_id, v_seen.program_id, p_now);
    end if;
    select * into v_order from public.orders
    where profile_id = v_key.profile_id and id = v_key.order_id for update;
    exit when found and (v_order.program_id, v_order.identified_at) is not distinct from (v_seen.program_id, v_seen.identified_at);
    -- It moved to another shopper while we waited: look again.
    v_key := public.order_place(jsonb_build_object('source', p_key.source, 'externalId', p_key.external_id));
    if v_key.order_id is null then return null; end if;
    v_order := null;
  end loop;
  if v_order.id is null then
    raise exception 'order % keeps moving', p_key.order_id using errcode = 'serialization_failure';
  end if;
  if v_order.state = 'BEGUN' and v_order.hold_expires_at <= p_now then
    return public.expire_order(v_order, p_now);
  end if;
  return v_order;
end $$;

-- The time of a begun order is over; what is held for it is given back.
create or replace function public.expire_order(p_order public.orders, p_now timestamptz)
returns public.orders language plpgsql as $$
declare
  v_order public.orders;
begin
  perform public.loyalty_release(p_order.profile_id, p_order.id, 'EXPIRED', p_now);
  -- Its promotions count no more by time alone: no lock of theirs is needed, many orders expire at once.
  if p_order.promotions is not null and public.codes_of(p_order.promotions) <> '[]' then
    perform public.release_promo_codes(p_order.id, p_now);
  end if;
  update public.orders set state = 'EXPIRED', revision = revision + 1
  where profile_id = p_order.profile_id and id = p_order.id returning * into v_order;
  perform public.tell_order('order.expired', v_order, p_order.hold_expires_at);
  return v_order;
end $$;

create or replace function public.tell_order(
  p_kind text, p_order public.orders, p_occurred_at timestamptz, p_more jsonb default '{}'
) returns void language plpgsql as $$
begin
  perform public.write_event(p_kind, p_order.profile_id, jsonb_build_object(
    'orderId', p_order.id, 'source', p_order.source, 'externalId', p_order.external_id, 'storeId', p_order.store_id,
    'tillId', p_order.till_id, 'channel', p_order.channel, 'mode', p_order.mode, 'state', p_order.state,
    'currency', p_order.currency, 'gross', p_order.gross, 'toPay', p_order.to_pay,
    'pointsSpent', p_order.points_spent, 'earned', p_order.earned,
    'promotionIds', coalesce(jsonb_path_query_array(p_order.promotions, '$[*].promotionId'), '[]'),
    'purchasedAt', p_order.occurred_at, 'identifiedAt', p_order.identified_at, 'programId', p_order.program_id,
    'revision', p_order.revision)
    || case when p_order.state in ('PARTIALLY_RETURNED', 'RETURNED')
      then public.order_taken_back(p_order.profile_id, p_order.id) else '{}' end
    || p_more,
    p_occurred_at);
end $$;

-- Puts fiscal documents on an order, or on one of its returns. Returns how many were new; one that stands elsewhere is
-- refused with where: ReceiptTaken { orderId }.
create or replace function public.keep_receipts(p_order public.orders, p_return uuid, p_receipts jsonb)
returns integer language plpgsql as $$
declare
  v_receipt record;
  v_known public.receipt_key;
  v_added integer := 0;
begin
  for v_receipt in
    select * from jsonb_to_recordset(p_receipts) as receipt ("fiscalDrive" text, "fiscalDocument" text, "fiscalSign" text,
      "issuedAt" timestamptz, total bigint)
    order by "fiscalDrive", "fiscalDocument"
  loop
    insert into public.receipt_key (fiscal_drive, fiscal_document, profile_id, order_id, return_id, fiscal_sign, issued_at, total)
    values (v_receipt."fiscalDrive", v_receipt."fiscalDocument", p_order.profile_id, p_order.id, p_return,
      v_receipt."fiscalSign", v_receipt."issuedAt", v_receipt.total)
    on conflict (fiscal_drive, fiscal_document) do nothing;
    if found then
      v_added := v_added + 1;
      continue;
    end if;
    select * into v_known from public.receipt_key
    where fiscal_drive = v_receipt."fiscalDrive" and fiscal_document = v_receipt."fiscalDocument";
    if v_known.order_id is distinct from p_order.id or v_known.return_id is distinct from p_return then
      perform public.refuse('ReceiptTaken', jsonb_build_object('orderId', v_known.order_id));
    end if;
  end loop;
  return v_added;
end $$;

-- Gives an order with all its rows to another profile: deleted there, inserted here, ids kept.
create or replace function public.move_order(p_order public.orders, p_profile uuid)
returns public.orders language plpgsql as $$
declare
  v_order public.orders := p_order;
begin
  v_order.profile_id := p_profile;
  insert into public.orders select v_order.*;
  with moved as (delete from public.order_line where profile_id = p_order.profile_id and order_id = p_order.id returning *)
  insert into public.order_line select filled.* from moved,
    jsonb_populate_record(null::public.order_line, to_jsonb(moved) || jsonb_build_object('profile_id', p_profile)) filled;
  with moved as (
    delete from public.return_line where profile_id = p_order.profile_id and return_id in (
      select id from public.order_return where profile_id = p_order.profile_id and order_id = p_order.id) returning *)
  insert into public.return_line select filled.* from moved,
    jsonb_populate_record(null::public.return_line, to_jsonb(moved) || jsonb_build_object('profile_id', p_profile)) filled;
  update public.return_key set profile_id = p_profile where return_id in (
    select id from public.order_return where profile_id = p_order.profile_id and order_id = p_order.id);
  with moved as (delete from public.order_return where profile_id = p_order.profile_id and order_id = p_order.id returning *)
  insert into public.order_return select filled.* from moved,
    jsonb_populate_record(null::public.order_return, to_jsonb(moved) || jsonb_build_object('profile_id', p_profile)) filled;
  if p_order.promotions is not null then perform public.move_promotions(v_order, p_order.profile_id); end if;
  update public.order_key set profile_id = p_profile where order_id = p_order.id;
  update public.receipt_key set profile_id = p_profile where order_id = p_order.id;
  delete from public.orders where profile_id = p_order.profile_id and id = p_order.id;
  return v_order;
end $$;

-- What was noted of an order's promotions goes along.
create or replace function public.move_promotions(p_order public.orders, p_from uuid) returns void language plpgsql as $$
begin
  with moved as (delete from public.promotion_use where profile_id = p_from and order_id = p_order.id returning *)
  insert into public.promotion_use select filled.* from moved,
    jsonb_populate_record(null::public.promotion_use, to_jsonb(moved) || jsonb_build_object('profile_id', p_order.profile_id,
      'known', p_order.identified_at is not null)) filled;
  with moved as (delete from public.promotion_hold where profile_id = p_from and order_id = p_order.id returning *)
  insert into public.promotion_hold select filled.* from moved,
    jsonb_populate_record(null::public.promotion_hold, to_jsonb(moved) || jsonb_build_object('profile_id', p_order.profile_id)) filled;
end $$;

-- Whose account an answer is about.
create or replace function public.order_shopper(p_order public.orders) returns jsonb language sql immutable as $$
  select jsonb_build_object('programId', p_order.program_id,
    'profileId', case when p_order.identified_at is not null then p_order.profile_id end)
$$;

-- Whether the shopper confirmed a code for it: points are spent by one; else the visit, while it lasts.
create or replace function public.order_verified(p_order public.orders, p_now timestamptz)
returns boolean language sql stable as $$
  select p_order.points_spent > 0 or exists (
    select from public.visit where id = p_order.visit_id and verified_at is not null and expires_at > p_now)
$$;
