import type { Context } from '../platform/context.ts';
import { ADDRESS } from './queue-message.ts';
import type { MessageChannel, MessagePurpose } from './message.ts';
import { shownLetters } from './staff-letters/shown-letters.ts';

/** A message as the demo's outbox shows it: in the clear. */
export interface ShownMessage {
  id: string;
  channel: MessageChannel;
  to: string;
  subject: string | null;
  text: string;
  /** RFC 3339, UTC. */
  at: string;
  /** STAFF: a letter to somebody who works here. */
  purpose: MessagePurpose | 'STAFF';
}

const SHOWN = 200;

/** What the demo's channels "sent", newest first. @param to an address as it was sent to: `+79001234567` */
export async function shownMessages(ctx: Context, to: string | null): Promise<ShownMessage[]> {
  const [rows, letters] = await Promise.all([messagesOf(ctx, to), shownLetters(ctx, to, SHOWN)]);
  return [...rows, ...letters]
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
    .slice(0, SHOWN);
}

async function messagesOf(ctx: Context, to: string | null): Promise<ShownMessage[]> {
  let query = ctx.sql
    .selectFrom('message')
    .select([
      'id',
      'channel',
      'sealed_to',
      'sealed_subject',
      'sealed_text',
      'sent_at',
      'created_at',
      'purpose',
    ])
    .where('provider', '=', 'outbox')
    .where('sent_at', 'is not', null);
  if (to !== null) query = query.where('to_index', '=', ctx.vault.index(ADDRESS, to));
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(SHOWN).execute();
  const { open } = ctx.vault;
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    to: open(row.sealed_to),
    subject: row.sealed_subject === null ? null : open(row.sealed_subject),
    text: open(row.sealed_text),
    at: (row.sent_at ?? row.created_at).toISOString(),
    purpose: row.purpose,
  }));
}
