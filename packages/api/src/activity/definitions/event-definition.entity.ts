import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { DefinedProperty } from './defined-kind.ts';

/** A kind of event somebody described, or a built-in one somebody changed. */
export const EventDefinition = defineEntity({
  name: 'EventDefinition',
  tableName: 'event_definition',
  properties: {
    code: p.string().columnType('text').primary(),
    nameRu: p.string().columnType('text'),
    nameEn: p.string().columnType('text'),
    properties: p.json<DefinedProperty[]>().columnType('jsonb'),
    version: p.integer(),
    /** Since then its events are taken as those of a kind nobody described. */
    archivedAt: p.datetime().nullable(),
    /** Of the staff; null: a program. */
    changedBy: p.uuid().nullable(),
    updatedAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    event_definition: InferKyselyTable<typeof EventDefinition>;
  }
}
