import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** A partner's program: shown once, stored hashed. */
export const ApiKey = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    id: p.uuid().primary(),
    name: p.string().columnType('text'),
    tokenHash: p.string().columnType('text').unique(),
    scopes: p.array<string>().columnType('text[]'),
    /** null: every store. */
    storeIds: p.array<string>().columnType('uuid[]').nullable(),
    /** What it may write as, its own first; null: any, and its own is `key:<id>`. */
    sources: p.array<string>().columnType('text[]').nullable(),
    expiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    /** To the minute. */
    lastUsedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    api_key: InferKyselyTable<typeof ApiKey>;
  }
}
