import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** A profile that a run made or changed: what undoing it needs. */
export const ImportChange = defineEntity({
  name: 'ImportChange',
  tableName: 'import_change',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    runId: p.uuid().index(),
    created: p.boolean(),
    /** What was known before, sealed (`BeforeImage`); null of one that was made. */
    before: p.string().columnType('text').nullable(),
  },
});

/** The same of a product; before: its record, null of one that was made. */
export const ImportProductChange = defineEntity({
  name: 'ImportProductChange',
  tableName: 'import_product_change',
  properties: {
    runId: p.uuid().primary(),
    sku: p.string().columnType('text').primary(),
    before: p.json<Record<string, unknown>>().columnType('jsonb').nullable(),
  },
});

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    import_change: InferKyselyTable<typeof ImportChange>;
    import_product_change: InferKyselyTable<typeof ImportProductChange>;
  }
}
