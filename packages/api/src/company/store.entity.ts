import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { Brand } from './brand.entity.ts';

/** A shop, or the online shop: where orders happen, in its own currency and time zone. */
export const Store = defineEntity({
  name: 'Store',
  tableName: 'store',
  properties: {
    id: p.uuid().primary(),
    brand: () => p.manyToOne(Brand).updateRule('no action').deleteRule('no action'),
    code: p.string().columnType('text').unique(),
    name: p.string().columnType('text'),
    /** IANA name: its business days. */
    timeZone: p.string().columnType('text'),
    /** ISO 4217. */
    currency: p.string().columnType('text'),
    /** ISO 3166-1 alpha-2: a phone dialled without a country code is of this country. */
    country: p.string().columnType('text').default('RU'),
    /** Of messages to people met here: `ru` or `en`. */
    language: p.string().columnType('text').default('ru'),
    /** Owns what a key sells here to nobody known; made by the profiles room on first need. */
    walkInProfileId: p.uuid().nullable(),
    createdAt: p.datetime(),
    version: p.integer().default(1),
    /** Its orders stay; nothing new is sold here. */
    archivedAt: p.datetime().nullable(),
  },
});

declare module '../platform/database/tables.ts' {
  interface Tables {
    store: InferKyselyTable<typeof Store>;
  }
}
