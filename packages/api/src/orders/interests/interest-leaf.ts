import type { PurchaseFilter } from '@clientele/shared/segments';
import { sql } from 'kysely';
import {
  earliest,
  feature,
  NULL,
  rowColumn,
  sinceOf,
  withinMoments,
  withinRows,
  type Feature,
  type Fragment,
  type LeafKind,
  type Surroundings,
} from '../../segments/index.ts';
import { missingInPurchases } from '../segment-leaves/missing-in-purchases.ts';
import { meantPurchase, paidSql, wantsOf } from '../segment-leaves/purchase-filter.ts';
import { ofPurchases } from '../segment-leaves/purchases-leaf.ts';
import { PURCHASES } from '../segment-leaves/purchases-source.ts';
import { shareOf, shareSql, weighing, weightOf, weightSql } from './decayed-weight.ts';

/**
 * Such goods make a share of what the shopper paid and kept, newer purchases weighing more. Money of several currencies is
 * added as it stands: the share is meant for people who pay in one.
 */
export const interest: LeafKind<'INTEREST'> = {
  code: 'INTEREST',
  question: ({ goods, leastShare, pieces, halfLifeDays }, surroundings) => {
    const filter = { goods: { only: goods } };
    const pieceCount = {
      measure: 'PIECES',
      purchases: filter,
      moments: { kind: 'ALWAYS' },
      range: {},
    } as const;
    return {
      features: [shareOfGoods(filter, halfLifeDays, surroundings), ofPurchases(pieceCount, surroundings)],
      sql: ([share, kept]) => sql`(coalesce(${share} >= ${leastShare}, false) and ${kept} >= ${pieces})`,
      holds: ([share, kept]) =>
        typeof share === 'number' && share >= leastShare && typeof kept === 'number' && kept >= pieces,
    };
  },
  missing: (ctx, { goods }, surroundings) =>
    missingInPurchases(ctx, [{ goods: { only: goods } }], surroundings),
};

function shareOfGoods(filter: PurchaseFilter, halfLifeDays: number, surroundings: Surroundings): Feature {
  const { now } = surroundings;
  const moments = weighing(halfLifeDays);
  const { within, changesAt, columns } = withinRows(moments, surroundings);
  const weight = rowColumn({ weight: halfLifeDays }, weightSql(sql`r.occurred_at`, halfLifeDays, now));
  const weighed = (paid: Fragment) =>
    sql`sum(r.${sql.raw(weight.name)}::numeric * ${paid}) filter (where ${within})`;
  const meant = meantPurchase(filter);
  return feature(PURCHASES, {
    about: { interest: filter, halfLifeDays },
    wants: wantsOf(filter, sinceOf(moments, surroundings), true),
    columns: [...columns, weight],
    sql: {
      value: shareSql(weighed(paidSql(filter)), weighed(sql`r.paid`)),
      changesAt: changesAt === null ? null : sql`min(${changesAt})`,
      none: NULL,
    },
    ofRows: (rows) => {
      let [part, all] = [0n, 0n];
      const edges: (Date | null)[] = [];
      for (const row of rows) {
        const at = withinMoments(moments, row.occurredAt, row.zone, surroundings);
        edges.push(at.changesAt);
        const weighs = at.within ? weightOf(row.occurredAt, halfLifeDays, now) : 0n;
        part += weighs * BigInt(meant(row)?.paid ?? 0);
        all += weighs * BigInt(row.paid);
      }
      return { value: shareOf(part, all), changesAt: earliest(edges) };
    },
  });
}
