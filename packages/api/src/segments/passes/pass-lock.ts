import type { Context } from '../../platform/context.ts';

/** One pass over everybody at a time; the number is arbitrary, only equal everywhere. */
const PASS_LOCK = 4_117_260_014;
const AGAIN_MS = 300;

/**
 * Works while no other pass does, waiting for its turn; on one connection of its own, whose end gives the turn on.
 * @throws the signal's reason when it is asked to stop while waiting
 */
export async function inTurn<Result>(
  ctx: Context,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = await ctx.database.pool.connect();
  try {
    for (;;) {
      signal.throwIfAborted();
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
        PASS_LOCK,
      ]);
      if (rows[0]?.mine === true) return await work();
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  } finally {
    client.release(true);
  }
}
