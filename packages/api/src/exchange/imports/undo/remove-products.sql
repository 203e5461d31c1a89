-- Undoing an import of goods: removes those nobody has bought. Works on tables of the catalogue directly, under its lock.
-- payload: { skus }. Returns { removed }.
create or replace function public.import_remove_products(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_skus text[] := array(select jsonb_array_elements_text(payload -> 'skus'));
begin
  if cardinality(v_skus) = 0 then return jsonb_build_object('removed', 0); end if;
  v_skus := array(select sku from unnest(v_skus) sku where sku <> all (
    array(select distinct l.sku from public.order_line l where l.sku = any (v_skus))));
  delete from public.product_barcode using public.product
  where product.id = product_barcode.product_id and product.sku = any (v_skus);
  delete from public.product where sku = any (v_skus);
  return jsonb_build_object('removed', cardinality(v_skus));
end $$;
