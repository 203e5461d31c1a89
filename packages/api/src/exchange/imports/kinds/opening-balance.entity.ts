import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Which row of which source an opening balance came from: a row that was posted is never posted again. */
export const OpeningBalance = defineEntity({
  name: 'OpeningBalance',
  tableName: 'opening_balance',
  properties: {
    source: p.string().columnType('text').primary(),
    /** The row's own number, else a keyed hash of whose and of which dates it is. */
    rowKey: p.string().columnType('text').primary(),
    profileId: p.uuid().index(),
    programId: p.uuid(),
    lotId: p.uuid(),
    runId: p.uuid().index(),
    points: p.bigint('number'),
    contentHash: p.string().columnType('text'),
    postedAt: p.datetime(),
    /** Taken back by undoing its run; the row may be posted again. */
    undoneAt: p.datetime().nullable(),
  },
});

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    opening_balance: InferKyselyTable<typeof OpeningBalance>;
  }
}
