import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** What the company decides once: limits, the demo clock's lead, which channels carry codes. */
export const Setting = defineEntity({
  name: 'Setting',
  tableName: 'setting',
  properties: {
    name: p.string().columnType('text').primary(),
    value: p.json<unknown>().columnType('jsonb'),
    updatedAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    setting: InferKyselyTable<typeof Setting>;
  }
}
