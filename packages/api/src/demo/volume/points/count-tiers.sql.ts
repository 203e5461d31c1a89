/**
 * What the purchases of the last thirteen months come to, as the counting of tiers keeps it. Parameters: program, since.
 * One statement for everybody: told purchase by purchase it would take an hour.
 */
export const KEEP_TIER_ENTRIES = `
  insert into public.tier_entry (profile_id, id, program_id, occurred_at, currency, amount, points, revision)
  select o.profile_id, o.id, $1, o.occurred_at, o.currency, o.to_pay - coalesce(back.money, 0), 0, o.revision
  from public.orders o
  left join (
    select order_id, sum(money_back)::bigint as money from public.order_return group by order_id
  ) back on back.order_id = o.id
  where o.occurred_at >= $2 and o.source = $3
  order by o.id`;
