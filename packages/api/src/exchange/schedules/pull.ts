import { notify } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { forgetFile } from '../../platform/files/index.ts';
import { reportCounts } from '../../platform/intake/index.ts';
import type { Report, TaskKind } from '../../platform/tasks/index.ts';
import { fetchFile } from './fetch-file.ts';
import { findFiles } from './find-files.ts';
import { importFile, type Brought } from './import-file.ts';
import { nextLook } from './next-look.ts';
import { PullFailed, timesOf, type PullSettings, type ScheduleRow } from './schedule.ts';

export const PULL = 'exchange.pull';

interface NewFile {
  /** Of a folder's file; empty for an address. */
  key: string;
  name: string;
  path: string;
  fingerprint: string;
}

interface Pulled extends Brought {
  files: number;
  /** Of those that could not be read. */
  unread: number;
}

/** Looks once at a schedule's place and brings in what is new there. */
export function pullTask(settings: PullSettings): TaskKind {
  return {
    kind: PULL,
    scope: 'imports.read',
    async run(ctx, facts, report, signal, { id: taskId }) {
      const schedule = await ctx.sql
        .selectFrom('exchange_schedule')
        .selectAll()
        .where('id', '=', String(facts['scheduleId']))
        .executeTakeFirst();
      if (schedule === undefined) return {};
      try {
        const pulled = await pull({ ctx, schedule, settings, report, signal, taskId });
        await noteLook(ctx, schedule, null);
        return { result: { ...pulled } };
      } catch (error) {
        if (signal.aborted) throw error;
        const failed =
          error instanceof PullFailed
            ? error
            : new PullFailed('INTERNAL', 'Something unexpected went wrong.');
        await noteLook(ctx, schedule, failed);
        await tellOf(ctx, schedule);
        if (!(error instanceof PullFailed)) throw error;
        return { result: { files: 0, failure: failed.code, failureText: failed.message } };
      }
    },
  };
}

/** Once, until it is read: a schedule that fails does so every time. */
async function tellOf(ctx: Context, { id, name }: ScheduleRow): Promise<void> {
  await notify(
    ctx,
    { scope: 'imports.run' },
    { kind: 'pull.failed', facts: { name }, link: '/data/schedules', key: `pull:${id}` },
  );
}

interface Pull {
  ctx: Context;
  schedule: ScheduleRow;
  settings: PullSettings;
  report: Report;
  signal: AbortSignal;
  taskId: string;
}

/** A file that cannot be read never hurts its neighbours; it is read again when it has changed. */
async function pull(job: Pull): Promise<Pulled> {
  const { ctx, schedule, settings, signal } = job;
  const sum: Pulled = { files: 0, unread: 0, accepted: 0, unchanged: 0, refused: 0 };
  const known = await takenBefore(ctx, schedule.id);
  let failure: PullFailed | null = null;
  if (schedule.place === 'URL') {
    const fetched = await fetchFile(
      ctx,
      { url: schedule.location, known: known.get('') ?? null, allowedNetworks: settings.allowedNetworks },
      signal,
    );
    if (fetched === null) return sum;
    try {
      if (fetched.fingerprint !== known.get('')) failure = await take(job, { ...fetched, key: '' }, sum);
    } finally {
      await forgetFile(ctx, fetched.uploadId);
    }
  } else {
    for (const file of await findFiles(schedule, settings.importDir)) {
      signal.throwIfAborted();
      if (known.get(file.name) === file.fingerprint) continue;
      failure = (await take(job, { ...file, key: file.name }, sum)) ?? failure;
    }
  }
  if (failure !== null && sum.files === 0) throw failure;
  return sum;
}

/** @returns why it could not be read */
async function take(
  { ctx, schedule, report, signal, taskId }: Pull,
  file: NewFile,
  sum: Pulled,
): Promise<PullFailed | null> {
  try {
    const brought = await importFile(ctx, {
      schedule,
      path: file.path,
      name: file.name,
      taskId,
      onProgress: report,
      signal,
    });
    // Cut off in the middle: what was stored stays, the rest is read by the next look.
    signal.throwIfAborted();
    sum.files += 1;
    sum.accepted += brought.accepted;
    sum.unchanged += brought.unchanged;
    sum.refused += brought.refused;
    await noteFile(ctx, schedule, file, brought, null);
    return null;
  } catch (error) {
    if (!(error instanceof PullFailed) || error.code === 'ImportRunning' || error.code === 'NO_PRESET')
      throw error;
    sum.unread += 1;
    await noteFile(ctx, schedule, file, { accepted: 0, unchanged: 0, refused: 0 }, error.code);
    return error;
  }
}

async function takenBefore(ctx: Context, scheduleId: string): Promise<Map<string, string>> {
  const rows = await ctx.sql
    .selectFrom('exchange_file')
    .select(['name', 'fingerprint'])
    .where('schedule_id', '=', scheduleId)
    .execute();
  return new Map(rows.map(({ name, fingerprint }) => [name, fingerprint]));
}

async function noteFile(
  ctx: Context,
  { id }: ScheduleRow,
  { key, fingerprint }: NewFile,
  brought: Brought,
  failureCode: string | null,
): Promise<void> {
  const values = { fingerprint, taken_at: ctx.clock.now(), failure_code: failureCode, ...brought };
  await ctx.sql
    .insertInto('exchange_file')
    .values({ schedule_id: id, name: key, ...values })
    .onConflict((conflict) => conflict.columns(['schedule_id', 'name']).doUpdateSet(values))
    .execute();
}

/** How the look went, when the next one is, and where it failed, that to the monitor too. */
async function noteLook(ctx: Context, schedule: ScheduleRow, failed: PullFailed | null): Promise<void> {
  const now = ctx.clock.now();
  const failures = failed === null ? 0 : schedule.failures + 1;
  await ctx.sql
    .updateTable('exchange_schedule')
    .set({
      last_look_at: now,
      ...(failed === null ? { last_success_at: now } : {}),
      failures,
      failure_code: failed?.code ?? null,
      failure_text: failed?.message ?? null,
      next_at: nextLook({ ...timesOf(schedule), failures }, now),
    })
    .where('id', '=', schedule.id)
    .execute();
  if (failed === null) return;
  const { source, kind } = schedule;
  await reportCounts(ctx, { source, kind, accepted: 0, unchanged: 0, refused: 0, failure: failed.code });
}
