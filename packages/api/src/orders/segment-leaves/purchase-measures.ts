import { localDate } from '@clientele/shared/time';
import type { PurchaseFilter, PurchaseMeasure } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { NULL, type Fragment, type Source } from '../../segments/index.ts';
import { paidSql } from './purchase-filter.ts';
import type { Purchase, PurchaseLine } from './purchase.ts';
import { PURCHASE_LINES, PURCHASES } from './purchases-source.ts';

/** A purchase that is counted. */
export interface Counted {
  /** Minor units, of the meant goods. */
  readonly paid: number;
  readonly store: string;
  readonly occurredAt: Date;
  readonly zone: string;
  /** Of the meant goods. */
  readonly lines: readonly PurchaseLine[];
}

interface Measure {
  readonly source: Source<Purchase>;
  /** Over rows `r` of which `counted` is true. */
  sql(counted: Fragment, filter: PurchaseFilter): Fragment;
  readonly none: Fragment;
  of(purchases: readonly Counted[]): number | null;
}

const ZERO = sql`0`;

const COUNT: Measure = {
  source: PURCHASES,
  sql: (counted) => sql`count(*) filter (where ${counted})`,
  none: ZERO,
  of: ({ length }) => length,
};

const SUM: Measure = {
  source: PURCHASES,
  sql: (counted, filter) => sql`coalesce(sum(${paidSql(filter)}) filter (where ${counted}), 0)`,
  none: ZERO,
  of: (purchases) => total(purchases),
};

/** Rounded half up to a minor unit; sums of money after returns are never below zero. */
const AVERAGE: Measure = {
  source: PURCHASES,
  sql: (counted, filter) => sql`round(avg(${paidSql(filter)}) filter (where ${counted}))`,
  none: NULL,
  of: (purchases) =>
    purchases.length === 0
      ? null
      : Math.floor((2 * total(purchases) + purchases.length) / (2 * purchases.length)),
};

const LEAST: Measure = {
  source: PURCHASES,
  sql: (counted, filter) => sql`min(${paidSql(filter)}) filter (where ${counted})`,
  none: NULL,
  of: (purchases) => (purchases.length === 0 ? null : Math.min(...purchases.map(({ paid }) => paid))),
};

const GREATEST: Measure = {
  source: PURCHASES,
  sql: (counted, filter) => sql`max(${paidSql(filter)}) filter (where ${counted})`,
  none: NULL,
  of: (purchases) => (purchases.length === 0 ? null : Math.max(...purchases.map(({ paid }) => paid))),
};

const DISTINCT_STORES: Measure = {
  source: PURCHASES,
  sql: (counted) => sql`count(distinct r.store) filter (where ${counted})`,
  none: ZERO,
  of: (purchases) => new Set(purchases.map(({ store }) => store)).size,
};

const DISTINCT_DAYS: Measure = {
  source: PURCHASES,
  sql: (counted) => sql`count(distinct (r.occurred_at at time zone r.zone)::date) filter (where ${counted})`,
  none: ZERO,
  of: (purchases) =>
    new Set(purchases.map(({ occurredAt, zone }) => localDate(occurredAt.getTime(), zone))).size,
};

/** Whole pieces: what is weighed counts with its whole kilograms. */
const PIECES: Measure = {
  source: PURCHASE_LINES,
  sql: (counted) => sql`coalesce(floor(sum(r.kept_milli) filter (where ${counted}) / 1000), 0)`,
  none: ZERO,
  of: (purchases) => Math.floor(linesOf(purchases).reduce((sum, { keptMilli }) => sum + keptMilli, 0) / 1000),
};

const DISTINCT_PRODUCTS: Measure = {
  source: PURCHASE_LINES,
  sql: (counted) => sql`count(distinct r.sku) filter (where ${counted})`,
  none: ZERO,
  of: (purchases) => new Set(linesOf(purchases).map(({ goods }) => goods.sku)).size,
};

const DISTINCT_CATEGORIES: Measure = {
  source: PURCHASE_LINES,
  sql: (counted) => sql`count(distinct r.category) filter (where ${counted})`,
  none: ZERO,
  of: (purchases) => new Set(linesOf(purchases).flatMap(({ category }) => category ?? [])).size,
};

export const MEASURES: Readonly<Record<PurchaseMeasure, Measure>> = {
  COUNT,
  SUM,
  AVERAGE,
  LEAST,
  GREATEST,
  PIECES,
  DISTINCT_PRODUCTS,
  DISTINCT_CATEGORIES,
  DISTINCT_STORES,
  DISTINCT_DAYS,
};

function linesOf(purchases: readonly Counted[]): PurchaseLine[] {
  return purchases.flatMap(({ lines }) => lines);
}

function total(purchases: readonly Counted[]): number {
  return purchases.reduce((sum, { paid }) => sum + paid, 0);
}
