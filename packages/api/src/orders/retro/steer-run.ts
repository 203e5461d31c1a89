import { sql } from 'kysely';
import { audit, demandEverywhere, demandScope } from '../../company/index.ts';
import { visiblePrograms, type ProgramRecord } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { startTask } from '../../platform/tasks/index.ts';
import type { RetroParameters } from './retro.ts';
import { lockResting, readRetroRun, type RetroRunRecord } from './retro-runs.ts';

export const RETRO_TASKS = {
  count: 'retro.count',
  grant: 'retro.grant',
  takeBack: 'retro.take-back',
} as const;

export interface RetroRunStarted {
  __typename: 'RetroRunStarted';
  run: RetroRunRecord;
  taskId: string;
}

export interface PlanRetroRun {
  programId: string;
  from: Date;
  /** Not included. */
  to: Date;
  sources?: readonly string[] | null;
  storeIds?: readonly string[] | null;
  capPerCustomer?: number | null;
  /** Absent: of each purchase the version that was valid when it was made. */
  versionNumber?: number | null;
  freezeDays?: number | null;
}

const MOST_POINTS = 2_147_483_647;
const LONGEST_FREEZE = 3_650;
const LONGEST_REASON = 500;

/**
 * A dry run: counts in the background what purchases of the past would get, grants nothing.
 * @throws InvalidInput @throws RequestError FORBIDDEN
 */
export async function planRetroRun(ctx: Context, input: PlanRetroRun): Promise<RetroRunStarted> {
  demandScope(ctx, 'loyalty.write');
  demandEverywhere(ctx);
  const program = await check(ctx, input);
  const { actor, clock } = ctx;
  const parameters: RetroParameters = {
    from: input.from.toISOString(),
    to: input.to.toISOString(),
    sources: input.sources && input.sources.length > 0 ? [...input.sources] : null,
    storeIds: input.storeIds && input.storeIds.length > 0 ? [...input.storeIds] : null,
    capPerCustomer: input.capPerCustomer ?? null,
    versionId: program.versions.find(({ number }) => number === input.versionNumber)?.id ?? null,
    freezeDays: input.freezeDays ?? null,
  };
  return inTransaction(ctx, async (tx) => {
    const id = newId();
    const taskId = await startTask(tx, { kind: RETRO_TASKS.count, facts: { runId: id } });
    await tx.sql
      .insertInto('retro_run')
      .values({
        id,
        program_id: program.id,
        parameters,
        state: 'COUNTING',
        counted: null,
        counted_at: null,
        task_id: taskId,
        planned_by: actor.client,
        planner_id: actor.id,
        created_at: clock.now(),
        executed_by: null,
        executed_at: null,
        finished_at: null,
        undo_reason: null,
        undone_at: null,
      })
      .execute();
    await audit(tx, { action: 'retro.planned', subject: `retro:${id}`, facts: { ...parameters } });
    return started(tx, id, taskId);
  });
}

async function check(ctx: Context, input: PlanRetroRun): Promise<ProgramRecord> {
  const problems = new InputProblems();
  const program = (await visiblePrograms(ctx)).find(({ id }) => id === input.programId);
  if (program === undefined) problems.add(['programId'], 'UNKNOWN', 'no such program');
  else if (program.mode === 'OFF')
    problems.add(['programId'], 'MISMATCH', 'the program is switched off: nothing is earned in it');
  if (input.to <= input.from) problems.add(['to'], 'RANGE', 'is later than from');
  if (input.from > ctx.clock.now()) problems.add(['from'], 'RANGE', 'lies in the future');
  const { capPerCustomer = null, freezeDays = null, versionNumber = null } = input;
  if (capPerCustomer !== null && (capPerCustomer < 1 || capPerCustomer > MOST_POINTS))
    problems.add(['capPerCustomer'], 'RANGE', 'is 1 or more');
  if (freezeDays !== null && (freezeDays < 0 || freezeDays > LONGEST_FREEZE))
    problems.add(['freezeDays'], 'RANGE', `0 to ${LONGEST_FREEZE} days`);
  if (versionNumber !== null && !program?.versions.some(({ number }) => number === versionNumber))
    problems.add(['versionNumber'], 'UNKNOWN', 'no version of this program');
  await checkStores(ctx, problems, input, program);
  for (const [index, source] of (input.sources ?? []).entries())
    problems.text(source, ['sources', index], 100);
  problems.refuseAny();
  if (program === undefined) throw new Error('a problem was not told');
  return program;
}

async function checkStores(
  ctx: Context,
  problems: InputProblems,
  { storeIds }: PlanRetroRun,
  program: ProgramRecord | undefined,
): Promise<void> {
  if (program === undefined || !storeIds || storeIds.length === 0) return;
  const rows = await ctx.sql
    .selectFrom('store')
    .select('id')
    .where('brand_id', '=', program.brandId)
    .execute();
  storeIds.forEach((id, index) => {
    if (!rows.some((store) => store.id === id))
      problems.add(['storeIds', index], 'UNKNOWN', 'no store of this program');
  });
}

/**
 * Does what the dry run counted; a run that was cut off or cancelled goes on where it stopped. No purchase gets points
 * twice.
 * @throws InvalidInput @throws RequestError FORBIDDEN
 */
export function executeRetroRun(ctx: Context, { runId }: { runId: string }): Promise<RetroRunStarted> {
  return inTransaction(ctx, async (tx) => {
    const run = await lockResting(tx, runId);
    if (run.state !== 'COUNTED' && run.state !== 'RUNNING')
      throw invalid('runId', 'MISMATCH', `is ${run.state}`);
    const taskId = await startTask(tx, { kind: RETRO_TASKS.grant, facts: { runId } });
    const now = tx.clock.now();
    await sql`update public.retro_run set state = 'RUNNING', task_id = ${taskId},
      executed_by = coalesce(executed_by, ${tx.actor.id}), executed_at = coalesce(executed_at, ${now})
      where id = ${runId}::uuid`.execute(tx.sql);
    await audit(tx, {
      action: 'retro.executed',
      subject: `retro:${runId}`,
      facts: { points: run.counted?.points ?? 0, customers: run.counted?.customers ?? 0 },
    });
    return started(tx, runId, taskId);
  });
}

/**
 * Takes back what is unspent of a run's points, by corrections with this reason; what was spent stays with the shoppers.
 * @throws InvalidInput @throws RequestError FORBIDDEN
 */
export function undoRetroRun(
  ctx: Context,
  input: { runId: string; reason: string },
): Promise<RetroRunStarted> {
  const problems = new InputProblems();
  const reason = problems.text(input.reason, ['reason'], LONGEST_REASON);
  problems.refuseAny();
  const { runId } = input;
  return inTransaction(ctx, async (tx) => {
    const run = await lockResting(tx, runId);
    if (run.state === 'COUNTING' || run.state === 'COUNTED' || run.state === 'UNDONE')
      throw invalid('runId', 'MISMATCH', `is ${run.state}`);
    const taskId = await startTask(tx, { kind: RETRO_TASKS.takeBack, facts: { runId } });
    await sql`update public.retro_run set state = 'UNDOING', task_id = ${taskId}, undo_reason = ${reason}
      where id = ${runId}::uuid`.execute(tx.sql);
    await audit(tx, { action: 'retro.undone', subject: `retro:${runId}`, facts: { reason } });
    return started(tx, runId, taskId);
  });
}

async function started(tx: Context, id: string, taskId: string): Promise<RetroRunStarted> {
  const run = await readRetroRun(tx, id);
  if (run === null) throw new Error(`run ${id} went away`);
  return { __typename: 'RetroRunStarted', run, taskId };
}
