import { sql } from 'kysely';
import { feature, isTrue, NULL, type Feature, type LeafKind, type Question } from '../language/index.ts';
import { PROFILE } from './profile-source.ts';

const STORE = feature(PROFILE, {
  about: 'preferred store',
  sql: { value: sql`r.store`, changesAt: null, none: NULL },
  ofRows: ([person]) => ({ value: person?.store ?? null, changesAt: null }),
});

const CHANNEL = feature(PROFILE, {
  about: 'preferred channel',
  sql: { value: sql`r.preferred_channel`, changesAt: null, none: NULL },
  ofRows: ([person]) => ({ value: person?.preferredChannel ?? null, changesAt: null }),
});

const DO_NOT_DISTURB = feature(PROFILE, {
  about: 'do not disturb',
  sql: { value: sql`r.do_not_disturb`, changesAt: null, none: sql`false` },
  ofRows: ([person]) => ({ value: person?.doNotDisturb ?? false, changesAt: null }),
});

export const preferredStore: LeafKind<'PREFERRED_STORE'> = {
  code: 'PREFERRED_STORE',
  question: ({ stores }) => among(STORE, stores),
  missing: async (_ctx, { stores }, surroundings) =>
    stores.filter((code) => !surroundings.stores.has(code)).map((value) => ({ kind: 'STORE', value })),
};

export const preferredChannel: LeafKind<'PREFERRED_CHANNEL'> = {
  code: 'PREFERRED_CHANNEL',
  question: ({ channels }) => among(CHANNEL, channels),
};

export const doNotDisturb: LeafKind<'DO_NOT_DISTURB'> = {
  code: 'DO_NOT_DISTURB',
  question: () => isTrue(DO_NOT_DISTURB),
};

function among(asked: Feature, values: readonly string[]): Question {
  return {
    features: [asked],
    sql: ([value]) => sql`coalesce(${value} = any(${[...values]}::text[]), false)`,
    holds: ([value]) => values.some((one) => one === value),
  };
}
