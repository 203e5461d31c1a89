import type { Context } from '../context.ts';
import { runTask } from './run-task.ts';

/** Does what waits, one after the other, in this process: where no worker runs (command line, tests). */
export async function drainTasks(ctx: Context): Promise<void> {
  for (;;) {
    const waiting = await ctx.sql
      .selectFrom('task')
      .select('id')
      .where('state', '=', 'QUEUED')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (waiting === undefined) return;
    const run = await runTask(ctx, waiting.id);
    await run?.finished;
  }
}
