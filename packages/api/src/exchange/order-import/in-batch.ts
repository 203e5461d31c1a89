import { DatabaseError, type PoolClient } from 'pg';

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
