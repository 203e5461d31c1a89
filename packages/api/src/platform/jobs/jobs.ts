import { run, type Runner } from 'graphile-worker';
import type { Context } from '../context.ts';
import type { Log } from '../log.ts';

/** Work done in the background on PostgreSQL's own queue: retried, at most one at a time per cron line. */
export interface Job {
  name: string;
  /** Crontab of graphile-worker, in UTC; absent: only when asked for. */
  cron?: string;
  run(ctx: Context, payload: unknown): Promise<void>;
}

export interface JobsOptions {
  databaseUrl: string;
  jobs: readonly Job[];
  newContext: () => Context;
  log: Log;
}

export async function startJobs({
  databaseUrl,
  jobs,
  newContext,
  log,
}: JobsOptions): Promise<{ stop(): Promise<void> }> {
  const runner: Runner = await run({
    connectionString: databaseUrl,
    schema: 'jobs',
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 1_000,
    taskList: Object.fromEntries(
      jobs.map((job) => [job.name, (payload: unknown) => job.run(newContext(), payload)]),
    ),
    crontab: jobs.flatMap((job) => (job.cron ? [`${job.cron} ${job.name} ?max=3`] : [])).join('\n'),
  });
  runner.events.on('job:error', ({ error, job }) =>
    log.error({ err: error, job: job.task_identifier }, 'a job failed'),
  );
  return { stop: () => runner.stop() };
}
