import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

export type JournalKind =
  | 'EARN'
  | 'ACTIVATE'
  | 'DEBT_REPAY'
  | 'HOLD'
  | 'RELEASE'
  | 'CAPTURE'
  | 'RESTORE'
  | 'CLAWBACK'
  | 'OVERDRAFT'
  | 'EXPIRE'
  | 'ADJUST'
  | 'MERGE'
  | 'UNMERGE';

/** One thing that happened to an account; its entries sum to zero. Append-only: a correction is a new journal. */
export const LoyaltyJournal = defineEntity({
  name: 'LoyaltyJournal',
  tableName: 'loyalty_journal',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    programId: p.uuid(),
    /** 1, 2, 3 … within the account, without a gap. */
    revision: p.bigint('number'),
    kind: p.string().$type<JournalKind>().columnType('text'),
    /** What it means to the shopper: the change of what is theirs, or of what can be spent where nothing was gained or lost. */
    points: p.bigint('number'),
    occurredAt: p.datetime(),
    postedAt: p.datetime(),
    /** Bare ids: the order may move to another profile, the journal stays. */
    orderId: p.uuid().nullable(),
    returnId: p.uuid().nullable(),
    /** Who did it, e.g. `till:<id>`, `staff:<id>`, `system`. */
    actor: p.string().columnType('text'),
    /** In the words of whoever corrected the balance. */
    reason: p.string().columnType('text').nullable(),
    requestId: p.string().columnType('text').nullable(),
    /** The account after it. */
    activeAfter: p.bigint('number'),
    pendingAfter: p.bigint('number'),
    heldAfter: p.bigint('number'),
    debtAfter: p.bigint('number'),
  },
  indexes: [
    {
      name: 'loyalty_journal_order',
      expression:
        'create index loyalty_journal_order on loyalty_journal (profile_id, order_id) where order_id is not null',
    },
  ],
  uniques: [{ name: 'loyalty_journal_revision', properties: ['profileId', 'programId', 'revision'] }],
  checks: [
    {
      name: 'loyalty_journal_kind_known',
      expression: `kind in ('EARN', 'ACTIVATE', 'DEBT_REPAY', 'HOLD', 'RELEASE', 'CAPTURE', 'RESTORE', 'CLAWBACK', 'OVERDRAFT', 'EXPIRE', 'ADJUST', 'MERGE', 'UNMERGE')`,
    },
    { name: 'loyalty_journal_adjust_has_reason', expression: `kind <> 'ADJUST' or reason is not null` },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    loyalty_journal: InferKyselyTable<typeof LoyaltyJournal>;
  }
}
