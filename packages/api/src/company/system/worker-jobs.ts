import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { audit } from '../audit.ts';
import { demandScope } from '../callers/demand-scope.ts';

/** A job that failed at least once; it is tried again at `runAt` unless it failed for good. */
export interface FailedJob {
  id: string;
  name: string;
  attempts: number;
  attemptsAtMost: number;
  /** No further try comes by itself. */
  gaveUp: boolean;
  failure: string;
  runAt: Date;
  createdAt: Date;
}

export interface WorkerHealth {
  /** Due and not taken up yet. */
  waiting: number;
  running: number;
  /** For a later moment. */
  scheduled: number;
  /** The newest first, at most fifty. */
  failed: FailedJob[];
}

const MOST_SHOWN = 50;

/** The queue's own clock is the database's: a demo's moved clock moves no job. */
export async function workerHealth({ sql: db }: Pick<Context, 'sql'>): Promise<WorkerHealth> {
  const { rows } = await sql<Omit<WorkerHealth, 'failed'>>`
    select count(*) filter (where locked_at is null and run_at <= now() and attempts < max_attempts) as waiting,
      count(*) filter (where locked_at is not null) as running,
      count(*) filter (where locked_at is null and run_at > now() and attempts < max_attempts) as scheduled
    from jobs.jobs`.execute(db);
  const failed = await sql<FailedJob>`
    select id::text, task_identifier as name, attempts, max_attempts as "attemptsAtMost",
      attempts >= max_attempts as "gaveUp", last_error as failure, run_at as "runAt", created_at as "createdAt"
    from jobs.jobs where last_error is not null order by updated_at desc, id desc limit ${MOST_SHOWN}`.execute(
    db,
  );
  return { ...(rows[0] ?? { waiting: 0, running: 0, scheduled: 0 }), failed: failed.rows };
}

/**
 * A failed job is tried again now, or given up.
 * @throws InvalidInput for one that is not there, never failed, or is running @throws RequestError FORBIDDEN
 */
export async function settleJob(
  ctx: Context,
  { id, how }: { id: string; how: 'RETRY' | 'DROP' },
): Promise<void> {
  demandScope(ctx, 'system.read');
  await inTransaction(ctx, async (tx) => {
    const name = /^\d{1,18}$/.test(id)
      ? await callFunction<string | null>(tx.sql, 'settle_job', { id, how })
      : null;
    if (name === null) throw invalid('id', 'UNKNOWN', 'there is no such failed job, or it is running');
    const action = how === 'RETRY' ? 'job.retried' : 'job.dropped';
    await audit(tx, { action, subject: `job:${id}`, facts: { name } });
  });
}
