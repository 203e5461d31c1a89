import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import { forgetNotifications } from '../desk/notifications.ts';
import { forgetAttempts } from '../sessions/sign-in-guard.ts';

/** Longer than any limit looks back. */
const KEEP_MS = 3 * 86_400_000;

/** Limits nobody came near for days: phones and tills come and go, their counters would stay for ever. */
export async function forgetUsage(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEEP_MS);
  await sql`delete from usage_counter
    where started_at < ${before} and coalesce(moments[cardinality(moments)], started_at) < ${before}`.execute(
    ctx.sql,
  );
  await forgetAttempts(ctx);
  await forgetNotifications(ctx);
}

export const companyJobs: readonly Job[] = [
  { name: 'company-forget-usage', cron: '17 3 * * *', run: (ctx) => forgetUsage(ctx) },
];
