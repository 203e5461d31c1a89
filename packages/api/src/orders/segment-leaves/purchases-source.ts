import { canonical, type Feature, type Source } from '../../segments/index.ts';
import type { GoodsWant, Purchase, PurchaseWant, Wanted } from './purchase.ts';
import { purchaseLineRows, purchaseRows } from './purchases.sql.ts';
import { readPurchases } from './read-purchases.ts';

/**
 * One row a purchase that stands: `occurred_at`, `zone`, `store`, `channel`, `currency`, `paid`, and what is wanted
 * (`wantColumns`).
 */
export const PURCHASES: Source<Purchase> = {
  code: 'purchases',
  tables: ['orders', 'order_return', 'promo_code_use'],
  single: false,
  rows: (scope, features) => purchaseRows(scope, wantedOf(features)),
  read: (ctx, profileId) => readPurchases(ctx, profileId),
};

/** One row a line of which something was kept: as of its purchase, with `sku`, `category` and `kept_milli`. */
export const PURCHASE_LINES: Source<Purchase> = {
  ...PURCHASES,
  code: 'purchase-lines',
  tables: [...PURCHASES.tables, 'order_line'],
  rows: (scope, features) => purchaseLineRows(scope, wantedOf(features)),
};

function wantedOf(features: readonly Feature[]): Wanted {
  // Only features of these sources are asked, and they want nothing else.
  const all = features.flatMap(({ wants }) => wants as readonly PurchaseWant[]);
  const since = Math.min(...features.map(sinceWanted));
  return {
    goods: goodsWanted(all.filter((want) => 'goods' in want)),
    codes: [
      ...new Map(all.flatMap((want) => ('codePools' in want ? [[canonical(want), want]] : []))).values(),
    ],
    since: Number.isFinite(since) ? new Date(since) : null,
  };
}

/** The same goods once, with their money where one of the wants asks for it. */
function goodsWanted(wants: readonly GoodsWant[]): GoodsWant[] {
  const same = Map.groupBy(wants, ({ goods }) => canonical(goods));
  return [...same.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ goods: first.goods, money: [first, ...others].some((want) => want.money === true) }],
  );
}

/** A feature that does not say from when on purchases matter to it looks at all of them. */
function sinceWanted({ wants }: Feature): number {
  const times = (wants as readonly PurchaseWant[]).flatMap((want) => ('since' in want ? [want.since] : []));
  return Math.min(
    ...times.map((since) => since?.getTime() ?? -Infinity),
    times.length === 0 ? -Infinity : Infinity,
  );
}
