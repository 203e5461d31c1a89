-- What records of purchases are judged by. Names tables of the rooms below directly, like the till's functions: a
-- thousand records are judged by a handful of statements.

-- payload: { codes: [], staffIds: [], stores: ids the caller sees, null: all }. Answers { stores: [], staff: [ids] }.
create or replace function public.read_record_places(payload jsonb) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'stores', (
      select coalesce(jsonb_agg(jsonb_build_object('id', id, 'code', code, 'brandId', brand_id, 'currency', currency,
        'country', country)), '[]')
      from public.store where code = any (array(select jsonb_array_elements_text(payload -> 'codes')))),
    'staff', (
      select coalesce(jsonb_agg(id), '[]') from public.staff
      where id = any (array(select jsonb_array_elements_text(payload -> 'staffIds')::uuid))
        and (jsonb_typeof(payload -> 'stores') is distinct from 'array' or exists (
          select from public.staff_store where staff_id = staff.id and payload -> 'stores' ? store_id::text))))
$$;

-- payload: { source, externalIds: [], receipts: [{ fiscalDrive, fiscalDocument }], skus: [], attributes: of goods to read,
--   accounts: [{ profileId, programId }] }
-- Answers { numbers: [{ externalId, storeId, orderId }], receipts: [{ fiscalDrive, fiscalDocument, orderId, returnId }],
--   orders: [] of both, products: [], shoppers: [{ profileId, tags, accounts: { programId: { status, tierCode } } }] }.
create or replace function public.read_records(payload jsonb) returns jsonb language plpgsql stable as $$
declare
  v_numbers jsonb;
  v_receipts jsonb;
  v_orders jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('externalId', key.external_id, 'storeId', key.store_id,
    'orderId', key.order_id)), '[]') into v_numbers
  from public.order_key key
  where key.source = payload ->> 'source'
    and key.external_id = any (array(select jsonb_array_elements_text(payload -> 'externalIds')));
  select coalesce(jsonb_agg(jsonb_build_object('fiscalDrive', key.fiscal_drive, 'fiscalDocument', key.fiscal_document,
    'orderId', key.order_id, 'returnId', key.return_id)), '[]') into v_receipts
  from jsonb_to_recordset(payload -> 'receipts') as named ("fiscalDrive" text, "fiscalDocument" text)
  join public.receipt_key key on key.fiscal_drive = named."fiscalDrive" and key.fiscal_document = named."fiscalDocument";
  v_orders := public.recorded_before(v_numbers || v_receipts);
  return jsonb_build_object('numbers', v_numbers, 'receipts', v_receipts, 'orders', v_orders,
    'products', public.goods_facts(payload -> 'skus', coalesce(payload -> 'attributes', '[]')),
    'shoppers', public.shoppers_of((payload -> 'accounts') || v_orders));
end $$;

-- Orders as records are compared with them: what was sold, what of it came back, how it stands.
create or replace function public.recorded_before(p_places jsonb) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', orders.id, 'source', orders.source, 'externalId', orders.external_id,
    'profileId', orders.profile_id, 'identifiedAt', orders.identified_at, 'storeId', orders.store_id,
    'cashierId', orders.cashier_id, 'channel', orders.channel, 'state', orders.state, 'begunAt', orders.begun_at,
    'occurredAt', orders.occurred_at, 'contentHash', orders.content_hash, 'revision', orders.revision,
    'programId', orders.program_id, 'versionId', orders.version_id, 'currency', orders.currency, 'toPay', orders.to_pay,
    'pointsDiscount', orders.points_discount, 'pointsSpent', orders.points_spent, 'earned', orders.earned, 'terms', orders.terms,
    'lines', (
      select coalesce(jsonb_agg(jsonb_build_object('number', line.number, 'sku', line.sku,
        'quantityMilli', line.quantity_milli, 'returnedMilli', line.returned_milli, 'toPay', line.to_pay, 'earnable', line.earnable, 'goods', line.goods,
        'backMinor', coalesce((
          select sum(part.money_back) from public.order_return back
          join public.return_line part on part.profile_id = back.profile_id and part.return_id = back.id
          where back.profile_id = orders.profile_id and back.order_id = orders.id and part.number = line.number), 0))
        order by line.number), '[]')
      from public.order_line line where line.profile_id = orders.profile_id and line.order_id = orders.id))), '[]')
  from (
    select distinct (value ->> 'orderId')::uuid as order_id from jsonb_array_elements(p_places)
    where value ->> 'orderId' is not null
  ) place
  join public.order_key key on key.order_id = place.order_id
  join public.orders on orders.profile_id = key.profile_id and orders.id = key.order_id
$$;

-- What of shoppers decides what they earn. p_accounts: [{ profileId, programId }], more of each is not looked at.
create or replace function public.shoppers_of(p_accounts jsonb) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(shopper), '[]') from (
    select jsonb_build_object('profileId', profile.id, 'tags', to_jsonb(profile.tags),
      'accounts', coalesce(jsonb_object_agg(account.program_id,
        jsonb_build_object('status', account.status, 'tierCode', account.tier_code))
        filter (where account.program_id is not null), '{}')) as shopper
    from (
      select distinct "profileId", "programId"
      from jsonb_to_recordset(p_accounts) as named ("profileId" uuid, "programId" uuid)
    ) named
    join public.profile on profile.id = named."profileId"
    left join public.loyalty_account account
      on account.profile_id = named."profileId" and account.program_id = named."programId"
    group by profile.id
  ) each
$$;
