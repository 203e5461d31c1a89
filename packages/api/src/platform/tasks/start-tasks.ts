import { run as runWorker } from 'graphile-worker';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { createJobsPool, jobsLogger } from '../jobs/jobs.ts';
import { publish } from '../live/publish.ts';
import type { Log } from '../log.ts';
import { enqueue, RUN_TASK } from './start-task.ts';
import { runTask, type Run } from './run-task.ts';
import { HEARTBEAT_LOST_SECONDS } from './task-row.ts';
import { taskTopics } from './topics.ts';

export interface TasksOptions {
  databaseUrl: string;
  newContext: () => Context;
  log: Log;
}

/** Long work has its own two hands: the clockwork of the company never waits for it. */
const AT_ONCE = 2;
const SWEEP_MS = 10_000;
const MOST_ATTEMPTS = 3;
const STOP_WITHIN_MS = 1_500;

export async function startTasks({
  databaseUrl,
  newContext,
  log,
}: TasksOptions): Promise<{ stop(): Promise<void> }> {
  const runs = new Set<Run>();
  let stopping = false;
  const pool = createJobsPool(databaseUrl, log);
  const runner = await runWorker({
    pgPool: pool,
    logger: jobsLogger(log),
    schema: 'jobs',
    concurrency: AT_ONCE,
    noHandleSignals: true,
    pollInterval: 1_000,
    taskList: {
      [RUN_TASK]: async (payload: unknown) => {
        const { taskId } = payload as { taskId: string };
        if (stopping) return;
        const run = await runTask(newContext(), taskId);
        if (run === null) return;
        runs.add(run);
        if (stopping) run.stop('STOPPING');
        await run.finished.finally(() => runs.delete(run));
      },
    },
  });
  const sweep = (): void =>
    void takeUpLost(newContext()).catch((error: unknown) =>
      log.warn({ err: error }, 'tasks were not looked after'),
    );
  const timer = setInterval(sweep, SWEEP_MS);
  sweep();
  return {
    async stop() {
      stopping = true;
      clearInterval(timer);
      const ending = [...runs].map((run) => (run.stop('STOPPING'), run.finished));
      await within(Promise.allSettled(ending), STOP_WITHIN_MS);
      // What did not hear the signal is cut off with the process and taken up by its silence.
      await within(runner.stop(), STOP_WITHIN_MS);
      await within(pool.end(), STOP_WITHIN_MS);
    },
  };
}

async function within(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work.catch(() => undefined), promise]);
  clearTimeout(timer);
}

/**
 * Tasks whose worker went silent start again; after three tries they have failed. Waiting ones that lost their job get
 * a new one.
 */
export async function takeUpLost(ctx: Context): Promise<void> {
  const lost = await ctx.sql
    .updateTable('task')
    .set({
      state: sql`case when state = 'RUNNING' and cancel_asked_at is not null then 'CANCELLED'
        when state = 'RUNNING' and attempts >= ${MOST_ATTEMPTS} then 'FAILED' else 'QUEUED' end`,
      error_code: sql`case when state = 'RUNNING' and cancel_asked_at is null and attempts >= ${MOST_ATTEMPTS}
        then 'WORKER_LOST' end`,
      error_text: null,
      finished_at: sql`case when state = 'RUNNING' and (cancel_asked_at is not null or attempts >= ${MOST_ATTEMPTS})
        then ${ctx.clock.now()}::timestamptz end`,
      run_id: null,
      heartbeat_at: sql<Date>`now()`,
    })
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .where('heartbeat_at', '<', sql<Date>`now() - make_interval(secs => ${HEARTBEAT_LOST_SECONDS})`)
    .returning(['id', 'state', 'started_by'])
    .execute();
  for (const task of lost) {
    if (task.state === 'QUEUED') await enqueue(ctx, task.id);
    await publish(ctx, ...taskTopics(task));
  }
}
