-- Writes products as they are to be, in one statement a call: { now, source, categories: [{id, parentCode, code, name,
-- path}], products: [{ id, sku, … , category: code, barcodes: [] }] }. Categories come parents first. Called under the
-- catalogue's lock (lock_catalog), so that two imports do not fight for a barcode.
create or replace function public.upsert_products(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_category record;
begin
  for v_category in
    select * from jsonb_to_recordset(payload -> 'categories')
      as category (id uuid, "parentCode" text, code text, name text, path text[])
  loop
    insert into public.category (id, parent_id, code, name, path)
    values (v_category.id, (select id from public.category where code = v_category."parentCode"),
      v_category.code, v_category.name, v_category.path)
    on conflict (code) do nothing;
  end loop;

  insert into public.product (id, sku, name, category_id, brand, price, old_price, url, image_url, earnable, redeemable,
    min_unit_price, available, attributes, source, updated_at)
  select product.id, sku, product.name, category.id, brand, price, "oldPrice", url, "imageUrl", earnable, redeemable,
    "minUnitPrice", available, attributes, payload ->> 'source', (payload ->> 'now')::timestamptz
  from jsonb_to_recordset(payload -> 'products') as product (id uuid, sku text, name text, category text, brand text,
    price jsonb, "oldPrice" jsonb, url text, "imageUrl" text, earnable boolean, redeemable boolean, "minUnitPrice" jsonb,
    available boolean, attributes jsonb)
  left join public.category on category.code = product.category
  on conflict (sku) do update set name = excluded.name, category_id = excluded.category_id, brand = excluded.brand,
    price = excluded.price, old_price = excluded.old_price, url = excluded.url, image_url = excluded.image_url,
    earnable = excluded.earnable, redeemable = excluded.redeemable, min_unit_price = excluded.min_unit_price,
    available = excluded.available, attributes = excluded.attributes, source = excluded.source,
    updated_at = excluded.updated_at;

  delete from public.product_barcode
  where product_id in (select (product ->> 'id')::uuid from jsonb_array_elements(payload -> 'products') product);
  insert into public.product_barcode (barcode, product_id, position)
  select barcode, (product ->> 'id')::uuid, position
  from jsonb_array_elements(payload -> 'products') product,
    jsonb_array_elements_text(product -> 'barcodes') with ordinality as code (barcode, position);
  return '{}';
end $$;

-- Held to the end of the transaction; the number is arbitrary, only equal everywhere.
create or replace function public.lock_catalog(payload jsonb) returns jsonb language plpgsql as $$
begin
  perform pg_advisory_xact_lock(4117260003);
  return '{}';
end $$;
