import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { startTask } from '../../platform/tasks/index.ts';

export const COMPUTE_SEGMENT = 'segments.compute';
export const SWEEP_SEGMENTS = 'segments.sweep';
export const REFRESH_SEGMENTS = 'segments.refresh';

/** Its condition is to become its members: in the background, and by the swap at its end. */
export async function startComputing(tx: Context, segmentId: string): Promise<void> {
  const taskId = await startTask(tx, { kind: COMPUTE_SEGMENT, facts: { segmentId } });
  await tx.sql
    .updateTable('segment')
    .set({ state: 'COMPUTING', task_id: taskId })
    .where('id', '=', segmentId)
    .execute();
}

/** Nobody is in it, at once: what its number still says of people means nothing, and is taken off them later. */
export async function leaveBehind(tx: Context, segmentId: string): Promise<void> {
  const { rows } = await sql<{ numbers: number[] }>`
    update public.segment left_behind set live_condition = null, next_number = null, problems = '[]', task_id = null,
      number = public.take_segment_number()
    from public.segment before where before.id = ${segmentId} and left_behind.id = before.id
    returning array_remove(array[before.number, before.next_number], null) as numbers`.execute(tx.sql);
  await startTask(tx, { kind: SWEEP_SEGMENTS, facts: { numbers: rows[0]?.numbers ?? [] } });
}

/** Everybody is looked at anew, unless that is waiting to be done already. */
export async function startRefresh(ctx: Context): Promise<void> {
  const waiting = await ctx.sql
    .selectFrom('task')
    .select('id')
    .where('kind', '=', REFRESH_SEGMENTS)
    .where('state', '=', 'QUEUED')
    .limit(1)
    .executeTakeFirst();
  if (waiting === undefined) await startTask(ctx, { kind: REFRESH_SEGMENTS });
}
