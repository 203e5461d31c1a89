import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/**
 * Replies already given, by the caller's key. The row is the first write of the transaction it answers for, so that
 * two equal requests at once wait for each other on its primary key. Kept at least 90 days.
 */
export const IdempotencyRecord = defineEntity({
  name: 'IdempotencyRecord',
  tableName: 'idempotency_record',
  properties: {
    /** Who made the key: a till, or a partner's source. */
    scope: p.string().columnType('text').primary(),
    key: p.string().columnType('text').primary(),
    operation: p.string().columnType('text'),
    /** Of the request after parsing and normalising. */
    contentHash: p.string().columnType('text'),
    /** The facts of the answer; linked objects are read anew. */
    reply: p.json<unknown>().columnType('jsonb').nullable(),
    createdAt: p.datetime().index(),
  },
});

declare module './tables.ts' {
  interface Tables {
    idempotency_record: InferKyselyTable<typeof IdempotencyRecord>;
  }
}
