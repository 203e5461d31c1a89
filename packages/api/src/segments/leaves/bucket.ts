import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { feature, NULL, numberWithin, type LeafKind } from '../language/index.ts';
import { PROFILE } from './profile-source.ts';

const BUCKETS = 10_000;

/** The first 32 bits of md5(seed:profile id), shared out evenly: lasting, and independent from seed to seed. */
export const bucket: LeafKind<'BUCKET'> = {
  code: 'BUCKET',
  question: ({ seed, from, to }) =>
    numberWithin(
      feature(PROFILE, {
        about: { bucket: seed },
        sql: {
          value: sql`('x' || left(md5(${seed}::text || ':' || r.profile_id::text), 8))::bit(32)::bigint % ${BUCKETS}::int`,
          changesAt: null,
          none: NULL,
        },
        ofRows: ([person]) => ({
          value: person === undefined ? null : bucketOf(seed, person.id),
          changesAt: null,
        }),
      }),
      { least: from, most: to - 1 },
    ),
};

/** 0 to 9 999 */
export function bucketOf(seed: string, profileId: string): number {
  const hash = createHash('md5').update(`${seed}:${profileId}`).digest('hex');
  return Number.parseInt(hash.slice(0, 8), 16) % BUCKETS;
}
