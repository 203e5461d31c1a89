import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { EnrichmentRule } from './enrichment.ts';

export const ATTRIBUTE_TYPES = ['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'CHOICE', 'MULTI_CHOICE'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

export interface AttributeChoice {
  /** What a profile holds. */
  code: string;
  nameRu: string;
  nameEn: string;
}

/** What the company wants to know of people besides the usual: one row an attribute; values stand in `profile.attributes`. */
export const AttributeDefinition = defineEntity({
  name: 'AttributeDefinition',
  tableName: 'attribute_definition',
  properties: {
    id: p.uuid().primary(),
    /** Name of the value in `profile.attributes`; never changes. */
    code: p.string().columnType('text').unique(),
    nameRu: p.string().columnType('text'),
    nameEn: p.string().columnType('text'),
    /** Never changes: there are values of it. */
    type: p.enum(ATTRIBUTE_TYPES).columnType('text'),
    /** Of CHOICE and MULTI_CHOICE, in the order of showing. */
    choices: p.json<AttributeChoice[]>().columnType('jsonb').defaultRaw("'[]'"),
    /** Tells who somebody is: hidden from those who may not see contacts. */
    personal: p.boolean().default(false),
    enrichment: p.json<EnrichmentRule>().columnType('jsonb'),
    version: p.integer().default(1),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    /** Values stay, new ones are not taken. */
    archivedAt: p.datetime().nullable(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    attribute_definition: InferKyselyTable<typeof AttributeDefinition>;
  }
}
