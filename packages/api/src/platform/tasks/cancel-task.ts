import type { Context } from '../context.ts';
import { inTransaction } from '../database/in-transaction.ts';
import { publish } from '../live/publish.ts';
import { readTask } from './read-tasks.ts';
import type { TaskRow } from './task-row.ts';
import { taskTopics } from './topics.ts';

/**
 * A waiting task is cancelled at once, a running one is asked to stop and does so within seconds; one that is over
 * stays as it is.
 * @returns the task as it is now; null: none this caller may see
 */
export async function cancelTask(ctx: Context, id: string): Promise<TaskRow | null> {
  if ((await readTask(ctx, id)) === null) return null;
  await inTransaction(ctx, async (tx) => {
    const now = tx.clock.now();
    const waiting = await tx.sql
      .updateTable('task')
      .set({ state: 'CANCELLED', cancel_asked_at: now, finished_at: now })
      .where('id', '=', id)
      .where('state', '=', 'QUEUED')
      .returning(['id', 'started_by'])
      .executeTakeFirst();
    const running =
      waiting ??
      (await tx.sql
        .updateTable('task')
        .set({ cancel_asked_at: now })
        .where('id', '=', id)
        .where('state', '=', 'RUNNING')
        .returning(['id', 'started_by'])
        .executeTakeFirst());
    if (running !== undefined) await publish(tx, ...taskTopics(running));
  });
  return readTask(ctx, id);
}
