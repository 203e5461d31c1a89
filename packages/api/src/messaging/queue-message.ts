import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { maskAddress, type MessageChannel, type MessagePurpose } from './message.ts';

export interface NewMessage {
  /** The nil UUID where the addressee is nobody known yet. */
  profileId: string;
  channel: MessageChannel;
  purpose: MessagePurpose;
  to: string;
  subject: string | null;
  text: string;
  /** What made it: the same key never makes a second message. */
  dedupeKey: string;
  aboutId: string | null;
  expiresAt: Date | null;
}

/**
 * Writes a message to be sent, in the caller's transaction.
 * @returns false where this key has its message already
 */
export async function queueMessage(ctx: Context, message: NewMessage): Promise<boolean> {
  const id = newId();
  const claimed = await ctx.sql
    .insertInto('message_key')
    .values({ key: message.dedupeKey, profile_id: message.profileId, message_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (claimed.numInsertedOrUpdatedRows === 0n) return false;
  const { seal, index } = ctx.vault;
  await ctx.sql
    .insertInto('message')
    .values({
      profile_id: message.profileId,
      id,
      channel: message.channel,
      purpose: message.purpose,
      sealed_to: seal(message.to),
      masked_to: maskAddress(message.to),
      to_index: index(ADDRESS, message.to),
      sealed_subject: message.subject === null ? null : seal(message.subject),
      sealed_text: seal(message.text),
      state: 'QUEUED',
      about_id: message.aboutId,
      created_at: ctx.clock.now(),
      expires_at: message.expiresAt,
      attempts: 0,
    })
    .execute();
  return true;
}

/** Purpose of the keyed hash addresses are found by. */
export const ADDRESS = 'message address';
