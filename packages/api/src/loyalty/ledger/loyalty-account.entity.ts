import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/**
 * A shopper's points in one program. The row is the lock of every posting; its sums are caches of the entries, kept by
 * `loyalty_post` alone and compared by `verify ledger`.
 */
export const LoyaltyAccount = defineEntity({
  name: 'LoyaltyAccount',
  tableName: 'loyalty_account',
  properties: {
    profileId: p.uuid().primary(),
    programId: p.uuid().primary(),
    status: p.string().$type<'ACTIVE' | 'BLOCKED' | 'CLOSED'>().columnType('text').default('ACTIVE'),
    /** Points that can be spent. */
    active: p.bigint('number').default(0),
    /** Points that wait for their activation. */
    pending: p.bigint('number').default(0),
    /** Points promised to begun orders. */
    held: p.bigint('number').default(0),
    /** Points owed, as a number ≤ 0. */
    debt: p.bigint('number').default(0),
    tierCode: p.string().columnType('text').nullable(),
    tierSince: p.datetime().nullable(),
    /** Tier set by hand below which the shopper never falls. */
    tierFloor: p.string().columnType('text').nullable(),
    /** Journals posted so far: the number of the last one. */
    revision: p.bigint('number').default(0),
    /** Nothing becomes active, expires or is released before it; null: nothing at all is due. */
    dueAt: p.datetime().nullable(),
    /** The profile whose account took this one over; nothing is posted here any more. */
    mergedInto: p.uuid().nullable(),
    /** Profiles this one was merged into for a while: postings of its orders stand in their accounts too. */
    postedWith: p.array<string>().columnType('uuid[]').defaultRaw("'{}'"),
    openedAt: p.datetime(),
  },
  indexes: [
    {
      name: 'loyalty_account_due',
      expression: 'create index loyalty_account_due on loyalty_account (due_at) where due_at is not null',
    },
    {
      name: 'loyalty_account_merged_into',
      expression:
        'create index loyalty_account_merged_into on loyalty_account (merged_into, program_id) where merged_into is not null',
    },
  ],
  checks: [
    { name: 'loyalty_account_status_known', expression: `status in ('ACTIVE', 'BLOCKED', 'CLOSED')` },
    { name: 'loyalty_account_active_not_negative', expression: 'active >= 0' },
    { name: 'loyalty_account_pending_not_negative', expression: 'pending >= 0' },
    { name: 'loyalty_account_held_not_negative', expression: 'held >= 0' },
    { name: 'loyalty_account_debt_not_positive', expression: 'debt <= 0' },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    loyalty_account: InferKyselyTable<typeof LoyaltyAccount>;
  }
}
