import type { Context } from '../../platform/context.ts';
import type { Job } from '../../platform/jobs/jobs.ts';

const KEEP_CHALLENGES_MS = 2 * 86_400_000;
const KEEP_VISITS_MS = 90 * 86_400_000;

/** Codes and visits long over: what was done in them stands in orders and audit. */
export async function forgetVisits(ctx: Context): Promise<void> {
  const now = ctx.clock.now().getTime();
  await ctx.sql
    .deleteFrom('sign_in_challenge')
    .where('expires_at', '<', new Date(now - KEEP_CHALLENGES_MS))
    .execute();
  await ctx.sql
    .deleteFrom('visit')
    .where('expires_at', '<', new Date(now - KEEP_VISITS_MS))
    .execute();
}

export const profilesJobs: readonly Job[] = [
  { name: 'profiles-forget-visits', cron: '27 3 * * *', run: (ctx) => forgetVisits(ctx) },
];
