import type { Actor, Context } from '../context.ts';
import { DomainError, RequestError } from '../errors.ts';
import { newId } from '../ids.ts';
import { kindOf } from './kinds.ts';
import type { Report } from './task.ts';
import { claimTask, writeRun, type TaskRow } from './task-row.ts';

/** Progress is written and told at most this often. */
const WRITE_EVERY_MS = 250;
const HEARTBEAT_MS = 5_000;

export type StopReason = 'CANCELLED' | 'STOPPING' | 'TAKEN';

/** One run of one task. */
export interface Run {
  /** The work is asked to stop; `STOPPING` puts it back into the queue. */
  stop(reason: StopReason): void;
  readonly finished: Promise<void>;
}

/** Claims the task and works at it. @returns null when it is somebody else's, or over. */
export async function runTask(ctx: Context, taskId: string): Promise<Run | null> {
  const task = await claimTask(ctx, taskId, newId());
  if (task === null) return null;
  const stopping = new AbortController();
  const stop = (reason: StopReason): void => stopping.abort(reason);
  return { stop, finished: work(ctx, task, stopping) };
}

async function work(ctx: Context, task: TaskRow, stopping: AbortController): Promise<void> {
  const progress = followProgress(ctx, task, (reason) => stopping.abort(reason));
  try {
    const done = await kindOf(ctx.database, task.kind).run(
      actingAs(ctx, task),
      task.facts,
      progress.report,
      stopping.signal,
      { id: task.id },
    );
    await progress.stop();
    // Cancelled just as it ended: what is done is done.
    const { result = null, fileId = null } = done ?? {};
    const state = stopping.signal.aborted && done === undefined ? 'CANCELLED' : 'DONE';
    if (reasonOf(stopping) === 'STOPPING' && state === 'CANCELLED') await putBack(ctx, task);
    else await finish(ctx, task, { state, result, file_id: fileId });
  } catch (error) {
    await progress.stop();
    if (!stopping.signal.aborted)
      await finish(ctx, task, { state: 'FAILED', ...failureOf(ctx, task, error) });
    else if (reasonOf(stopping) === 'STOPPING') await putBack(ctx, task);
    else await finish(ctx, task, { state: 'CANCELLED' });
  }
}

function reasonOf({ signal }: AbortController): StopReason {
  return signal.reason as StopReason;
}

function actingAs(ctx: Context, { actor }: TaskRow): Context {
  return { ...ctx, actor: { ...actor, scopes: new Set(actor.scopes) } as Actor };
}

async function finish(ctx: Context, task: TaskRow, change: Parameters<typeof writeRun>[2]): Promise<void> {
  await writeRun(ctx, task, { ...change, finished_at: ctx.clock.now() });
}

/** For whoever looks next: another process, or this one after its start. */
export async function putBack(ctx: Context, task: Pick<TaskRow, 'id' | 'run_id'>): Promise<void> {
  await writeRun(ctx, task, { state: 'QUEUED', run_id: null });
}

function failureOf(
  ctx: Context,
  { id, kind }: TaskRow,
  error: unknown,
): { error_code: string; error_text: string } {
  if (error instanceof DomainError || error instanceof RequestError)
    return { error_code: error.code, error_text: error.message };
  const errorId = newId();
  ctx.log.error({ err: error, errorId, taskId: id, kind }, 'a task failed');
  return { error_code: 'INTERNAL', error_text: errorId };
}

/** Writes the last thing reported, seldom enough, and says that the run lives while nothing is reported. */
function followProgress(
  ctx: Context,
  task: TaskRow,
  onStop: (reason: StopReason) => void,
): { report: Report; stop(): Promise<void> } {
  let told: { done: number; total: number | null } | null = null;
  let writing: Promise<void> = Promise.resolve();
  let quiet = 0;
  const write = async (): Promise<void> => {
    quiet += WRITE_EVERY_MS;
    if (told === null && quiet < HEARTBEAT_MS) return;
    quiet = 0;
    const change = told ?? {};
    told = null;
    const { own, cancelAsked } = await writeRun(ctx, task, change);
    if (!own) onStop('TAKEN');
    else if (cancelAsked) onStop('CANCELLED');
  };
  const lost = (error: unknown): void =>
    ctx.log.warn({ err: error }, 'the progress of a task was not written');
  const timer = setInterval(() => (writing = writing.then(write).catch(lost)), WRITE_EVERY_MS);
  return {
    report: (done, total) => (told = { done, total }),
    async stop() {
      clearInterval(timer);
      quiet = told === null ? 0 : HEARTBEAT_MS;
      await writing;
      if (told !== null) await write().catch(lost);
    },
  };
}
