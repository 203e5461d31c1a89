import { sql } from 'kysely';
import {
  feature,
  isTrue,
  sinceOf,
  withinMoments,
  withinMomentsSql,
  type LeafKind,
} from '../../segments/index.ts';
import { missingInPurchases } from './missing-in-purchases.ts';
import { meantPurchase, meantSql, wantsOf } from './purchase-filter.ts';
import { PURCHASES } from './purchases-source.ts';

/** When the first or the last purchase was; its store's calendar counts. */
export const purchaseDate: LeafKind<'PURCHASE_DATE'> = {
  code: 'PURCHASE_DATE',
  question: ({ which, purchases: filter = {}, moments }, surroundings) => {
    const isMeant = meantSql(filter);
    const direction = which === 'FIRST' ? sql`asc` : sql`desc`;
    const at = sql`${which === 'FIRST' ? sql`min` : sql`max`}(r.occurred_at) filter (where ${isMeant})`;
    const zone = sql`(array_agg(r.zone order by r.occurred_at ${direction}, r.zone) filter (where ${isMeant}))[1]`;
    const { within, changesAt } = withinMomentsSql(moments, at, zone, surroundings);
    const meant = meantPurchase(filter);
    return isTrue(
      feature(PURCHASES, {
        about: { date: which, filter, moments },
        wants: wantsOf(filter, which === 'FIRST' ? null : sinceOf(moments, surroundings)),
        sql: {
          value: sql`${at} is not null and ${within}`,
          changesAt,
          none: sql`false`,
          counts: isMeant,
        },
        ofRows: (rows) => {
          const found = rows.filter((row) => meant(row) !== null).toSorted(inTime);
          const row = which === 'FIRST' ? found[0] : lastOf(found);
          if (row === undefined) return { value: false, changesAt: null, shown: null };
          const decided = withinMoments(moments, row.occurredAt, row.zone, surroundings);
          return { value: decided.within, changesAt: decided.changesAt, shown: row.occurredAt };
        },
      }),
    );
  },
  missing: (ctx, { purchases }, surroundings) => missingInPurchases(ctx, [purchases], surroundings),
};

type Dated = { occurredAt: Date; zone: string };

function inTime(a: Dated, b: Dated): number {
  return a.occurredAt.getTime() - b.occurredAt.getTime() || (a.zone < b.zone ? -1 : 1);
}

/** Of purchases at one moment the first zone counts, as in the database. */
function lastOf<T extends Dated>(rows: readonly T[]): T | undefined {
  const last = rows.at(-1);
  return rows.find((row) => row.occurredAt.getTime() === last?.occurredAt.getTime());
}
