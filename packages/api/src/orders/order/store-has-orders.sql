-- Whether anything was ever sold in a store: its currency is then fixed. Asked by the company room, which knows no orders.
create or replace function public.store_has_orders(p_store uuid) returns boolean language sql stable as $$
  select exists (select from public.orders where store_id = p_store);
$$;
