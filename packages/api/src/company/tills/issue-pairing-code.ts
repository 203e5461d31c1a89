import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { audit } from '../audit.ts';
import { seesStore } from '../callers/make-actor.ts';
import { newPairingCode, pairingCodeIndex } from './pairing-code.ts';

const VALID_MS = 15 * 60_000;

export interface PairingCode {
  /** Eight signs, for one device, once. */
  code: string;
  expiresAt: Date;
}

/** A code to be typed on the device; an earlier one of the same till ends. @throws InvalidInput */
export async function issuePairingCode(ctx: Context, { tillId }: { tillId: string }): Promise<PairingCode> {
  const code = newPairingCode();
  const expiresAt = new Date(ctx.clock.now().getTime() + VALID_MS);
  await inTransaction(ctx, async (tx) => {
    const till = await tx.sql
      .updateTable('till')
      .set({ pairing_code_index: pairingCodeIndex(ctx.vault, code), pairing_expires_at: expiresAt })
      .where('id', '=', tillId)
      .returning('store_id')
      .executeTakeFirst();
    if (till === undefined || !seesStore(ctx.actor, till.store_id))
      throw invalid('tillId', 'UNKNOWN', 'there is no such till');
    await audit(tx, { action: 'till.pairing-code-issued', subject: `till:${tillId}` });
  });
  return { code, expiresAt };
}
