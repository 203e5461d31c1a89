import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import type { Job } from '../../platform/jobs/jobs.ts';

/** Few enough that a till never waits long for one of them. */
const BATCH = 50;

/**
 * Expires begun orders whose time is over, so that whoever listens learns of it. What they held could be spent before
 * it already. @returns how many
 */
export async function expireOrders(ctx: Context): Promise<number> {
  let expired = 0;
  for (;;) {
    const count = await callFunction<number>(ctx.sql, 'expire_orders', {
      now: ctx.clock.now(),
      limit: BATCH,
    });
    expired += count;
    if (count < BATCH) return expired;
  }
}

export const ordersJobs: readonly Job[] = [
  {
    name: 'orders-expire',
    cron: '* * * * *',
    run: async (ctx) => {
      await expireOrders(ctx);
    },
  },
];
