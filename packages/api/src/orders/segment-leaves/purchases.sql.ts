import { sql } from 'kysely';
import { inScope, type Fragment, type Scope } from '../../segments/index.ts';
import { everyMarkedLine, isMarked, markedLines, marksOfPurchase } from './marked-lines.sql.ts';
import { wantColumns, type Wanted } from './purchase.ts';

/** Purchases that stand; one given back whole is none. */
export const STANDING = sql`('COMMITTED', 'PARTIALLY_RETURNED')`;

export function purchaseRows(scope: Scope, wanted: Wanted): Fragment {
  const { goods, codes, since } = wanted;
  const columns = [
    ...goods.flatMap((want, place) => {
      const { has, paid } = wantColumns(want);
      return [
        sql`${isMarked('kept', place)} as ${has}`,
        ...(want.money === true ? [sql`coalesce(kept.${paid}, 0) as ${paid}`] : []),
      ];
    }),
    ...codes.map((want) => sql`coalesce(codes.${wantColumns(want).has}, false) as ${wantColumns(want).has}`),
  ];
  const keptGoods = sql`left join (${goodsKept(scope, wanted)}) kept
    on kept.profile_id = o.profile_id and kept.order_id = o.id`;
  const usedCodes = sql`left join (${codesUsed(scope, wanted)}) codes on codes.order_id = o.id`;
  return sql`select ${sql.join([
    sql`o.profile_id, o.id as order_id, o.occurred_at, store.time_zone as zone, store.code as store, o.channel, o.currency,
      o.to_pay - coalesce(back.paid, 0) as paid`,
    ...columns,
  ])}
    from orders o join store on store.id = o.store_id
    left join (${moneyBack(scope)}) back on back.profile_id = o.profile_id and back.order_id = o.id
    ${goods.length === 0 ? sql`` : keptGoods} ${codes.length === 0 ? sql`` : usedCodes}
    where ${standingSince(scope, since)}`;
}

/** Purchases `o` that can matter. */
function standingSince(scope: Scope, since: Date | null): Fragment {
  const late = since === null ? sql`` : sql`and o.occurred_at >= ${since}::timestamptz`;
  return sql`${inScope(scope, sql`o.profile_id`)} and o.state in ${STANDING} ${late}`;
}

function moneyBack(scope: Scope): Fragment {
  return sql`select profile_id, order_id, sum(money_back)::bigint as paid from order_return
    where ${inScope(scope, sql`profile_id`)} and order_id is not null group by profile_id, order_id`;
}

/** What was kept of the wanted goods, purchase by purchase. */
function goodsKept(scope: Scope, { goods, since }: Wanted): Fragment {
  const sums = goods.flatMap((want, place) =>
    want.money === true
      ? [sql`sum(line.paid) filter (where ${isMarked('line', place)})::bigint as ${wantColumns(want).paid}`]
      : [],
  );
  // Where only some time matters, lines of other purchases are not worth a look.
  const inTime = sql`join orders o on o.profile_id = line.profile_id and o.id = line.order_id
    and ${standingSince(scope, since)}`;
  return sql`select line.profile_id, line.order_id, ${sql.join([...marksOfPurchase(goods), ...sums])}
    from (${markedLines(scope, goods)}) line ${since === null ? sql`` : inTime}
    group by line.profile_id, line.order_id`;
}

/** Lines as rows of their purchases; wanted goods are those of the line. */
export function purchaseLineRows(scope: Scope, { goods, codes, since }: Wanted): Fragment {
  const wanted = [
    ...goods.map((want, place) => sql`${isMarked('line', place)} as ${wantColumns(want).has}`),
    ...codes.map((want) => sql`p.${wantColumns(want).has}`),
  ];
  return sql`select ${sql.join([
    sql`p.profile_id, p.occurred_at, p.zone, p.store, p.channel, p.currency, p.paid,
      line.sku, line.kept_milli, line.category`,
    ...wanted,
  ])}
    from (${everyMarkedLine(scope, goods)}) line
    join (${purchaseRows(scope, { goods: [], codes, since })}) p
      on p.profile_id = line.profile_id and p.order_id = line.order_id`;
}

function codesUsed(scope: Scope, { codes, since }: Wanted): Fragment {
  const pools = codes.map((want) => {
    const name = wantColumns(want).has;
    return sql`bool_or(code.pool_id = any(${[...want.codePools]}::uuid[])) as ${name}`;
  });
  // Uses stay with the profile they were told of; the purchase is where the shopper is now.
  return sql`select used.order_id, ${sql.join(pools)}
    from orders o join promo_code_use used on used.order_id = o.id
    join promo_code code on code.id = used.code_id
    where used.state = 'USED' and ${standingSince(scope, since)}
    group by used.order_id`;
}
