import type { Condition, Leaf } from '@clientele/shared/segments';
import { isGroup } from '@clientele/shared/segments';
import type { Columns } from './columns.ts';
import { text, texts } from './columns.ts';
import {
  anniversarySql,
  attributeSql,
  consentSql,
  eventDateSql,
  eventsSql,
  identitySql,
  otherColumns,
  pointsSql,
  promoCodeSql,
  tierSql,
} from './other-leaves.ts';
import {
  boughtWithoutSql,
  interestSql,
  lifecycleSql,
  ownIntervalSql,
  purchaseColumns,
  purchaseDateSql,
  purchasesSql,
  rfmSql,
} from './purchase-leaves.ts';
import { calendarColumns, inMoments, instant } from './times.ts';

export interface Referred {
  readonly id: string;
  readonly number: number;
  readonly condition: Condition;
}

export interface RfmByHand {
  readonly days: number;
  readonly currency: string;
  readonly bounds: Record<'recency' | 'frequency' | 'monetary', readonly number[]>;
}

/**
 * What somebody who knows SQL writes for all these segments at once, by hand: each table read once, grouped by shopper,
 * with as many aggregates as are asked, and one CASE a segment. It tells `profile_id` and `segments`, and nothing of when
 * anything changes by itself.
 */
export function combinedSql(segments: readonly Referred[], now: Date, rfm: RfmByHand): string {
  const bought = purchaseColumns();
  const other = otherColumns();
  const byId = new Map(segments.map(({ id, condition }) => [id, condition]));

  const write = (condition: Condition): string => {
    if (!isGroup(condition)) return `coalesce(${leafSql(condition)}, false)`;
    const parts = condition.of.map(write);
    switch (condition.group) {
      case 'ALL':
        return parts.length === 0 ? 'true' : `(${parts.join(' and ')})`;
      case 'ANY':
        return parts.length === 0 ? 'false' : `(${parts.join(' or ')})`;
      case 'NONE':
        return `not (${parts.join(' or ')})`;
      case 'AT_LEAST':
        return `(${parts.map((part) => `(${part})::int`).join(' + ')}) >= ${condition.k}`;
    }
  };
  const leafSql = (leaf: Leaf): string => {
    switch (leaf.leaf) {
      case 'SEGMENT': {
        const named = byId.get(leaf.segment);
        if (named === undefined) throw new Error(`no segment ${leaf.segment}`);
        return write(named);
      }
      case 'PURCHASES':
        return purchasesSql(bought, leaf, now);
      case 'PURCHASE_DATE':
        return purchaseDateSql(bought, leaf, now);
      case 'BOUGHT_WITHOUT':
        return boughtWithoutSql(bought, leaf, now);
      case 'OWN_INTERVAL':
        return ownIntervalSql(bought, leaf, now);
      case 'INTEREST':
        return interestSql(bought, leaf, now);
      case 'RFM':
        return rfmSql(bought, leaf, now, rfm);
      case 'LIFECYCLE':
        return lifecycleSql(bought, leaf, now);
      case 'EVENTS':
        return eventsSql(other, leaf, now);
      case 'EVENT_DATE':
        return eventDateSql(other, leaf, now);
      case 'POINTS':
        return pointsSql(other, leaf, now);
      case 'TIER':
        return tierSql(other, leaf);
      case 'PROMO_CODE':
        return promoCodeSql(other, leaf, now);
      case 'CONSENT':
        return consentSql(other, leaf);
      case 'IDENTITY':
        return identitySql(other, leaf);
      case 'GENDER':
        return `coalesce(profile.gender, 'UNKNOWN') = any(${texts(leaf.among)})`;
      case 'AGE':
        return `extract(year from age(today, profile.birth_date)) between ${leaf.years.least ?? 0} and ${leaf.years.most ?? 200}`;
      case 'FIELD_KNOWN':
        return leaf.field === 'NAME'
          ? '(profile.given_name is not null or profile.family_name is not null)'
          : 'profile.birth_date is not null';
      case 'PREFERRED_STORE':
        return `home.code = any(${texts(leaf.stores)})`;
      case 'PREFERRED_CHANNEL':
        return `profile.preferred_channel = any(${texts(leaf.channels)})`;
      case 'KNOWN_SINCE':
        return inMoments('profile.created_at', leaf.moments, now);
      case 'MEMBER_SINCE':
        return inMoments('profile.enrolled_at', leaf.moments, now);
      case 'DO_NOT_DISTURB':
        return 'profile.do_not_disturb';
      case 'ATTRIBUTE':
        return attributeSql(leaf);
      case 'TAG':
        return `profile.tags && ${texts(leaf.tags)}`;
      case 'ANNIVERSARY': {
        const since = {
          BIRTHDAY: 'profile.birth_date',
          MEMBERSHIP: day('profile.enrolled_at'),
          FIRST_PURCHASE: day(bought.purchases.of('min(occurred_at)')),
        };
        return anniversarySql(since[leaf.of], leaf.daysBefore, leaf.daysAfter);
      }
      case 'BUCKET':
        return `('x' || left(md5(${text(`${leaf.seed}:`)} || profile.id::text), 8))::bit(32)::bigint % 10000 between ${leaf.from} and ${leaf.to - 1}`;
      case 'SNAPSHOT':
        throw new Error('the set has no snapshots');
    }
  };

  const cases = segments.map(({ number, condition }) => `case when ${write(condition)} then ${number} end`);
  return `with ${sourcesSql(bought, now)},
  ${othersSql(other)}
select profile.id as profile_id, array_remove(array[
    ${cases.join(',\n    ')}]::int[], null) as segments
from profile
left join shop home on home.id = profile.preferred_store_id
cross join lateral (select ${day(instant(now))} as today offset 0) clock
left join bought on bought.profile_id = profile.id
left join pieces on pieces.profile_id = profile.id
left join did on did.profile_id = profile.id
left join balance on balance.profile_id = profile.id
left join account on account.profile_id = profile.id
left join given on given.profile_id = profile.id
left join agreed on agreed.profile_id = profile.id
left join known on known.profile_id = profile.id
where profile.kind = 'PERSON' and profile.merged_into is null and profile.erased_at is null`;
}

/** The day a moment is on where the shopper is at home. */
function day(moment: string): string {
  return `(${moment} at time zone coalesce(home.zone, 'Europe/Moscow'))::date`;
}

function some({ list }: Columns): string {
  return list === '' ? 'null as nothing' : list;
}

function sourcesSql(
  { goods, purchases, lines, codes }: ReturnType<typeof purchaseColumns>,
  now: Date,
): string {
  const flags = goods.names;
  const sums = flags.map(
    (flag) =>
      `bool_or(goods.${flag}) as ${flag}, coalesce(sum(kept.paid) filter (where goods.${flag}), 0) as ${flag}_paid`,
  );
  const columns = flags.flatMap((flag) => [
    `coalesce(basket.${flag}, false) as ${flag}`,
    `coalesce(basket.${flag}_paid, 0) as ${flag}_paid`,
  ]);
  const used = codes.names.map((name) => `coalesce(used.${name}, false) as ${name}`);
  return `shop as materialized (
    select id, code, time_zone as zone, ${calendarColumns('time_zone', now)} from store),
  goods as materialized (
    select product.sku, category.code as category${goods.list === '' ? '' : `,\n    ${goods.list}`}
    from product left join category on category.id = product.category_id),
  back as materialized (
    select r.profile_id, r.order_id, l.number, sum(l.money_back) as money
    from order_return r join return_line l on l.profile_id = r.profile_id and l.return_id = r.id
    where r.order_id is not null group by 1, 2, 3),
  kept as (
    select l.profile_id, l.order_id, l.sku, l.to_pay - coalesce(back.money, 0) as paid, l.quantity_milli - l.returned_milli as kept_milli
    from order_line l
    left join back on back.profile_id = l.profile_id and back.order_id = l.order_id and back.number = l.number
    where l.returned_milli < l.quantity_milli),
  basket as (
    select kept.order_id${sums.length === 0 ? '' : `,\n    ${sums.join(',\n    ')}`}
    from kept join goods on goods.sku = kept.sku group by kept.order_id),
  used as (
    select u.order_id, ${some(codes)} from promo_code_use u join promo_code code on code.id = u.code_id
    where u.state = 'USED' group by u.order_id),
  refund as (select order_id, sum(money_back) as money from order_return where order_id is not null group by order_id),
  purchase as materialized (
    select o.profile_id, o.id as order_id, o.occurred_at, o.channel, o.currency, shop.code as store, shop.zone,
      o.to_pay - coalesce(refund.money, 0) as paid, ${['day', 'week', 'month', 'quarter', 'year'].flatMap((unit) => [`${unit}_0`, `${unit}_1`, `${unit}_next`]).join(', ')}
      ${[...columns, ...used].map((column) => `, ${column}`).join('')}
    from orders o join shop on shop.id = o.store_id
    left join refund on refund.order_id = o.id
    left join basket on basket.order_id = o.id
    left join used on used.order_id = o.id
    where o.state in ('COMMITTED', 'PARTIALLY_RETURNED')),
  bought as (
    select profile_id,
    ${some(purchases)}
    from purchase group by profile_id),
  pieces as (
    select line.profile_id,
    ${some(lines)}
    from (select purchase.profile_id, occurred_at, store, channel, currency, kept.sku, kept_milli, goods.*
      from (select profile_id, order_id, occurred_at, store, channel, currency from purchase) purchase
      join kept on kept.order_id = purchase.order_id
      left join (select sku as known_sku, category${flags.map((flag) => `, ${flag}`).join('')} from goods) goods on goods.known_sku = kept.sku) line
    group by line.profile_id)`;
}

function othersSql({
  events,
  lots,
  accounts,
  codes,
  consents,
  identities,
}: ReturnType<typeof otherColumns>): string {
  return `did as (
    select profile_id,
    ${some(events)}
    from event group by profile_id),
  balance as (select profile_id, ${some(lots)} from lot where remaining > 0 group by profile_id),
  account as (select profile_id, ${some(accounts)} from loyalty_account where merged_into is null group by profile_id),
  given as (
    select profile_id, ${some(codes)}
    from (select coalesce(owner.merged_into, owner.id) as profile_id, code.pool_id, code.state = 'USED' as used,
        coalesce(code.expires_at, pool.valid_to) as valid_to
      from promo_code code join promo_code_pool pool on pool.id = code.pool_id join profile owner on owner.id = code.profile_id
      where code.state <> 'CANCELLED') code group by profile_id),
  agreed as (
    select coalesce(owner.merged_into, owner.id) as profile_id, ${some(consents)}
    from consent join profile owner on owner.id = consent.profile_id group by 1),
  known as (select profile_id, ${some(identities)} from identity group by profile_id)`;
}
