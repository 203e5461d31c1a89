import type { Context } from '../context.ts';
import { translateDatabaseError } from './call-function.ts';
import type { Tables } from './tables.ts';

/** Runs the work with `em` and `sql` of one transaction; what it throws rolls everything back. */
export async function inTransaction<C extends Context, Result>(
  ctx: C,
  work: (tx: C) => Promise<Result>,
): Promise<Result> {
  try {
    return await ctx.em.transactional((em) => work({ ...ctx, em, sql: em.getKysely<Tables>() }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
