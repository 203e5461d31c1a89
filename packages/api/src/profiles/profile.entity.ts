import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Where a value came from and when it was true. */
export interface ValueOrigin {
  source: string;
  at: string;
}

export const CONTACT_CHANNELS = ['EMAIL', 'SMS', 'VIBER', 'PUSH', 'CALL'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** Which profiles lists, counts and the search know; the indexes below hold these alone. */
export const LISTED = `kind = 'PERSON' and merged_into is null and erased_at is null`;

/** A name as it is searched for: small letters, ё like е. Of an index expression: the query has to say the same. */
export function searchable(column: 'given_name' | 'family_name' | 'patronymic'): string {
  return `translate(lower(${column}), 'ё', 'е')`;
}

/** By which people are put in order of their names; those without one stand last. */
export const NAME_KEY = `(coalesce(${searchable('family_name')}, ${searchable('given_name')}, chr(1114109)))`;

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
    preferredChannel: p.enum(CONTACT_CHANNELS).columnType('text').nullable(),
    /** Nobody writes or calls of their own accord, whatever was agreed to. */
    doNotDisturb: p.boolean().default(false),
    /** Changes so far: who edits an older look is told so. */
    version: p.integer().default(1),
    /** The survivor after a merge: this id keeps answering with it. */
    mergedInto: p.uuid().nullable().index(),
    createdAt: p.datetime(),
    /** Since when this is a member: confirmed a code, was registered or came by a file. Null: only known. */
    enrolledAt: p.datetime().nullable(),
    updatedAt: p.datetime(),
    /** Since then it tells nothing of anybody: purchases and points stand under its number alone. */
    erasedAt: p.datetime().nullable(),
  },
  indexes: [
    {
      name: 'profile_persons',
      expression: `create index profile_persons on profile (created_at, id) where ${LISTED}`,
    },
    {
      name: 'profile_by_name',
      expression: `create index profile_by_name on profile (${NAME_KEY}, id) where ${LISTED}`,
    },
    {
      name: 'profile_family_name',
      expression: `create index profile_family_name on profile (${searchable('family_name')} text_pattern_ops) where ${LISTED}`,
    },
    {
      name: 'profile_given_name',
      expression: `create index profile_given_name on profile (${searchable('given_name')} text_pattern_ops) where ${LISTED}`,
    },
    {
      name: 'profile_of_store',
      expression: `create index profile_of_store on profile (preferred_store_id, created_at, id) where ${LISTED}`,
    },
    { name: 'profile_tags', expression: `create index profile_tags on profile using gin (tags)` },
  ],
});

declare module '../platform/database/tables.ts' {
  interface Tables {
    profile: InferKyselyTable<typeof Profile>;
  }
}
