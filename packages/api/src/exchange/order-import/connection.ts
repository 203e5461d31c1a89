import { DatabaseError, type PoolClient } from 'pg';
import type { Context } from '../../platform/context.ts';

const LOCK_NOT_AVAILABLE = '55P03';

/**
 * A connection for one import: it may take its time, and two imports of one source never run at once. One that was
 * just killed needs a moment to end. Its temporary tables may use this much memory before they go to disk.
 * @returns null when another import of the source is running
 */
export async function openConnection(ctx: Context, source: string): Promise<PoolClient | null> {
  const client = await ctx.database.pool.connect();
  try {
    await client.query(`
      set lock_timeout = '2s';
      set statement_timeout = 0;
      set idle_in_transaction_session_timeout = 0;
      set random_page_cost = 1.1;
      set temp_buffers = '128MB';
      set work_mem = '64MB'`);
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`import:${source}`]);
    await client.query(`set lock_timeout = '10s'`);
    return client;
  } catch (error) {
    client.release(true);
    if (error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE) return null;
    throw error;
  }
}

/** After an import that came to its end. Temporary tables and settings end with the connection. */
export async function closeConnection(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_unlock_all()');
  client.release(true);
}

const TRIES = 5;
/** Deadlock, lost race, lock not to be had in time: the batch is tried again from its beginning. */
const PASSING = new Set(['40P01', '40001', LOCK_NOT_AVAILABLE]);

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
