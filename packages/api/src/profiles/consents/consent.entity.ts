import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** What people are asked to agree to. A new wording is a new row: a consent names the version it was given to. */
export const ConsentText = defineEntity({
  name: 'ConsentText',
  tableName: 'consent_text',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid(),
    purpose: p.enum(['PROCESSING', 'ADVERTISING'] as const).columnType('text'),
    version: p.string().columnType('text'),
    text: p.string().columnType('text'),
    /** Enrolment is not possible without it. */
    required: p.boolean().default(false),
    validFrom: p.datetime(),
    retiredAt: p.datetime().nullable(),
  },
  uniques: [{ name: 'consent_text_version', properties: ['brandId', 'purpose', 'version'] }],
});

/** Yes or no to one text; append-only: the last one counts. */
export const Consent = defineEntity({
  name: 'Consent',
  tableName: 'consent',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    textId: p.uuid(),
    purpose: p.enum(['PROCESSING', 'ADVERTISING'] as const).columnType('text'),
    version: p.string().columnType('text'),
    granted: p.boolean(),
    /** Till, key or import it came by. */
    source: p.string().columnType('text'),
    givenAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    consent_text: InferKyselyTable<typeof ConsentText>;
    consent: InferKyselyTable<typeof Consent>;
  }
}
