import { DatabaseError } from 'pg';
import { RequestError } from '../../../platform/errors.ts';

const TRIES = 5;
/** Somebody else made the same row at the same moment, or worked on the same ones: look again. */
const PASSING = new Set(['23505', '40P01', '40001', '55P03']);

/** The work of one batch, again from its beginning when it met somebody else. */
export async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !isPassing(error)) throw error;
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof RequestError) return error.code === 'BUSY';
  const code = error instanceof DatabaseError ? error.code : undefined;
  if (code !== undefined) return PASSING.has(code);
  return error instanceof Error && error.cause !== undefined && isPassing(error.cause);
}
