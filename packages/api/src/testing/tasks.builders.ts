import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { drainTasks } from '../platform/tasks/index.ts';
import { asSystem } from './company.builders.ts';

/** Does everything that waits in the background, here and now: for apps without a worker. */
export async function runTasks(ctx: Context): Promise<void> {
  await drainTasks(asSystem(ctx));
}

/** As if the process that works at the task had died a minute ago. */
export async function silence(ctx: Context, taskId: string): Promise<void> {
  await sql`update task set heartbeat_at = now() - interval '1 minute' where id = ${taskId}`.execute(ctx.sql);
}
