import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** A place in the tree of goods. */
export const Category = defineEntity({
  name: 'Category',
  tableName: 'category',
  properties: {
    id: p.uuid().primary(),
    parentId: p.uuid().nullable().index(),
    /** Names from the root joined by `/`: what rules name a category by. */
    code: p.string().columnType('text').unique(),
    name: p.string().columnType('text'),
    /** Codes from the root down to this one. */
    path: p.array<string>().columnType('text[]'),
  },
});

declare module '../platform/database/tables.ts' {
  interface Tables {
    category: InferKyselyTable<typeof Category>;
  }
}
