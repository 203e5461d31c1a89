import { DatabaseError, type PoolClient } from 'pg';
import type { Context } from '../../platform/context.ts';

/**
 * A connection for one import: it may take its time, and two imports of one source never run at once. Its temporary
 * tables may use this much memory before they go to disk.
 * @returns null when another import of the source is running
 */
export async function openConnection(ctx: Context, source: string): Promise<PoolClient | null> {
  const client = await ctx.database.pool.connect();
  try {
    const { rows } = await client.query<{ alone: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as alone',
      [`import:${source}`],
    );
    if (rows[0]?.alone !== true) {
      client.release();
      return null;
    }
    await client.query(`
      set statement_timeout = 0;
      set idle_in_transaction_session_timeout = 0;
      set lock_timeout = '10s';
      set temp_buffers = '128MB';
      set work_mem = '64MB'`);
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const TRIES = 5;
/** Deadlock, lost race, lock not to be had in time: the batch is tried again from its beginning. */
const PASSING = new Set(['40P01', '40001', '55P03']);

/** One transaction; repeated when it met somebody else at work on the same rows. */
export async function inBatch<Result>(client: PoolClient, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('begin');
      const result = await work();
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback');
      const passing = error instanceof DatabaseError && PASSING.has(error.code ?? '');
      if (!passing || attempt >= TRIES) throw error;
    }
  }
}
