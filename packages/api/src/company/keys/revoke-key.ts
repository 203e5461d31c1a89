import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { audit } from '../audit.ts';
import { demandScope } from '../callers/demand-scope.ts';
import { isOfCaller } from './read-keys.ts';

/** The key stops within seconds and for good; again, nothing happens. @throws InvalidInput @throws RequestError FORBIDDEN */
export async function revokeKey(ctx: Context, { id }: { id: string }): Promise<void> {
  demandScope(ctx, 'keys.manage');
  await inTransaction(ctx, async (tx) => {
    const key = await tx.sql
      .selectFrom('api_key')
      .select(['store_ids', 'revoked_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (key === undefined || !isOfCaller(ctx.actor, key.store_ids))
      throw invalid('id', 'UNKNOWN', 'there is no such key');
    if (key.revoked_at !== null) return;
    await tx.sql.updateTable('api_key').set({ revoked_at: ctx.clock.now() }).where('id', '=', id).execute();
    await audit(tx, { action: 'api-key.revoked', subject: `key:${id}` });
  });
}
