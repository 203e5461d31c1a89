import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** A code on its way to a phone, bound to the till or key that asked for it and to its purpose. */
export const SignInChallenge = defineEntity({
  name: 'SignInChallenge',
  tableName: 'sign_in_challenge',
  properties: {
    id: p.uuid().primary(),
    /** `till:<id>` or `key:<id>`. */
    client: p.string().columnType('text'),
    purpose: p.string().columnType('text'),
    kind: p.enum(['SIGN_IN', 'ENROLMENT'] as const).columnType('text'),
    /** The shopper, where the phone is already somebody's. */
    profileId: p.uuid().nullable(),
    phoneIndex: p.string().columnType('text'),
    phoneSealed: p.string().columnType('text'),
    maskedPhone: p.string().columnType('text'),
    /** Keyed hash of challenge, client, purpose and code: the code itself is only in the message. */
    codeMac: p.string().columnType('text'),
    channel: p.enum(['SMS', 'VIBER', 'EMAIL', 'CALL'] as const).columnType('text'),
    otherChannels: p.array<string>().columnType('text[]'),
    delivery: p.enum(['SENDING', 'SENT', 'DELIVERED', 'FAILED'] as const).columnType('text'),
    /** Taken before a guess is looked at. */
    attemptsLeft: p.integer(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    resendAt: p.datetime(),
    /** The visit it ended in: the same code gives the same visit again. */
    visitId: p.uuid().nullable(),
  },
  indexes: [{ name: 'sign_in_challenge_open', properties: ['client', 'phoneIndex', 'expiresAt'] }],
});

/**
 * A shopper recognised at a till or by a key for a while. A verification covers one redemption: committing an order
 * with points sets `verifiedAt` to null in the transaction of the commit; earning and the questionnaire go on.
 */
export const Visit = defineEntity({
  name: 'Visit',
  tableName: 'visit',
  properties: {
    id: p.uuid().primary(),
    profileId: p.uuid().index(),
    /** `till:<id>` or `key:<id>`: worth nothing to anybody else. */
    client: p.string().columnType('text'),
    verifiedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
  },
  indexes: [{ name: 'visit_open', properties: ['client', 'profileId', 'expiresAt'] }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    sign_in_challenge: InferKyselyTable<typeof SignInChallenge>;
    visit: InferKyselyTable<typeof Visit>;
  }
}
