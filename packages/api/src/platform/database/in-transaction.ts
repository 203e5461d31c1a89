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

/** The same on a connection of the background (`Database.background`). Entities that were changed are not written. */
export async function inBackground<C extends Context, Result>(
  ctx: C,
  work: (tx: C) => Promise<Result>,
): Promise<Result> {
  try {
    return await ctx.database.background.transaction().execute((sql) => {
      const em = ctx.database.em();
      em.setTransactionContext(sql);
      return work({ ...ctx, em, sql });
    });
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
