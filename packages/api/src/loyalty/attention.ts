import { sql } from 'kysely';
import type { AttentionSource } from '../company/index.ts';

/** Debts, overdrafts and late commits somebody should settle. */
export const LOYALTY_ATTENTION: readonly AttentionSource[] = [
  {
    code: 'incidents.open',
    scope: 'points.adjust',
    severity: 'WARN',
    link: null,
    count: async ({ sql: db }) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from incident where closed_at is null`.execute(db);
      return rows[0]?.count ?? 0;
    },
  },
];
