-- Writes down what time has done already: begun orders whose time is over have expired. Few at once, in the order of
-- their shoppers. payload: { now, limit }. Returns how many.
create or replace function public.expire_orders(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_key public.order_key;
  v_count integer := 0;
begin
  for v_key in
    select key.* from (
      select profile_id, id from public.orders where state = 'BEGUN' and hold_expires_at <= v_now
      order by hold_expires_at limit (payload ->> 'limit')::integer) due
    join public.order_key key on key.order_id = due.id
    order by due.profile_id, due.id
  loop
    perform public.lock_order(v_key, v_now);
    v_count := v_count + 1;
  end loop;
  return to_jsonb(v_count);
end $$;
