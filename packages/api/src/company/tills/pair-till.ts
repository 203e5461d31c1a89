import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newToken } from '../callers/tokens.ts';
import { PairingCodeRefused } from '../company.errors.ts';
import { audit } from '../audit.ts';
import { spendUsage } from '../limits/spend-usage.ts';
import { readTills, type TillRecord } from './read-tills.ts';
import { pairingCodeIndex, parsePairingCode } from './pairing-code.ts';

const TRIES = { seconds: 600, max: 10 };

export interface TillPaired {
  __typename: 'TillPaired';
  token: string;
  till: TillRecord;
}

/**
 * Makes the device that typed the code this till. The token is shown here only; an earlier device of the till, and
 * who was signed in on it, is out.
 * @throws PairingCodeRefused
 */
export async function pairTill(ctx: Context, input: { code: string }): Promise<TillPaired> {
  const retryAt = await spendUsage(ctx, [
    { key: `pairing:${ctx.vault.index('address', ctx.actor.address)}`, ...TRIES },
  ]);
  if (retryAt !== null) throw new PairingCodeRefused(retryAt);
  const code = parsePairingCode(input.code);
  if (code === null) throw new PairingCodeRefused(null);
  const { token, hash } = newToken('till');
  return inTransaction(ctx, async (tx) => {
    const till = await tx.sql
      .updateTable('till')
      .set({
        token_hash: hash,
        revoked_at: null,
        paired_at: ctx.clock.now(),
        last_seen_at: ctx.clock.now(),
        pairing_code_index: null,
        pairing_expires_at: null,
      })
      .where('pairing_code_index', '=', pairingCodeIndex(ctx.vault, code))
      .where('pairing_expires_at', '>', ctx.clock.now())
      .returning('id')
      .executeTakeFirst();
    if (till === undefined) throw new PairingCodeRefused(null);
    await endSessions(tx, till.id);
    await audit(tx, { action: 'till.paired', subject: `till:${till.id}` });
    const [record] = await readTills(tx, [till.id]);
    if (record === undefined) throw new Error('the till just paired is gone');
    return { __typename: 'TillPaired', token, till: record };
  });
}

/** Signs everybody off this till. */
export async function endSessions(ctx: Context, tillId: string): Promise<void> {
  await ctx.sql
    .updateTable('cashier_session')
    .set({ ended_at: ctx.clock.now() })
    .where('till_id', '=', tillId)
    .where('ended_at', 'is', null)
    .execute();
}
