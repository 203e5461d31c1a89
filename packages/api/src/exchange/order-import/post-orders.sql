-- Import of orders: stores one batch of new purchases and grants what they earn, all or nothing, so that an import
-- that was killed goes on where it stood. Works on the tables of the import's own schema, first on its search path
-- (prepare.sql.ts), and names tables of the orders room directly: row by row through its functions would take thirty times as long.
-- payload: { from, to, source, channel, now, actor }. Returns { orders, lines, gross, earned }.
create or replace function public.import_post_orders(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_from integer := (payload ->> 'from')::integer;
  v_to integer := (payload ->> 'to')::integer;
  v_source text := payload ->> 'source';
  v_orders uuid[];
  v_reply jsonb;
begin
  -- Nobody is merged away while the batch is stored; whoever was since the persons were found is the survivor.
  perform pg_advisory_xact_lock_shared(hashtextextended('merge of profiles', 0));
  with fresh as materialized (
    select o.seq, o.run, o.external_id, o.occurred_at, o.lines, o.gross, o.discount, o.content_hash, uuidv7() as order_id,
      store.id as store_id, store.currency, coalesce(profile.merged_into, profile.id, store.walk_in) as profile_id,
      case when profile.id is not null then 'SALE' end as identified_at,
      earning.program_id, earning.version_id, coalesce(earning.planned, 0) as planned, earning.terms
    from import_order o
    join import_store store on store.number = o.store
    left join import_person person on person.shopper = o.shopper
    left join public.profile on profile.id = person.profile_id
    left join pg_temp.import_earning earning on earning.seq = o.seq
    where o.seq between v_from and v_to and o.status = 'NEW' and not o.is_return
    order by profile_id
  ), keyed as (
    -- A number that was used since the file was judged keeps its order.
    insert into public.order_key (source, external_id, store_id, profile_id, order_id)
    select v_source, external_id, store_id, profile_id, order_id from fresh
    on conflict (source, external_id) do nothing returning order_id
  ), stored as (
    insert into public.orders (profile_id, id, source, external_id, store_id, channel, state, mode, occurred_at,
      committed_at, posted_at, identified_at, program_id, version_id, currency, gross, discount, to_pay, planned_earn,
      terms, content_hash)
    select profile_id, order_id, v_source, external_id, store_id, payload ->> 'channel', 'COMMITTED', 'IMPORT', occurred_at,
      occurred_at, v_now, identified_at, program_id, version_id, currency, gross, discount, gross - discount, planned,
      terms, content_hash
    from fresh join keyed using (order_id)
    returning id, gross
  ), line as (
    insert into public.order_line (profile_id, order_id, number, sku, name, kind, quantity_milli, unit_price, gross,
      discount, points_discount, to_pay, min_unit_price, earnable, redeemable, earn_base, earn_share, discounts,
      print_lines, goods)
    select sold.profile_id, sold.order_id, sold.number, sold.sku, sold.name, sold.kind, sold.quantity_milli, sold.unit_price,
      sold.gross, sold.discount, 0, sold.gross - sold.discount, 0,
      coalesce(earning.earnable, sold.earnable), sold.earnable, coalesce(earning.base, 0), coalesce(earning.share, 0),
      case when sold.discount > 0 then jsonb_build_array(jsonb_build_object('source', 'TILL', 'amount', sold.discount)) else '[]' end,
      sold.print_lines, sold.goods
    from (
      select fresh.profile_id, fresh.order_id, l.*
      from fresh join keyed using (order_id) join public.import_lines(v_from, v_to) l on l.seq = fresh.seq
    ) sold
    left join pg_temp.import_line_earning earning on earning.seq = sold.seq and earning.number = sold.number
    order by sold.profile_id, sold.order_id, sold.number
    returning 1
  )
  select array_agg(stored.id), jsonb_build_object('orders', count(*), 'gross', coalesce(sum(stored.gross), 0),
    'lines', (select count(*) from line))
  into v_orders, v_reply from stored;
  return v_reply || jsonb_build_object('earned', public.import_grant(v_from, v_to, v_source, v_orders, v_now, payload ->> 'actor'));
end $$;

-- The lines of new purchases of a batch as they will be stored, numbered within the order as they stand in the file.
create or replace function public.import_lines(p_from integer, p_to integer)
returns table (seq integer, number integer, sku text, name text, kind text, quantity_milli bigint, unit_price bigint,
  gross bigint, discount bigint, earnable boolean, print_lines jsonb, goods jsonb) language sql stable as $$
  select o.seq, (row_number() over (partition by o.seq order by l.row))::integer, l.sku, l.name, l.kind, l.quantity_milli,
    l.unit_price, l.gross, l.discount, coalesce(l.earnable, product.earnable, l.kind in ('GOODS', 'SERVICE')), l.print_lines,
    case when product.id is null then '{}' else jsonb_strip_nulls(jsonb_build_object(
      'brand', product.brand, 'categories', to_jsonb(category.path))) end
  from import_order o
  join import_line l on l.run = o.run and l.set_aside is null
  left join public.product on product.sku = l.sku
  left join public.category on category.id = product.category_id
  where o.seq between p_from and p_to and o.status = 'NEW' and not o.is_return
$$;

-- Grants what the orders of the batch were calculated to earn. Accounts are locked in one order, as everywhere; within
-- an account the purchases follow each other in time.
create or replace function public.import_grant(
  p_from integer, p_to integer, p_source text, p_orders uuid[], p_now timestamptz, p_actor text
) returns bigint language plpgsql as $$
declare
  v_order public.orders;
  v_program uuid;
  v_earned bigint := 0;
begin
  if not exists (select from pg_temp.import_earning where seq between p_from and p_to and planned > 0) then return 0; end if;
  create temp table if not exists import_granting (profile_id uuid, order_id uuid, program_id uuid, seq integer);
  truncate pg_temp.import_granting;
  insert into pg_temp.import_granting
  select k.profile_id, k.order_id, earning.program_id, o.seq
  from import_order o
  join pg_temp.import_earning earning on earning.seq = o.seq and earning.planned > 0
  join public.order_key k on k.source = p_source and k.external_id = o.external_id and k.order_id = any (p_orders)
  where o.seq between p_from and p_to and o.shopper is not null;
  for v_program in select distinct program_id from pg_temp.import_granting order by program_id loop
    perform public.loyalty_lock_accounts(v_program,
      (select array_agg(distinct profile_id) from pg_temp.import_granting where program_id = v_program), p_now);
  end loop;
  for v_order in
    select orders.* from pg_temp.import_granting g
    join public.orders on orders.profile_id = g.profile_id and orders.id = g.order_id order by g.seq
  loop
    perform public.loyalty_bring_to_now(v_order.profile_id, v_order.program_id, p_now);
    v_order := public.grant_planned(v_order, p_now, p_actor);
    v_earned := v_earned + v_order.earned;
  end loop;
  return v_earned;
end $$;
