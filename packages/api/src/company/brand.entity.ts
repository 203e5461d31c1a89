import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** A name shoppers know; programs, promotions and consents belong to one. */
export const Brand = defineEntity({
  name: 'Brand',
  tableName: 'brand',
  properties: {
    id: p.uuid().primary(),
    code: p.string().columnType('text').unique(),
    name: p.string().columnType('text'),
    createdAt: p.datetime(),
    version: p.integer().default(1),
    /** Kept for what it was part of; nothing new is made under it. */
    archivedAt: p.datetime().nullable(),
  },
});

declare module '../platform/database/tables.ts' {
  interface Tables {
    brand: InferKyselyTable<typeof Brand>;
  }
}
