import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** That something about a profile was changed, and by whom; append-only. Names of values, never a value. */
export const ProfileChange = defineEntity({
  name: 'ProfileChange',
  tableName: 'profile_change',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    at: p.datetime(),
    /** `givenName`, `attributes.size`, `consents.ADVERTISING` … */
    fields: p.array<string>().columnType('text[]'),
    /** What they came by: a till, a partner's system, `admin`. */
    source: p.string().columnType('text'),
    actorKind: p.string().columnType('text'),
    actorId: p.string().columnType('text'),
  },
  indexes: [{ name: 'profile_change_at', properties: ['profileId', 'at', 'id'] }],
});

/**
 * That a phone, e-mail, card or external id ceased to be somebody's, or was given to somebody by support; append-only.
 * Together with `identity` it tells whose it was when.
 */
export const IdentityChange = defineEntity({
  name: 'IdentityChange',
  tableName: 'identity_change',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    at: p.datetime(),
    /** `REMOVED` by a newer list or questionnaire; `DETACHED` and `ATTACHED` by support. */
    change: p.enum(['REMOVED', 'DETACHED', 'ATTACHED'] as const).columnType('text'),
    kind: p.string().columnType('text'),
    /** Keyed hash of the value: its whole history is found by it. */
    blindIndex: p.string().columnType('text').index(),
    /** As people may see it; null once the person is erased. */
    masked: p.string().columnType('text').nullable(),
    /** Since when it was this profile's; null where it becomes it now. */
    since: p.datetime().nullable(),
    /** In the words of support; null once the person is erased. */
    reason: p.string().columnType('text').nullable(),
    actorKind: p.string().columnType('text'),
    actorId: p.string().columnType('text'),
  },
  indexes: [{ name: 'identity_change_at', properties: ['profileId', 'at', 'id'] }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    profile_change: InferKyselyTable<typeof ProfileChange>;
    identity_change: InferKyselyTable<typeof IdentityChange>;
  }
}
