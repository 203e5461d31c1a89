import type { Context } from '../platform/context.ts';
import { isId } from '../platform/ids.ts';
import type { ChannelAdapter, DeliveryReceipt } from './channels/channel.ts';
import { moveTo, receiptKey } from './message-state.ts';

/**
 * Takes a provider's delivery report; one that comes twice, late or before the answer to the call it is about changes
 * nothing that is known better.
 * @returns UNKNOWN where no message is meant by it (the provider may try again), else TAKEN
 */
export async function takeReceipt(
  ctx: Context,
  adapter: ChannelAdapter,
  payload: unknown,
): Promise<'TAKEN' | 'UNKNOWN'> {
  const receipt = adapter.receipt(payload);
  if (receipt === null) return 'UNKNOWN';
  const message = await findMessage(ctx, adapter, receipt);
  if (message === undefined) return 'UNKNOWN';
  // A provider that was given up on does not speak for the one that took the message.
  const outdated = message.provider !== null && message.provider !== adapter.code;
  if (receipt.state === 'DELIVERED' || !outdated) await moveTo(ctx, message, receipt.state);
  return 'TAKEN';
}

async function findMessage(ctx: Context, adapter: ChannelAdapter, receipt: DeliveryReceipt) {
  const fields = ['profile_id', 'id', 'purpose', 'about_id', 'provider'] as const;
  if (receipt.messageId !== null && isId(receipt.messageId)) {
    return ctx.sql
      .selectFrom('message')
      .select(fields)
      .where('id', '=', receipt.messageId)
      .executeTakeFirst();
  }
  if (receipt.providerId === null) return undefined;
  const known = await ctx.sql
    .selectFrom('message_key')
    .select(['profile_id', 'message_id'])
    .where('key', '=', receiptKey(adapter.code, receipt.providerId))
    .executeTakeFirst();
  if (known === undefined) return undefined;
  return ctx.sql
    .selectFrom('message')
    .select(fields)
    .where('profile_id', '=', known.profile_id)
    .where('id', '=', known.message_id)
    .executeTakeFirst();
}
