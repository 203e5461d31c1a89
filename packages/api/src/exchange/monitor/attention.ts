import { sql } from 'kysely';
import type { AttentionSource } from '../../company/index.ts';
import { readSources } from './read-sources.ts';

const WEEK_MS = 7 * 86_400_000;

/** Sources that are silent or fail, records to correct, files that did not come in. */
export const EXCHANGE_ATTENTION: readonly AttentionSource[] = [
  {
    code: 'sources.stale',
    scope: 'imports.read',
    severity: 'BAD',
    link: '/data/monitor',
    count: async (ctx) => {
      const sources = await readSources(ctx);
      return sources.filter(({ freshness }) => freshness !== 'FRESH' && freshness !== 'UNWATCHED').length;
    },
  },
  {
    code: 'records.rejected',
    scope: 'imports.read',
    severity: 'WARN',
    link: '/data/monitor',
    count: async ({ sql: db }) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from rejected_record where state = 'OPEN'`.execute(db);
      return rows[0]?.count ?? 0;
    },
  },
  {
    code: 'imports.failed',
    scope: 'imports.read',
    severity: 'WARN',
    link: '/data/imports',
    count: async ({ sql: db, clock }) => {
      const since = new Date(clock.now().getTime() - WEEK_MS);
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from import_run where state = 'FAILED' and started_at > ${since}`.execute(
        db,
      );
      return rows[0]?.count ?? 0;
    },
  },
];
