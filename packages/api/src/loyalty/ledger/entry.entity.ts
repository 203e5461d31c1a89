import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Where points can stand: with the member, or on the program's side. `program.merged` is empty over all members. */
export type LedgerAccount =
  | 'member.pending'
  | 'member.active'
  | 'member.held'
  | 'member.debt'
  | 'program.issued'
  | 'program.redeemed'
  | 'program.expired'
  | 'program.adjusted'
  | 'program.merged';

/** One side of a journal. Append-only. */
export const LoyaltyEntry = defineEntity({
  name: 'LoyaltyEntry',
  tableName: 'loyalty_entry',
  properties: {
    profileId: p.uuid().primary(),
    journalId: p.uuid().primary(),
    /** 1, 2, 3 … within the journal. */
    number: p.integer().primary(),
    account: p.string().$type<LedgerAccount>().columnType('text'),
    /** The lot whose points these are, on both sides; null: points without a lot (debt). */
    lotId: p.uuid().nullable(),
    amount: p.bigint('number'),
  },
  checks: [
    { name: 'loyalty_entry_amount_not_zero', expression: 'amount <> 0' },
    {
      name: 'loyalty_entry_account_known',
      expression: `account in ('member.pending', 'member.active', 'member.held', 'member.debt', 'program.issued', 'program.redeemed', 'program.expired', 'program.adjusted', 'program.merged')`,
    },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    loyalty_entry: InferKyselyTable<typeof LoyaltyEntry>;
  }
}
