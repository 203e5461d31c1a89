import { selectionTest } from '@clientele/shared/rules';
import { sql } from 'kysely';
import { goodsMatch } from '../../catalog/index.ts';
import { anyOf, inScope, type Fragment, type Scope } from '../../segments/index.ts';
import { wantColumns, type CodesWant, type GoodsWant, type Wanted } from './purchases-source.ts';

/** Purchases that stand; one given back whole is none. */
export const STANDING = sql`('COMMITTED', 'PARTIALLY_RETURNED')`;

export function purchaseRows(scope: Scope, wanted: Wanted): Fragment {
  const { goods, codes, since } = wanted;
  const columns = [
    ...goods.flatMap((want) => {
      const { has, paid } = wantColumns(want);
      return [sql`coalesce(kept.${has}, false) as ${has}`, sql`coalesce(kept.${paid}, 0) as ${paid}`];
    }),
    ...codes.map((want) => sql`coalesce(codes.${wantColumns(want).has}, false) as ${wantColumns(want).has}`),
  ];
  const keptGoods = sql`left join (${goodsKept(scope, wanted)}) kept
    on kept.profile_id = o.profile_id and kept.order_id = o.id`;
  const usedCodes = sql`left join (${codesUsed(scope, codes)}) codes on codes.order_id = o.id`;
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
  const sums = goods.flatMap((want) => {
    const { has, paid } = wantColumns(want);
    const isMeant = meantLine(want);
    return [
      sql`bool_or(${isMeant}) as ${has}`,
      sql`sum(line.paid) filter (where ${isMeant})::bigint as ${paid}`,
    ];
  });
  // Where only some time matters, lines of other purchases are not worth a look.
  const inTime = sql`join orders o on o.profile_id = line.profile_id and o.id = line.order_id
    and ${standingSince(scope, since)}`;
  return sql`select line.profile_id, line.order_id, ${sql.join(sums)}
    from (${keptLines(scope)}) line ${withMatches(scope, goods)}
    ${since === null ? sql`` : inTime}
    group by line.profile_id, line.order_id`;
}

/**
 * Lines as rows of their purchases; wanted goods are those of the line. OFFSET 0 has the goods judged before the purchases
 * come in: how many lines two equal columns join is far from what the database guesses.
 */
export function purchaseLineRows(scope: Scope, { goods, codes, since }: Wanted): Fragment {
  const judged = goods.map((want) => sql`coalesce(${meantLine(want)}, false) as ${wantColumns(want).has}`);
  const wanted = [
    ...goods.map((want) => sql`line.${wantColumns(want).has}`),
    ...codes.map((want) => sql`p.${wantColumns(want).has}`),
  ];
  const match = sql`left join (${matches(scope, goods)}) match on match.sku = line.sku`;
  return sql`select ${sql.join([
    sql`p.profile_id, p.occurred_at, p.zone, p.store, p.channel, p.currency, p.paid,
      line.sku, line.kept_milli, line.category`,
    ...wanted,
  ])}
    from (select ${sql.join([sql`line.*, category.code as category`, ...judged])}
      from (${keptLines(scope)}) line
      left join product on product.sku = line.sku left join category on category.id = product.category_id
      ${goods.length === 0 ? sql`` : match}
      offset 0) line
    join (${purchaseRows(scope, { goods: [], codes, since })}) p
      on p.profile_id = line.profile_id and p.order_id = line.order_id`;
}

/** `profile_id`, `order_id`, `sku`, `paid` and `kept_milli` of lines of which something was kept. */
export function keptLines(scope: Scope): Fragment {
  return sql`select l.profile_id, l.order_id, l.sku, l.to_pay - coalesce(back.paid, 0) as paid,
      l.quantity_milli - l.returned_milli as kept_milli
    from order_line l
    left join (select r.profile_id, r.order_id, rl.number, sum(rl.money_back)::bigint as paid
      from order_return r join return_line rl on rl.profile_id = r.profile_id and rl.return_id = r.id
      where ${inScope(scope, sql`r.profile_id`)} and ${inScope(scope, sql`rl.profile_id`)} and r.order_id is not null
      group by r.profile_id, r.order_id, rl.number) back
      on back.profile_id = l.profile_id and back.order_id = l.order_id and back.number = l.number
    where ${inScope(scope, sql`l.profile_id`)} and l.returned_milli < l.quantity_milli`;
}

/** Whether a line `line` is meant, `match` being what its goods were judged. */
function meantLine(want: GoodsWant): Fragment {
  const { has } = wantColumns(want);
  return takesUnknown(want) ? sql`coalesce(match.${has}, true)` : sql`match.${has}`;
}

/** Goods that nobody knows anything of are meant where everything is but something known. */
function takesUnknown({ goods }: GoodsWant): boolean {
  return selectionTest(goods)({ sku: '' });
}

/** Lines of goods that are meant by none of the wants are left out early, where that can be told by the goods. */
function withMatches(scope: Scope, wants: readonly GoodsWant[]): Fragment {
  const kind = wants.some(takesUnknown) ? sql`left join` : sql`join`;
  return sql`${kind} (${matches(scope, wants)}) match on match.sku = line.sku`;
}

/**
 * Each product of the catalogue, judged once for all lines: OFFSET 0 keeps the database from judging it again at each.
 * A want that names goods by sku needs no catalogue, so named skus that it does not know are judged too.
 */
function matches(scope: Scope, wants: readonly GoodsWant[]): Fragment {
  const judged = wants.map((want) => sql`${goodsMatch(want.goods)} as ${wantColumns(want).has}`);
  const skus = wants.flatMap(({ goods }) => [...(goods.only?.skus ?? []), ...(goods.except?.skus ?? [])]);
  // A few shoppers have bought few goods: a large catalogue is not judged for them.
  const bought = sql`where known.sku in (select l.sku from order_line l where ${inScope(scope, sql`l.profile_id`)})`;
  const meant = wants.some(takesUnknown)
    ? sql``
    : sql`where ${anyOf(wants.map((want) => wantColumns(want).has))}`;
  return sql`select * from (select product.sku, ${sql.join(judged)}
    from (select known.sku, known.category_id, known.brand, known.attributes from product known
        ${'profiles' in scope ? bought : sql``}
      union all
      select unknown.sku, null, null, '{}' from unnest(${[...new Set(skus)]}::text[]) as unknown (sku)
      where not exists (select from product known where known.sku = unknown.sku)) product
    left join category on category.id = product.category_id
    offset 0) judged ${meant}`;
}

function codesUsed(scope: Scope, wants: readonly CodesWant[]): Fragment {
  const pools = wants.map((want) => {
    const name = wantColumns(want).has;
    return sql`bool_or(code.pool_id = any(${[...want.codePools]}::uuid[])) as ${name}`;
  });
  // Uses stay with the profile they were told of; the purchase is where the shopper is now.
  return sql`select used.order_id, ${sql.join(pools)}
    from orders bought join promo_code_use used on used.order_id = bought.id
    join promo_code code on code.id = used.code_id
    where used.state = 'USED' and ${inScope(scope, sql`bought.profile_id`)}
    group by used.order_id`;
}
