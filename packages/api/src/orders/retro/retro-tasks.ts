import { sql } from 'kysely';
import { actorLabel, findProgram, worthOf, type ProgramRecord } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { RequestError } from '../../platform/errors.ts';
import type { TaskKind } from '../../platform/tasks/index.ts';
import { countCandidates, nextCandidates, type CandidateBatch } from './candidates.ts';
import { planGrants, type CountedRun, type PlannedGrant, type RetroSample } from './retro.ts';
import { readRetroRun, resultOf, type RetroRunRecord } from './retro-runs.ts';
import { keepResult } from './result-file.ts';
import { RETRO_TASKS } from './steer-run.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';
const MOST_SAMPLES = 20;
const SCOPE = 'loyalty.write';

interface Run {
  run: RetroRunRecord;
  program: ProgramRecord;
}

async function openRun(ctx: Context, facts: Record<string, unknown>): Promise<Run> {
  const run = await readRetroRun(ctx, String(facts['runId']));
  const program = run === null ? null : await findProgram(ctx, run.program_id);
  if (run === null || program === null) throw new RequestError('BAD_REQUEST', 'There is no such run.');
  return { run, program };
}

/** Counts what a run would grant. Writes nothing but the counts. */
export const retroCount: TaskKind = {
  kind: RETRO_TASKS.count,
  scope: SCOPE,
  run: async (ctx, facts, report, signal) => {
    const opened = await openRun(ctx, facts);
    const counted = emptyCount();
    const total = await countCandidates(ctx, opened.program, opened.run.parameters);
    let done = 0;
    await eachBatch(ctx, opened, signal, async (batch) => {
      for (const orders of batch.orders.values())
        addCustomer(counted, batch, orders, planOf(opened, batch, orders, ctx));
      done += batch.orders.size;
      report(done, Math.max(total, done));
    });
    if (signal.aborted) return undefined;
    counted.worth = await worthOf(ctx, opened.program, counted.points);
    await sql`update public.retro_run set state = 'COUNTED', counted = ${JSON.stringify(counted)}::jsonb,
      counted_at = ${ctx.clock.now()} where id = ${opened.run.id} and state = 'COUNTING'`.execute(ctx.sql);
    const { customers, orders, points } = counted;
    return { result: { customers, orders, points } };
  },
};

/** Grants; a customer's purchases in one transaction, so that it may be cut off anywhere. */
export const retroGrant: TaskKind = {
  kind: RETRO_TASKS.grant,
  scope: SCOPE,
  run: async (ctx, facts, report, signal) => {
    const opened = await openRun(ctx, facts);
    const { run, program } = opened;
    const before = await resultOf(ctx, run.id);
    const total = before.customers + (await countCandidates(ctx, program, run.parameters));
    let done = before.customers;
    await eachBatch(ctx, opened, signal, async (batch) => {
      await grantBatch(ctx, opened, batch);
      done += batch.orders.size;
      report(done, Math.max(total, done));
    });
    if (signal.aborted) return undefined;
    const { customers, orders, points, cut } = await resultOf(ctx, run.id);
    await sql`update public.retro_run set state = 'DONE', finished_at = ${ctx.clock.now()}
      where id = ${run.id} and state = 'RUNNING'`.execute(ctx.sql);
    return { result: { customers, orders, points, cut }, fileId: await keepResult(ctx, run.id) };
  },
};

/** Takes back what is unspent. */
export const retroTakeBack: TaskKind = {
  kind: RETRO_TASKS.takeBack,
  scope: SCOPE,
  run: async (ctx, facts, report, signal) => {
    const { run, program } = await openRun(ctx, facts);
    const { orders: total } = await resultOf(ctx, run.id);
    let done = 0;
    for (let after = [FIRST, FIRST]; !signal.aborted;) {
      const grants = await ctx.sql
        .selectFrom('retro_grant')
        .select(['profile_id as profileId', 'id'])
        .where('run_id', '=', run.id)
        .where((eb) =>
          eb(eb.refTuple('profile_id', 'id'), '>', eb.tuple(after[0] ?? FIRST, after[1] ?? FIRST)),
        )
        .orderBy('profile_id')
        .orderBy('id')
        .limit(100)
        .execute();
      const last = grants.at(-1);
      if (last === undefined) break;
      await again(() =>
        callFunction(ctx.sql, 'retro_take_back', {
          programId: program.id,
          now: ctx.clock.now(),
          actor: actorLabel(ctx.actor),
          reason: run.undo_reason,
          grants,
        }),
      );
      after = [last.profileId, last.id];
      done += grants.length;
      report(done, total);
    }
    if (signal.aborted) return undefined;
    await sql`update public.retro_run set state = 'UNDONE', undone_at = ${ctx.clock.now()}
      where id = ${run.id} and state = 'UNDOING'`.execute(ctx.sql);
    const { undone, points } = await resultOf(ctx, run.id);
    return { result: { undone, spent: points - undone } };
  },
};

async function eachBatch(
  ctx: Context,
  { run, program }: Run,
  signal: AbortSignal,
  work: (batch: CandidateBatch) => Promise<void>,
): Promise<void> {
  for (let after = FIRST; !signal.aborted;) {
    const batch = await nextCandidates(ctx, program, run.parameters, after);
    if (batch === null) return;
    await work(batch);
    after = batch.last;
  }
}

function planOf(
  { run, program }: Run,
  { shoppers }: CandidateBatch,
  orders: Parameters<typeof planGrants>[1],
  { clock }: Context,
  before = 0,
): PlannedGrant[] {
  return planGrants({ program, parameters: run.parameters, now: clock.now() }, orders, shoppers, before);
}

async function grantBatch(ctx: Context, opened: Run, batch: CandidateBatch): Promise<void> {
  const { run, program } = opened;
  const before = await grantedBefore(ctx, run.id, [...batch.orders.keys()]);
  const grants = [...batch.orders].flatMap(([profileId, orders]) =>
    planOf(opened, batch, orders, ctx, before.get(profileId)),
  );
  if (grants.length === 0) return;
  await again(() =>
    callFunction(ctx.sql, 'retro_grant', {
      runId: run.id,
      programId: program.id,
      now: ctx.clock.now(),
      actor: actorLabel(ctx.actor),
      grants: grants.map(({ order, ...grant }) => ({
        ...grant,
        orderId: order.id,
        profileId: order.profileId,
        revision: order.revision,
      })),
    }),
  );
}

/** Of a run that was cut off, or whose purchases were moved together since: the cap holds over all of it. */
async function grantedBefore(
  ctx: Context,
  runId: string,
  profileIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await ctx.sql
    .selectFrom('retro_grant')
    .select((eb) => ['profile_id', eb.fn.sum<number>('points').as('points')])
    .where('run_id', '=', runId)
    .where('profile_id', 'in', [...profileIds])
    .groupBy('profile_id')
    .execute();
  return new Map(rows.map(({ profile_id, points }) => [profile_id, Number(points)]));
}

const MOST_TRIES = 5;

/** Tills come first: a batch that met one is tried again. */
async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RequestError) || error.code !== 'BUSY' || tries === MOST_TRIES) throw error;
    }
  }
}

function emptyCount(): CountedRun {
  return {
    customers: 0,
    orders: 0,
    points: 0,
    cut: 0,
    capped: 0,
    blocked: 0,
    nothing: 0,
    samples: [],
    worth: [],
  };
}

function addCustomer(
  counted: CountedRun,
  { shoppers }: CandidateBatch,
  orders: Parameters<typeof planGrants>[1],
  grants: readonly PlannedGrant[],
): void {
  const profileId = orders[0]?.profileId ?? '';
  const accounts = Object.values(shoppers.get(profileId)?.accounts ?? {});
  if (accounts.some(({ status }) => status !== 'ACTIVE')) counted.blocked += 1;
  counted.nothing += orders.length - grants.length;
  const granted = grants.filter(({ points }) => points > 0);
  const sample: RetroSample = {
    profileId,
    orders: granted.length,
    points: granted.reduce((sum, { points }) => sum + points, 0),
    cut: grants.reduce((sum, { cut }) => sum + cut, 0),
  };
  if (sample.cut > 0) counted.capped += 1;
  counted.cut += sample.cut;
  if (sample.points === 0) return;
  counted.customers += 1;
  counted.orders += sample.orders;
  counted.points += sample.points;
  counted.samples = [...counted.samples, sample]
    .toSorted((one, other) => other.points - one.points)
    .slice(0, MOST_SAMPLES);
}
