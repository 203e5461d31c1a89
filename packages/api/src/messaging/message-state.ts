import type { Selectable } from 'kysely';
import type { Context } from '../platform/context.ts';
import { inTransaction } from '../platform/database/in-transaction.ts';
import type { Tables } from '../platform/database/tables.ts';
import { markCodeDelivery } from '../profiles/index.ts';
import type { SendOutcome } from './channels/channel.ts';
import { isService, statesBefore, type MessageState } from './message.ts';

type MessageRow = Selectable<Tables['message']>;
type Accepted = Extract<SendOutcome, { result: 'ACCEPTED' }>;
type Unsent = Exclude<SendOutcome, Accepted>;

const MAX_ATTEMPTS = 5;
const RETRY_BASE_MS = 1_000;

/** The provider took it; its number leads back here from a delivery report. */
export async function markAccepted(
  ctx: Context,
  row: MessageRow,
  provider: string,
  outcome: Accepted,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.sql
      .updateTable('message')
      .set({
        sent_at: tx.clock.now(),
        provider,
        provider_id: outcome.providerId,
        failure: null,
        leased_until: null,
      })
      .where('profile_id', '=', row.profile_id)
      .where('id', '=', row.id)
      .execute();
    if (outcome.providerId !== null) await keepReceiptKey(tx, row, provider, outcome.providerId);
    await moveTo(tx, row, outcome.delivered ? 'DELIVERED' : 'SENT');
  });
}

async function keepReceiptKey(
  ctx: Context,
  row: MessageRow,
  provider: string,
  providerId: string,
): Promise<void> {
  await ctx.sql
    .insertInto('message_key')
    .values({ key: receiptKey(provider, providerId), profile_id: row.profile_id, message_id: row.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export function receiptKey(provider: string, providerId: string): string {
  return `receipt:${provider}:${providerId}`;
}

/** Nobody took it: once more a little later while somebody waits for it, else that was all. */
export async function markUnsent(ctx: Context, row: MessageRow, outcome: Unsent): Promise<void> {
  const again = isService(row.purpose) && row.attempts < MAX_ATTEMPTS;
  const state = again ? 'QUEUED' : outcome.result === 'UNCERTAIN' ? 'UNKNOWN' : 'FAILED';
  const retryAt = new Date(ctx.clock.now().getTime() + RETRY_BASE_MS * 2 ** (row.attempts - 1));
  ctx.log.warn({ messageId: row.id, state, reason: outcome.reason }, 'a message was not sent');
  const { numUpdatedRows } = await ctx.sql
    .updateTable('message')
    .set({ state, retry_at: again ? retryAt : null, failure: outcome.reason, leased_until: null })
    .where('profile_id', '=', row.profile_id)
    .where('id', '=', row.id)
    // A report that came meanwhile knows better.
    .where('state', '=', 'SENDING')
    .executeTakeFirst();
  if (numUpdatedRows > 0n && !again) await reportDelivery(ctx, row, 'FAILED');
}

/** News about a message: late or repeated news changes nothing. @returns whether it was news */
export async function moveTo(
  ctx: Context,
  row: Pick<MessageRow, 'profile_id' | 'id' | 'purpose' | 'about_id'>,
  state: Extract<MessageState, 'SENT' | 'DELIVERED' | 'FAILED'>,
): Promise<boolean> {
  const { numUpdatedRows } = await ctx.sql
    .updateTable('message')
    .set({ state })
    .where('profile_id', '=', row.profile_id)
    .where('id', '=', row.id)
    .where('state', 'in', statesBefore(state))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await reportDelivery(ctx, row, state);
  return true;
}

/** Tells the challenge how its code fares, so that the till can say so. */
export async function reportDelivery(
  ctx: Context,
  row: Pick<MessageRow, 'purpose' | 'about_id'>,
  state: 'SENT' | 'DELIVERED' | 'FAILED',
): Promise<void> {
  if (row.purpose === 'CODE' && row.about_id !== null) await markCodeDelivery(ctx, row.about_id, state);
}
