import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { startTask } from '../../platform/tasks/index.ts';

export const COMPUTE_SEGMENT = 'segments.compute';

/** Its condition is to become its members: in the background, and by the swap at its end. */
export async function startComputing(tx: Context, segmentId: string): Promise<void> {
  const taskId = await startTask(tx, { kind: COMPUTE_SEGMENT, facts: { segmentId } });
  await tx.sql
    .updateTable('segment')
    .set({ state: 'COMPUTING', task_id: taskId })
    .where('id', '=', segmentId)
    .execute();
}

/** Nobody is in it, at once: what its number still says of people means nothing any more. */
export async function leaveBehind(tx: Context, segmentId: string): Promise<void> {
  await tx.sql
    .updateTable('segment')
    .set({
      live_condition: null,
      next_number: null,
      number: sql<number>`nextval('public.segment_numbers')`,
      problems: sql`'[]'::jsonb` as never,
      task_id: null,
    })
    .where('id', '=', segmentId)
    .execute();
}
