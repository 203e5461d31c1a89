import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Where a value came from and when it was true. */
export interface ValueOrigin {
  source: string;
  at: string;
}

/**
 * A person; or the visitor of the site nobody knows yet; or the walk-in customer of one till, who owns its purchases
 * by nobody known. Lists, segments and counts take persons only.
 */
export const Profile = defineEntity({
  name: 'Profile',
  tableName: 'profile',
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(['PERSON', 'VISITOR', 'WALK_IN'] as const).columnType('text'),
    givenName: p.string().columnType('text').nullable(),
    familyName: p.string().columnType('text').nullable(),
    patronymic: p.string().columnType('text').nullable(),
    birthDate: p.string().columnType('date').nullable(),
    gender: p
      .enum(['FEMALE', 'MALE', 'OTHER'] as const)
      .columnType('text')
      .nullable(),
    tags: p.array<string>().columnType('text[]').defaultRaw("'{}'"),
    attributes: p.json<Record<string, unknown>>().columnType('jsonb').defaultRaw("'{}'"),
    /** Of each value above by its name: a later look at an older copy never overwrites a newer value. */
    origins: p.json<Record<string, ValueOrigin>>().columnType('jsonb').defaultRaw("'{}'"),
    preferredStoreId: p.uuid().nullable(),
    /** The survivor after a merge: this id keeps answering with it. */
    mergedInto: p.uuid().nullable().index(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
  indexes: [
    {
      name: 'profile_persons',
      expression:
        "create index profile_persons on profile (created_at, id) where kind = 'PERSON' and merged_into is null",
    },
  ],
});

declare module '../platform/database/tables.ts' {
  interface Tables {
    profile: InferKyselyTable<typeof Profile>;
  }
}
