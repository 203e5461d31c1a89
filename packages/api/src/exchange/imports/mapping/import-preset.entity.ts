import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** A mapping somebody gave a name, to be used for the next file. */
export const ImportPreset = defineEntity({
  name: 'ImportPreset',
  tableName: 'import_preset',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().$type<'ORDERS' | 'PROFILES' | 'PRODUCTS' | 'EVENTS' | 'BALANCES'>().columnType('text'),
    name: p.string().columnType('text'),
    mapping: p.json<Record<string, unknown>>().columnType('jsonb'),
    updatedAt: p.datetime(),
    updatedBy: p.string().columnType('text'),
  },
  uniques: [{ name: 'import_preset_name', properties: ['kind', 'name'] }],
});

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    import_preset: InferKyselyTable<typeof ImportPreset>;
  }
}
