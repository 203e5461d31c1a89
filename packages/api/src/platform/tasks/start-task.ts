import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { callFunction } from '../database/call-function.ts';
import { newId } from '../ids.ts';
import { publish } from '../live/publish.ts';
import { kindOf } from './kinds.ts';
import { taskTopics } from './topics.ts';

export const RUN_TASK = 'run-task';

/**
 * Asks for background work; it is there if and only if the transaction of `ctx` commits.
 * @param facts ids and settings, never a contact
 * @returns its id
 */
export async function startTask(
  ctx: Context,
  { kind, facts = {} }: { kind: string; facts?: Record<string, unknown> },
): Promise<string> {
  const id = newId();
  await ctx.sql
    .insertInto('task')
    .values({
      id,
      kind,
      state: 'QUEUED',
      done: 0,
      total: null,
      facts,
      result: null,
      error_code: null,
      error_text: null,
      file_id: null,
      started_by: ctx.actor.client,
      scope: kindOf(ctx.database, kind).scope,
      actor: { ...ctx.actor, scopes: [...ctx.actor.scopes] },
      created_at: ctx.clock.now(),
      started_at: null,
      finished_at: null,
      cancel_asked_at: null,
      heartbeat_at: sql<Date>`now()`,
      run_id: null,
      attempts: 0,
    })
    .execute();
  await enqueue(ctx, id);
  await publish(ctx, ...taskTopics({ id, started_by: ctx.actor.client }));
  return id;
}

/** One job a task: one that is there already stays the only one. */
export async function enqueue(ctx: Pick<Context, 'sql'>, id: string): Promise<void> {
  await callFunction(ctx.sql, 'enqueue_task', { taskId: id });
}
