import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** What a brand may write to people about: a consent is given per brand, channel and topic. */
export const ConsentTopic = defineEntity({
  name: 'ConsentTopic',
  tableName: 'consent_topic',
  properties: {
    id: p.uuid().primary(),
    /** `MARKETING` is always there; never changes. */
    code: p.string().columnType('text').unique(),
    nameRu: p.string().columnType('text'),
    nameEn: p.string().columnType('text'),
    version: p.integer().default(1),
    createdAt: p.datetime(),
    /** Consents to it stay on record; nobody is asked for it any more. */
    archivedAt: p.datetime().nullable(),
  },
});

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    consent_topic: InferKyselyTable<typeof ConsentTopic>;
  }
}
