import type { Context } from '../context.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../graphql/paging.ts';
import { isId } from '../ids.ts';
import type { TaskRow } from './task-row.ts';
import type { TaskState } from './task.ts';

/** Own tasks, and those of a kind whose scope the caller has. */
export function seesTask(
  { actor }: Pick<Context, 'actor'>,
  task: Pick<TaskRow, 'started_by' | 'scope'>,
): boolean {
  return task.started_by === actor.client || actor.scopes.has(task.scope);
}

/** null: there is none, or none for this caller. */
export async function readTask(ctx: Context, id: string): Promise<TaskRow | null> {
  const row = await ctx.sql.selectFrom('task').selectAll().where('id', '=', id).executeTakeFirst();
  return row !== undefined && seesTask(ctx, row) ? row : null;
}

export interface TasksQuery {
  /** Only what the caller started itself. */
  mine?: boolean | null | undefined;
  states?: readonly TaskState[] | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** Newest first. */
export async function listTasks(ctx: Context, query: TasksQuery): Promise<Page<TaskRow>> {
  const size = pageSize(query.first);
  const after = keysOf(query.after, 1);
  const scopes = query.mine === true ? [] : [...ctx.actor.scopes];
  const rows = await ctx.sql
    .selectFrom('task')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('started_by', '=', ctx.actor.client),
        ...(scopes.length > 0 ? [eb('scope', 'in', scopes)] : []),
      ]),
    )
    .$if((query.states?.length ?? 0) > 0, (qb) => qb.where('state', 'in', [...(query.states ?? [])]))
    // Ids are made in order of time.
    .$if(after !== null, (qb) => qb.where('id', '<', isId(after?.[0] ?? '') ? (after?.[0] ?? '') : NIL))
    .orderBy('id', 'desc')
    .limit(size + 1)
    .execute();
  return pageOf(rows, size, after !== null, ({ id }) => cursorOf(id));
}

const NIL = '00000000-0000-0000-0000-000000000000';
