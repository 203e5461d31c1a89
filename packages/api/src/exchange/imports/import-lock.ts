import { DatabaseError, type PoolClient } from 'pg';
import type { Context } from '../../platform/context.ts';
import { ImportRunning } from '../exchange.errors.ts';

const LOCK_NOT_AVAILABLE = '55P03';

export interface ImportLock {
  /** The connection that holds it: temporary tables of the import live and end with it. */
  readonly client: PoolClient;
  /** Ends the connection too. */
  release(): void;
}

/** Two imports of one kind and source never run at once; one that was just killed needs a moment to end. @throws ImportRunning */
export async function lockImport(ctx: Context, kind: string, source: string): Promise<ImportLock> {
  const client = await ctx.database.pool.connect();
  try {
    await client.query(`
      set lock_timeout = '2s';
      set statement_timeout = 0;
      set idle_in_transaction_session_timeout = 0;
      set temp_buffers = '64MB'`);
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`import:${kind}:${source}`]);
    return { client, release: () => client.release(true) };
  } catch (error) {
    client.release(true);
    if (error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE) throw new ImportRunning(source);
    throw error;
  }
}
