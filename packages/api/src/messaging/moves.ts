import type { Context } from '../platform/context.ts';
import type { ShopperRows } from '../profiles/index.ts';

/** What of this room belongs to a shopper: what was sent follows the person, and what it is found by with it. */
export const MESSAGE_ROWS: readonly ShopperRows[] = [
  {
    table: 'message',
    atMerge: 'MOVE',
    lookups: [{ table: 'message_key', column: 'message_id' }],
    export: { name: 'messages', rows: sentTo },
    erase: eraseMessages,
  },
];

/** A code is worth nothing any more; its text is told like any other. */
async function sentTo(ctx: Context, profileId: string): Promise<Record<string, unknown>[]> {
  const rows = await ctx.sql
    .selectFrom('message')
    .select([
      'created_at',
      'sent_at',
      'channel',
      'purpose',
      'state',
      'sealed_to',
      'sealed_subject',
      'sealed_text',
    ])
    .where('profile_id', '=', profileId)
    .orderBy('created_at')
    .execute();
  const { open } = ctx.vault;
  return rows.map((row) => ({
    at: row.created_at,
    sentAt: row.sent_at,
    channel: row.channel,
    purpose: row.purpose,
    state: row.state,
    to: open(row.sealed_to),
    subject: row.sealed_subject === null ? null : open(row.sealed_subject),
    text: open(row.sealed_text),
  }));
}

async function eraseMessages(tx: Context, profileId: string): Promise<void> {
  await tx.sql.deleteFrom('message_key').where('profile_id', '=', profileId).execute();
  await tx.sql.deleteFrom('message').where('profile_id', '=', profileId).execute();
}
