import { createHash } from 'node:crypto';
import type { GoodsFacts, GoodsSelection } from '@clientele/shared/rules';
import { sql } from 'kysely';
import { canonical, type Feature, type Fragment, type Source } from '../../segments/index.ts';
import { purchaseLineRows, purchaseRows } from './purchases.sql.ts';
import { readPurchases } from './read-purchases.ts';

/** A purchase of which something was kept; money in minor units, what came back taken off. */
export interface Purchase {
  occurredAt: Date;
  /** Of the store. */
  zone: string;
  /** Code of the store. */
  store: string;
  channel: string;
  currency: string;
  paid: number;
  /** Ids of series whose codes it was bought with. */
  codePools: string[];
  /** Of which something was kept. */
  lines: PurchaseLine[];
}

export interface PurchaseLine {
  goods: GoodsFacts;
  /** The goods' own category; null: the catalogue knows none. */
  category: string | null;
  paid: number;
  /** Thousandths. */
  keptMilli: number;
}

/** What features want of each purchase besides its own columns. */
export type PurchaseWant = GoodsWant | CodesWant | TimeWant;
/** `money`: also what they cost. */
export type GoodsWant = { readonly goods: GoodsSelection; readonly money?: boolean };
export type CodesWant = { readonly codePools: readonly string[] };
/** Earlier purchases cannot matter to the feature; null: all do. */
export type TimeWant = { readonly since: Date | null };

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

/** Of a purchase or a line: whether it has what is wanted; of goods in a purchase what they cost. */
export function wantColumns(want: GoodsWant | CodesWant): Record<'has' | 'paid', Fragment> {
  const about = 'goods' in want ? want.goods : want.codePools;
  const name = `w_${createHash('sha256').update(canonical(about)).digest('hex').slice(0, 16)}`;
  return { has: sql.raw(name), paid: sql.raw(`${name}_paid`) };
}

/** One row a line of which something was kept: as of its purchase, with `sku`, `category` and `kept_milli`. */
export const PURCHASE_LINES: Source<Purchase> = {
  ...PURCHASES,
  code: 'purchase-lines',
  tables: [...PURCHASES.tables, 'order_line'],
  rows: (scope, features) => purchaseLineRows(scope, wantedOf(features)),
};

/** What all features of a statement want together. */
export interface Wanted {
  readonly goods: readonly GoodsWant[];
  readonly codes: readonly CodesWant[];
  readonly since: Date | null;
}

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
