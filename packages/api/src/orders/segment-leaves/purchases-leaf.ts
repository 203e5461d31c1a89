import { MONEY_MEASURES, type LeafArgs } from '@clientele/shared/segments';
import { sql } from 'kysely';
import {
  allOf,
  earliest,
  feature,
  numberWithin,
  sinceOf,
  withinMoments,
  withinRows,
  type Feature,
  type LeafKind,
  type Surroundings,
} from '../../segments/index.ts';
import { missingInPurchases } from './missing-in-purchases.ts';
import { meantPurchase, meantSql, wantsOf } from './purchase-filter.ts';
import { MEASURES } from './purchase-measures.ts';

type Args = LeafArgs['PURCHASES'];

/** How many purchases, how much in all, on average … */
export const purchases: LeafKind<'PURCHASES'> = {
  code: 'PURCHASES',
  question: (args, surroundings) => numberWithin(ofPurchases(args, surroundings), args.range),
  missing: (ctx, { purchases: filter }, surroundings) => missingInPurchases(ctx, [filter], surroundings),
};

/** Also what other leaves ask of purchases. */
export function ofPurchases(
  { measure, purchases: filter = {}, moments, currency }: Args,
  surroundings: Surroundings,
): Feature {
  const counting = MEASURES[measure];
  const { within, changesAt, columns } = withinRows(moments, surroundings);
  const isMeant = allOf([
    meantSql(filter),
    ...(currency === undefined ? [] : [sql`r.currency = ${currency}`]),
  ]);
  const counted = allOf([isMeant, within]);
  const meant = meantPurchase(filter);
  return feature(counting.source, {
    about: { measure, filter, moments, currency },
    wants: wantsOf(filter, sinceOf(moments, surroundings), MONEY_MEASURES.includes(measure)),
    columns,
    sql: {
      value: counting.sql(counted, filter),
      // Of all purchases, meant or not: all features with these moments share it, and a look too early does no harm.
      changesAt: changesAt === null ? null : sql`min(${changesAt})`,
      none: counting.none,
      counts: counted,
    },
    ofRows: (rows) => {
      const found = rows.flatMap((row) => {
        const part = currency === undefined || row.currency === currency ? meant(row) : null;
        if (part === null) return [];
        return [{ ...row, ...part, ...withinMoments(moments, row.occurredAt, row.zone, surroundings) }];
      });
      return {
        value: counting.of(found.filter((one) => one.within)),
        changesAt: earliest(found.map((one) => one.changesAt)),
      };
    },
  });
}
