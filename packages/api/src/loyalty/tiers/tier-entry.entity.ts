import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/**
 * One purchase as tiers count it, net of its returns; told by the orders' events. It counts when the purchase was made:
 * what is brought back was never spent.
 */
export const TierEntry = defineEntity({
  name: 'TierEntry',
  tableName: 'tier_entry',
  properties: {
    profileId: p.uuid().primary(),
    /** Of the order. */
    id: p.uuid().primary(),
    programId: p.uuid(),
    occurredAt: p.datetime(),
    currency: p.string().columnType('text'),
    /** Minor units paid in money, less the worth of what was brought back. */
    amount: p.bigint('number'),
    /** Points earned by it, less those taken back. */
    points: p.bigint('number'),
    /** The order's: an older word never overwrites a newer one. */
    revision: p.integer(),
  },
  indexes: [
    // An order that has moved since is found where it stands now.
    { name: 'tier_entry_order', properties: ['id'] },
  ],
});

/** When the tier of a shopper changes by time alone, and since when that is known. */
export const TierProgress = defineEntity({
  name: 'TierProgress',
  tableName: 'tier_progress',
  properties: {
    profileId: p.uuid().primary(),
    /** Of the program. */
    id: p.uuid().primary(),
    /** Null: never, as things stand. */
    dueAt: p.datetime().nullable(),
    countedAt: p.datetime(),
  },
  indexes: [
    {
      name: 'tier_progress_due',
      expression: 'create index tier_progress_due on tier_progress (due_at) where due_at is not null',
    },
  ],
});

/** Why a tier changed. */
export type TierChangeReason = 'PURCHASE' | 'RETURN' | 'TIME' | 'MERGE' | 'UNMERGE' | 'FLOOR' | 'RULES';

/** A tier reached or lost; append-only. */
export const TierChange = defineEntity({
  name: 'TierChange',
  tableName: 'tier_change',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    programId: p.uuid(),
    /** Codes and names as they were; null: none. */
    fromCode: p.string().columnType('text').nullable(),
    toCode: p.string().columnType('text').nullable(),
    fromName: p.string().columnType('text').nullable(),
    toName: p.string().columnType('text').nullable(),
    reason: p.string().$type<TierChangeReason>().columnType('text'),
    /** Who set a floor, and why; `system` else. */
    actor: p.string().columnType('text'),
    note: p.string().columnType('text').nullable(),
    changedAt: p.datetime(),
  },
  indexes: [{ name: 'tier_change_at', properties: ['profileId', 'changedAt', 'id'] }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    tier_entry: InferKyselyTable<typeof TierEntry>;
    tier_progress: InferKyselyTable<typeof TierProgress>;
    tier_change: InferKyselyTable<typeof TierChange>;
  }
}
