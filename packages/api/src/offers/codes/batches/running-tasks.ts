import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import type { TaskRow } from '../../../platform/tasks/index.ts';

/** What is done with a pool in the background right now, the newest first. */
export async function runningTasks(ctx: Context, poolId: string): Promise<TaskRow[]> {
  return ctx.sql
    .selectFrom('task')
    .selectAll()
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .where('kind', 'like', 'promo-codes.%')
    .where(sql<boolean>`facts ->> 'poolId' = ${poolId}`)
    .orderBy('created_at', 'desc')
    .execute();
}
