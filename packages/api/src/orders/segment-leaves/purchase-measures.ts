import { localDate } from '@clientele/shared/time';
import type { PurchaseFilter, PurchaseMeasure } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { NULL, type Fragment } from '../../segments/index.ts';
import { paidSql } from './purchase-filter.ts';

/** A purchase that is counted. */
export interface Counted {
  /** Minor units, of the meant goods. */
  readonly paid: number;
  readonly store: string;
  readonly occurredAt: Date;
  readonly zone: string;
}

interface Measure {
  /** Over rows `r` of which `counted` is true. */
  sql(counted: Fragment, filter: PurchaseFilter): Fragment;
  readonly none: Fragment;
  of(purchases: readonly Counted[]): number | null;
}

const ZERO = sql`0`;

const COUNT: Measure = {
  sql: (counted) => sql`count(*) filter (where ${counted})`,
  none: ZERO,
  of: ({ length }) => length,
};

const SUM: Measure = {
  sql: (counted, filter) => sql`coalesce(sum(${paidSql(filter)}) filter (where ${counted}), 0)`,
  none: ZERO,
  of: (purchases) => total(purchases),
};

/** Rounded half up to a minor unit; sums of money after returns are never below zero. */
const AVERAGE: Measure = {
  sql: (counted, filter) => sql`round(avg(${paidSql(filter)}) filter (where ${counted}))`,
  none: NULL,
  of: (purchases) =>
    purchases.length === 0
      ? null
      : Math.floor((2 * total(purchases) + purchases.length) / (2 * purchases.length)),
};

const LEAST: Measure = {
  sql: (counted, filter) => sql`min(${paidSql(filter)}) filter (where ${counted})`,
  none: NULL,
  of: (purchases) => (purchases.length === 0 ? null : Math.min(...purchases.map(({ paid }) => paid))),
};

const GREATEST: Measure = {
  sql: (counted, filter) => sql`max(${paidSql(filter)}) filter (where ${counted})`,
  none: NULL,
  of: (purchases) => (purchases.length === 0 ? null : Math.max(...purchases.map(({ paid }) => paid))),
};

const DISTINCT_STORES: Measure = {
  sql: (counted) => sql`count(distinct r.store) filter (where ${counted})`,
  none: ZERO,
  of: (purchases) => new Set(purchases.map(({ store }) => store)).size,
};

const DISTINCT_DAYS: Measure = {
  sql: (counted) => sql`count(distinct (r.occurred_at at time zone r.zone)::date) filter (where ${counted})`,
  none: ZERO,
  of: (purchases) =>
    new Set(purchases.map(({ occurredAt, zone }) => localDate(occurredAt.getTime(), zone))).size,
};

/** What purchases themselves are measured by; pieces and different goods are those of their lines. */
export const MEASURES_OF_PURCHASES = {
  COUNT,
  SUM,
  AVERAGE,
  LEAST,
  GREATEST,
  DISTINCT_STORES,
  DISTINCT_DAYS,
} satisfies Partial<Record<PurchaseMeasure, Measure>>;

function total(purchases: readonly Counted[]): number {
  return purchases.reduce((sum, { paid }) => sum + paid, 0);
}
