import { sql, type Selectable } from 'kysely';
import type { Context } from '../context.ts';
import type { Tables } from '../database/tables.ts';
import { publish } from '../live/publish.ts';
import { taskTopics } from './topics.ts';

export type TaskRow = Selectable<Tables['task']>;

type Change = Partial<
  Pick<
    TaskRow,
    'state' | 'result' | 'error_code' | 'error_text' | 'file_id' | 'finished_at' | 'run_id' | 'done' | 'total'
  >
>;

/** Silent longer than this, its worker is taken for dead. */
export const HEARTBEAT_LOST_SECONDS = 30;

/** Takes a waiting task, or one whose worker is silent, for one run. @returns null when somebody else has it. */
export async function claimTask(ctx: Context, id: string, runId: string): Promise<TaskRow | null> {
  const row = await ctx.sql
    .updateTable('task')
    .set((eb) => ({
      state: 'RUNNING',
      run_id: runId,
      attempts: eb('attempts', '+', 1),
      heartbeat_at: sql<Date>`now()`,
      started_at: eb.fn.coalesce('started_at', eb.val(ctx.clock.now())),
      done: 0,
      total: null,
    }))
    .where('id', '=', id)
    .where('state', '=', 'QUEUED')
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) await publish(ctx, ...taskTopics(row));
  return row ?? null;
}

/**
 * Writes what one run has to say, and that it lives.
 * @returns whether it is still that run's task, and whether somebody asked it to stop
 */
export async function writeRun(
  ctx: Context,
  { id, run_id }: Pick<TaskRow, 'id' | 'run_id'>,
  change: Change,
): Promise<{ own: boolean; cancelAsked: boolean }> {
  const row = await ctx.sql
    .updateTable('task')
    .set({ ...change, heartbeat_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('state', '=', 'RUNNING')
    .where('run_id', '=', run_id)
    .returning(['id', 'started_by', 'cancel_asked_at'])
    .executeTakeFirst();
  if (row === undefined) return { own: false, cancelAsked: false };
  if (Object.keys(change).length > 0) await publish(ctx, ...taskTopics(row));
  return { own: true, cancelAsked: row.cancel_asked_at !== null };
}
