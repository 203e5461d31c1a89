import { sql } from 'kysely';
import type { AttentionSource } from '../../company/index.ts';

/** Pairs of profiles that wait for a decision. */
export const DUPLICATES_ATTENTION: readonly AttentionSource[] = [
  {
    code: 'duplicates.waiting',
    scope: 'profiles.merge',
    severity: 'INFO',
    link: '/duplicates',
    count: async ({ sql: db }) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from duplicate_candidate where state = 'OPEN'`.execute(db);
      return rows[0]?.count ?? 0;
    },
  },
];
