import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { audit } from '../audit.ts';
import { seesStore } from '../callers/make-actor.ts';
import { endSessions } from './pair-till.ts';

/** A lost or stolen device: its token and the sessions on it stop within seconds. @throws InvalidInput */
export async function revokeTill(ctx: Context, { tillId }: { tillId: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const till = await tx.sql
      .updateTable('till')
      .set({ revoked_at: ctx.clock.now(), pairing_code_index: null, pairing_expires_at: null })
      .where('id', '=', tillId)
      .returning('store_id')
      .executeTakeFirst();
    if (till === undefined || !seesStore(ctx.actor, till.store_id))
      throw invalid('tillId', 'UNKNOWN', 'there is no such till');
    await endSessions(tx, tillId);
    await audit(tx, { action: 'till.revoked', subject: `till:${tillId}` });
  });
}
