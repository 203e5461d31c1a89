import type { PurchaseFilter } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { feature, NULL, type Feature, type LeafKind } from '../../segments/index.ts';
import { missingInPurchases } from '../segment-leaves/missing-in-purchases.ts';
import { meantPurchase, paidSql, wantsOf } from '../segment-leaves/purchase-filter.ts';
import { ofPurchases } from '../segment-leaves/purchases-leaf.ts';
import { PURCHASES } from '../segment-leaves/purchases-source.ts';
import { shareOf, shareSql, weightOf, weightSql } from './decayed-weight.ts';

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
      features: [shareOfGoods(filter, halfLifeDays), ofPurchases(pieceCount, surroundings)],
      sql: ([share, kept]) => sql`(coalesce(${share} >= ${leastShare}, false) and ${kept} >= ${pieces})`,
      holds: ([share, kept]) =>
        typeof share === 'number' && share >= leastShare && typeof kept === 'number' && kept >= pieces,
    };
  },
  missing: (ctx, { goods }, surroundings) =>
    missingInPurchases(ctx, [{ goods: { only: goods } }], surroundings),
};

function shareOfGoods(filter: PurchaseFilter, halfLifeDays: number): Feature {
  const weight = weightSql(sql`r.occurred_at`, halfLifeDays);
  const meant = meantPurchase(filter);
  return feature(PURCHASES, {
    about: { interest: filter, halfLifeDays },
    wants: wantsOf(filter),
    sql: {
      value: shareSql(sql`sum(${weight} * ${paidSql(filter)})`, sql`sum(${weight} * r.paid)`),
      changesAt: null,
      none: NULL,
    },
    ofRows: (rows) => {
      let [part, all] = [0n, 0n];
      for (const row of rows) {
        const weighs = weightOf(row.occurredAt, halfLifeDays);
        part += weighs * BigInt(meant(row)?.paid ?? 0);
        all += weighs * BigInt(row.paid);
      }
      return { value: shareOf(part, all), changesAt: null };
    },
  });
}
