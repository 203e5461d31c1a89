import { sql, type Selectable } from 'kysely';
import { demandEverywhere, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tables } from '../../platform/database/tables.ts';
import { invalid } from '../../platform/errors.ts';
import { cursorOf, keysOf, pageOf, pageSize, type Page } from '../../platform/graphql/paging.ts';
import { isId } from '../../platform/ids.ts';
import { visiblePrograms } from '../../loyalty/index.ts';

export type RetroRunRecord = Selectable<Tables['retro_run']> & {
  plannerName: string | null;
  executorName: string | null;
};

/** What a run granted so far, and what was taken back of it. */
export interface RetroResult {
  customers: number;
  orders: number;
  points: number;
  cut: number;
  undone: number;
}

/** The newest first. Who sees some stores only sees none. */
export async function listRetroRuns(
  ctx: Context,
  args: { first?: number | null | undefined; after?: string | null | undefined },
): Promise<Page<RetroRunRecord>> {
  const size = pageSize(args.first);
  const after = keysOf(args.after, 1);
  const from = after?.[0] ?? '';
  const rows = await read(
    ctx,
    after === null ? sql`true` : isId(from) ? sql`run.id < ${from}::uuid` : sql`false`,
    size + 1,
  );
  return pageOf(rows, size, after !== null, ({ id }) => cursorOf(id));
}

export async function readRetroRun(ctx: Context, id: string): Promise<RetroRunRecord | null> {
  if (!isId(id)) return null;
  const [row] = await read(ctx, sql`run.id = ${id}::uuid`, 1);
  return row ?? null;
}

async function read(
  ctx: Context,
  condition: ReturnType<typeof sql>,
  limit: number,
): Promise<RetroRunRecord[]> {
  if (ctx.actor.storeIds !== 'ALL') return [];
  const programs = (await visiblePrograms(ctx)).map(({ id }) => id);
  const { rows } = await sql<RetroRunRecord>`
    select run.*, planner.name as "plannerName", executor.name as "executorName"
    from public.retro_run run
    left join public.staff planner on planner.id::text = run.planner_id
    left join public.staff executor on executor.id::text = run.executed_by
    where run.program_id = any(${programs}::uuid[]) and ${condition}
    order by run.id desc limit ${limit}`.execute(ctx.sql);
  return rows;
}

export async function resultOf(ctx: Context, runId: string): Promise<RetroResult> {
  const { rows } = await sql<RetroResult>`
    select count(distinct profile_id)::int as customers, count(*)::int as orders,
      coalesce(sum(points), 0)::bigint as points, coalesce(sum(cut), 0)::bigint as cut,
      coalesce(sum(undone), 0)::bigint as undone
    from public.retro_grant where run_id = ${runId}`.execute(ctx.sql);
  const [row] = rows;
  if (row === undefined) throw new Error('nothing was counted');
  return row;
}

/** Locks a run whose background work is over. @throws InvalidInput */
export async function lockResting(tx: Context, id: string): Promise<RetroRunRecord> {
  demandScope(tx, 'loyalty.write');
  demandEverywhere(tx);
  if (!isId(id)) throw unknownRun();
  await sql`select from public.retro_run where id = ${id}::uuid for update`.execute(tx.sql);
  const run = await readRetroRun(tx, id);
  if (run === null) throw unknownRun();
  const working = await tx.sql
    .selectFrom('task')
    .select('id')
    .where('id', '=', run.task_id)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .executeTakeFirst();
  if (working !== undefined) throw invalid('runId', 'MISMATCH', 'is being worked at right now');
  return run;
}

function unknownRun(): Error {
  return invalid('runId', 'UNKNOWN', 'no such run');
}
