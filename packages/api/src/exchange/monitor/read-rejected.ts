import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { RejectedRow } from './rejected-row.ts';

/** null: there is none. @throws RequestError FORBIDDEN */
export async function readRejected(ctx: Context, id: string): Promise<RejectedRow | null> {
  demandScope(ctx, 'imports.read');
  const row = await ctx.sql.selectFrom('rejected_record').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}
