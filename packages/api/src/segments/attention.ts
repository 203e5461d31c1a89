import type { AttentionSource } from '../company/index.ts';
import { readSetting } from '../company/index.ts';
import { SEGMENTS_PAGE } from './passes/check-references.ts';
import { verifiedSegments } from './passes/verify-segments.ts';

export const SEGMENTS_ATTENTION: readonly AttentionSource[] = [
  {
    code: 'segments.need-attention',
    scope: 'segments.write',
    severity: 'BAD',
    link: `${SEGMENTS_PAGE}?state=NEEDS_ATTENTION`,
    count: async ({ sql }) => {
      const { count } = await sql
        .selectFrom('segment')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('state', '=', 'NEEDS_ATTENTION')
        .executeTakeFirstOrThrow();
      return count;
    },
  },
  {
    code: 'segments.differ',
    scope: 'system.read',
    severity: 'BAD',
    link: null,
    count: async (ctx) => (await readSetting(ctx, verifiedSegments)).differences,
  },
  {
    code: 'segments.people-failing',
    scope: 'system.read',
    severity: 'BAD',
    link: null,
    count: async ({ sql }) => {
      const { count } = await sql
        .selectFrom('profile_segment')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('failed_at', 'is not', null)
        .executeTakeFirstOrThrow();
      return count;
    },
  },
];
