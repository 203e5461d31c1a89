import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

export type LotSource = 'ORDER' | 'EVENT' | 'ADJUST' | 'RETRO' | 'RESTORE' | 'IMPORT' | 'MERGE' | 'UNMERGE';

/** Points granted at once, with one activation and one expiry. What is left of them is a cache of the entries. */
export const Lot = defineEntity({
  name: 'Lot',
  tableName: 'lot',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    programId: p.uuid(),
    source: p.string().$type<LotSource>().columnType('text'),
    /** The order, return or event that granted it; null: a person or an import did. */
    sourceId: p.uuid().nullable(),
    /** Code of the earning rule. */
    ruleId: p.string().columnType('text').nullable(),
    granted: p.bigint('number'),
    pending: p.bigint('number').default(0),
    active: p.bigint('number').default(0),
    held: p.bigint('number').default(0),
    remaining: p.bigint('number').generated('(pending + active + held) stored'),
    earnedAt: p.datetime(),
    activateAt: p.datetime(),
    /** From this instant on the points are gone; null: never. */
    expireAt: p.datetime().nullable(),
    /** The lot its points came from: after a merge, a return or a late release. */
    parentLotId: p.uuid().nullable(),
    /** Goods these points may pay for (`GoodsFilter`); null: anything. */
    restrictions: p.json<Record<string, unknown>>().columnType('jsonb').nullable(),
  },
  indexes: [
    {
      // The only lots an operation looks at: those with something left, in spend order.
      name: 'lot_open',
      expression:
        'create index lot_open on lot (profile_id, program_id, expire_at, activate_at, id) where remaining > 0',
    },
    {
      name: 'lot_expiring',
      expression:
        'create index lot_expiring on lot (expire_at) where remaining > 0 and expire_at is not null',
    },
    {
      // For limits of a whole program: what was granted lately stands together, and writing costs the tills nothing.
      name: 'lot_earned',
      expression: 'create index lot_earned on lot using brin (earned_at) with (pages_per_range = 16)',
    },
  ],
  checks: [
    {
      name: 'lot_source_known',
      expression: `source in ('ORDER', 'EVENT', 'ADJUST', 'RETRO', 'RESTORE', 'IMPORT', 'MERGE', 'UNMERGE')`,
    },
    { name: 'lot_granted_positive', expression: 'granted > 0' },
    { name: 'lot_pending_not_negative', expression: 'pending >= 0' },
    { name: 'lot_active_not_negative', expression: 'active >= 0' },
    { name: 'lot_held_not_negative', expression: 'held >= 0' },
    { name: 'lot_remaining_within_granted', expression: 'pending + active + held <= granted' },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    lot: InferKyselyTable<typeof Lot>;
  }
}
