import { Logger, parseCrontab, run } from 'graphile-worker';
import { Pool } from 'pg';
import type { Context } from '../context.ts';
import type { Log } from '../log.ts';

/** Work done in the background on PostgreSQL's own queue: retried, at most one at a time per cron line. */
export interface Job {
  /** Letters, digits and hyphens: the crontab takes no other. */
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
  const pool = createJobsPool(databaseUrl, log);
  const runner = await run({
    pgPool: pool,
    logger: jobsLogger(log),
    schema: 'jobs',
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 1_000,
    taskList: Object.fromEntries(
      jobs.map((job) => [job.name, (payload: unknown) => job.run(newContext(), payload)]),
    ),
    parsedCronItems: parseCrontab(
      jobs.flatMap((job) => (job.cron ? [`${job.cron} ${job.name} ?max=3`] : [])).join('\n'),
    ),
  });
  runner.events.on('job:error', ({ error, job }) =>
    log.error({ err: error, job: job.task_identifier }, 'a job failed'),
  );
  return {
    stop: async () => {
      await runner.stop();
      await pool.end();
    },
  };
}

/**
 * The worker's own pool is not waited for when it stops and has no listeners by then: a database that stops next
 * would end the whole process.
 */
export function createJobsPool(databaseUrl: string, log: Log): Pool {
  const lost = (error: Error): void =>
    log.warn({ reason: error.message }, 'database connection of jobs lost');
  const pool = new Pool({ connectionString: databaseUrl, application_name: 'clientele jobs' });
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

export function jobsLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error(message);
    else if (level === 'warning') log.warn(message);
    else log.debug(message);
  });
}
