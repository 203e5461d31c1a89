import type { LeafArgs } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { feature, isTrue, type Fragment, type LeafKind } from '../language/index.ts';
import { PROFILE, type ProfileFacts } from './profile-source.ts';

interface Known {
  readonly sql: Fragment;
  of(person: ProfileFacts): boolean;
}

const FIELDS: { readonly [Field in LeafArgs['FIELD_KNOWN']['field']]: Known } = {
  /** One of the names. */
  NAME: {
    sql: sql`(r.given_name is not null or r.family_name is not null)`,
    of: ({ givenName, familyName }) => givenName !== null || familyName !== null,
  },
  BIRTH_DATE: { sql: sql`r.birth_date is not null`, of: ({ birthDate }) => birthDate !== null },
  GENDER: { sql: sql`r.gender is not null`, of: ({ gender }) => gender !== null },
  PREFERRED_STORE: { sql: sql`r.store is not null`, of: ({ store }) => store !== null },
  PREFERRED_CHANNEL: {
    sql: sql`r.preferred_channel is not null`,
    of: ({ preferredChannel }) => preferredChannel !== null,
  },
};

export const fieldKnown: LeafKind<'FIELD_KNOWN'> = {
  code: 'FIELD_KNOWN',
  question: ({ field }) =>
    isTrue(
      feature(PROFILE, {
        about: { known: field },
        sql: { value: FIELDS[field].sql, changesAt: null, none: sql`false` },
        ofRows: ([person]) => ({
          value: person !== undefined && FIELDS[field].of(person),
          changesAt: null,
        }),
      }),
    ),
};
