import type { Context } from '../../platform/context.ts';
import { ADDRESS } from '../queue-message.ts';

export interface ShownLetter {
  id: string;
  channel: 'EMAIL';
  to: string;
  subject: string;
  text: string;
  /** RFC 3339, UTC. */
  at: string;
  purpose: 'STAFF';
}

/** Letters to staff as the demo's outbox shows them, newest first. */
export async function shownLetters(ctx: Context, to: string | null, limit: number): Promise<ShownLetter[]> {
  let query = ctx.sql
    .selectFrom('staff_letter')
    .select(['id', 'sealed_to', 'sealed_subject', 'sealed_text', 'sent_at', 'created_at'])
    .where('provider', '=', 'outbox');
  if (to !== null) query = query.where('to_index', '=', ctx.vault.index(ADDRESS, to));
  const rows = await query.orderBy('created_at', 'desc').limit(limit).execute();
  const { open } = ctx.vault;
  return rows.map((row) => ({
    id: row.id,
    channel: 'EMAIL',
    to: open(row.sealed_to),
    subject: open(row.sealed_subject),
    text: open(row.sealed_text),
    at: row.created_at.toISOString(),
    purpose: 'STAFF',
  }));
}
