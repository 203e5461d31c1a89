import { ago, instant } from './times.ts';

const PERSONS = `p.kind = 'PERSON' and p.merged_into is null and p.erased_at is null`;
const STANDING = `o.state in ('COMMITTED', 'PARTIALLY_RETURNED')`;

/** Segments of the set, each as the statement somebody writes for it alone: ids of those who are in it. */
export function handWritten(
  now: Date,
  { recency, frequency }: { readonly recency: readonly number[]; readonly frequency: readonly number[] },
): [key: string, text: string][] {
  return [
    ['recency-3', lastPurchase(ago(now, 60), ago(now, 30))],
    [
      'frequency-year-3',
      `select o.profile_id from orders o join profile p on p.id = o.profile_id and ${PERSONS}
      where ${STANDING} and o.occurred_at > ${ago(now, 365)} and o.occurred_at <= ${instant(now)}
      group by o.profile_id having count(*) between 5 and 7`,
    ],
    [
      'spent-rub-3',
      `select o.profile_id from orders o join profile p on p.id = o.profile_id and ${PERSONS}
      left join (select order_id, sum(money_back) as money from order_return group by order_id) back on back.order_id = o.id
      where ${STANDING} and o.currency = 'RUB' and o.occurred_at > ${ago(now, 365)} and o.occurred_at <= ${instant(now)}
      group by o.profile_id having sum(o.to_pay - coalesce(back.money, 0)) between 4000000 and 7999999`,
    ],
    [
      'lapsed-Обувь',
      `select p.id from profile p where ${PERSONS}
      and exists (select from (${shoes(ago(now, 365))}) year where year.profile_id = p.id)
      and not exists (select from (${shoes(ago(now, 90))}) quarter where quarter.profile_id = p.id)`.replaceAll(
        '$now',
        instant(now),
      ),
    ],
    [
      'cart-3',
      `select p.id from profile p where ${PERSONS}
      and exists (select from event e where e.profile_id = p.id and e.kind = 'CART' and e.occurred_at > ${ago(now, 3)} and e.occurred_at <= ${instant(now)})
      and not exists (select from event e where e.profile_id = p.id and e.kind = 'PURCHASE' and e.occurred_at > ${ago(now, 3)} and e.occurred_at <= ${instant(now)})
      and not exists (select from orders o where o.profile_id = p.id and ${STANDING} and o.occurred_at > ${ago(now, 3)} and o.occurred_at <= ${instant(now)})`,
    ],
    [
      'tier-GOLD',
      `select p.id from profile p join loyalty_account a on a.profile_id = p.id
      where ${PERSONS} and a.merged_into is null and a.tier_code = 'GOLD'`,
    ],
    [
      'expiring-14',
      `select l.profile_id from lot l join profile p on p.id = l.profile_id and ${PERSONS}
      where l.remaining > 0 and l.expire_at > ${instant(now)} and l.expire_at <= ${ago(now, -14)}
      group by l.profile_id
      having sum(l.active + case when l.activate_at <= ${instant(now)} then l.pending else 0 end) >= 100`,
    ],
    ['parents', `select p.id from profile p where ${PERSONS} and p.attributes -> 'has_children' = 'true'`],
    [
      'birthday-7',
      `select p.id from profile p left join store s on s.id = p.preferred_store_id
      cross join lateral (select (${instant(now)} at time zone coalesce(s.time_zone, 'Europe/Moscow'))::date as today) d
      where ${PERSONS} and exists (select from generate_series(0, 7) ahead (days) where d.today > p.birth_date
        and (p.birth_date + make_interval(years => (extract(year from d.today + days) - extract(year from p.birth_date))::int))::date = d.today + days)`,
    ],
    [
      'rfm-9',
      `select o.profile_id from orders o join profile p on p.id = o.profile_id and ${PERSONS}
      where ${STANDING} and o.occurred_at > ${ago(now, 730)} and o.occurred_at <= ${instant(now)} group by o.profile_id
      having extract(epoch from ${instant(now)} - max(o.occurred_at)) >= ${((recency.at(-1) ?? 0) + 1) * 86_400}
        and count(*) < ${frequency[0] ?? 0}`,
    ],
  ];
}

function lastPurchase(from: string, to: string): string {
  return `select o.profile_id from orders o join profile p on p.id = o.profile_id and ${PERSONS}
    where ${STANDING} group by o.profile_id having max(o.occurred_at) > ${from} and max(o.occurred_at) <= ${to}`;
}

function shoes(since: string): string {
  return `select o.profile_id from orders o join order_line l on l.profile_id = o.profile_id and l.order_id = o.id
    join product g on g.sku = l.sku join category c on c.id = g.category_id
    where ${STANDING} and o.occurred_at > ${since} and o.occurred_at <= $now and l.returned_milli < l.quantity_milli
      and 'Обувь' = any(c.path)`;
}
