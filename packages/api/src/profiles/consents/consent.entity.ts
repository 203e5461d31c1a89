import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { CONTACT_CHANNELS } from '../profile.entity.ts';

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

/**
 * Yes or no to one text, for all channels or one, for a topic; append-only: of the answers that cover a channel and a
 * topic the last one counts.
 */
export const Consent = defineEntity({
  name: 'Consent',
  tableName: 'consent',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    textId: p.uuid(),
    purpose: p.enum(['PROCESSING', 'ADVERTISING'] as const).columnType('text'),
    version: p.string().columnType('text'),
    /** null: every channel. */
    channel: p.enum(CONTACT_CHANNELS).columnType('text').nullable(),
    /** Code of the topic; null: every one. */
    topic: p.string().columnType('text').nullable(),
    granted: p.boolean(),
    /** Till, key or import it came by; `admin`. */
    source: p.string().columnType('text'),
    /** What staff know of how it was given; null once the person is erased. */
    note: p.string().columnType('text').nullable(),
    givenAt: p.datetime(),
  },
  indexes: [{ name: 'consent_given', properties: ['profileId', 'givenAt', 'id'] }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    consent_text: InferKyselyTable<typeof ConsentText>;
    consent: InferKyselyTable<typeof Consent>;
  }
}
