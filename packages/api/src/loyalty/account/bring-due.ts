import { sql } from 'kysely';
import * as z from 'zod';
import { readSetting, type SettingKind } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import type { EventHandler } from '../../platform/outbox/handlers.ts';
import { verifyLedger } from '../ledger/verify-ledger.ts';
import { liabilityJob } from '../oversight/liability/take-snapshot.ts';

/** Few enough that a till never waits long for one of them. */
const BATCH = 50;

/**
 * Activates, expires and releases whatever is due by now, in batches of their own transaction. The balances are right
 * without it; it makes the events and notices come in time. @returns how many accounts changed
 */
export async function bringDueAccounts(ctx: Context): Promise<number> {
  let brought = 0;
  for (;;) {
    const { rows } = await sql<{ count: number }>`
      select public.loyalty_bring_due(${ctx.clock.now()}, ${BATCH}) as count`.execute(ctx.sql);
    const count = rows[0]?.count ?? 0;
    brought += count;
    if (count < BATCH) return brought;
  }
}

/** How many days before points end their owner is told. */
export const expiryNoticeDays: SettingKind<{ days: number[] }> = {
  name: 'expiry-notice-days',
  schema: z.object({ days: z.array(z.int().min(1).max(365)).max(10) }),
  initial: { days: [30, 7, 1] },
};

/** Writes `points.expiring` once per shopper, day and notice. @returns how many */
export async function announceExpiry(ctx: Context): Promise<number> {
  const { days } = await readSetting(ctx, expiryNoticeDays);
  if (days.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    select public.loyalty_announce_expiry(${days}::integer[], ${ctx.clock.now()}) as count`.execute(ctx.sql);
  return rows[0]?.count ?? 0;
}

/** Somebody moved the demo company's clock: nobody waits for the next minute of the real one. */
export const timePassedHandler: EventHandler = {
  name: 'loyalty-time-passed',
  handle: async (ctx) => {
    // In transactions of its own, as the jobs: a repeat finds nothing to do.
    const alone = { ...ctx, sql: ctx.database.sql };
    await bringDueAccounts(alone);
    await announceExpiry(alone);
  },
};

/** What loyalty does by itself; the minutes are apart so that the jobs are. */
export const loyaltyJobs: readonly Job[] = [
  liabilityJob,
  {
    name: 'loyalty-bring-due-accounts',
    cron: '* * * * *',
    run: async (ctx) => {
      await bringDueAccounts(ctx);
    },
  },
  {
    name: 'loyalty-announce-expiry',
    cron: '7 * * * *',
    run: async (ctx) => {
      await announceExpiry(ctx);
    },
  },
  {
    name: 'loyalty-verify-ledger',
    cron: '43 1 * * *',
    run: async (ctx) => {
      for (const violation of await verifyLedger(ctx))
        ctx.log.error({ violation }, 'the ledger does not add up');
    },
  },
];
