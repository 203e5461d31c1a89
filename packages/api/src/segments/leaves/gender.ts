import { sql } from 'kysely';
import { feature, type LeafKind } from '../language/index.ts';
import { PROFILE } from './profile-source.ts';

const GENDER = feature(PROFILE, {
  about: 'gender',
  sql: { value: sql`coalesce(r.gender, 'UNKNOWN')`, changesAt: null, none: sql`'UNKNOWN'` },
  ofRows: ([person]) => ({ value: person?.gender ?? 'UNKNOWN', changesAt: null }),
});

export const gender: LeafKind<'GENDER'> = {
  code: 'GENDER',
  question: ({ among }) => ({
    features: [GENDER],
    sql: ([value]) => sql`${value} = any(${[...among]}::text[])`,
    holds: ([value]) => among.some((one) => one === value),
  }),
};
