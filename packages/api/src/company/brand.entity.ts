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
  },
});

declare module '../platform/database/tables.ts' {
  interface Tables {
    brand: InferKyselyTable<typeof Brand>;
  }
}
