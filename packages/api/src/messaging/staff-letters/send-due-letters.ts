import type { Selectable } from 'kysely';
import { wallTime } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { ChannelAdapter, SendOutcome } from '../channels/channel.ts';

type LetterRow = Selectable<Tables['staff_letter']>;

const BATCH = 10;
/** Longer than the mail server may take for a batch: a lease that ends means that its holder died. */
const LEASE_MS = 120_000;
const MOST_ATTEMPTS = 8;
const RETRY_BASE_MS = 5_000;
const RETRY_MAX_MS = 900_000;

/**
 * Sends the letters that wait. Taken by committing SENDING first, so a letter whose sender died, or that may have gone
 * out, is never sent again: its reader asks for another. What was certainly not taken is tried again.
 * @returns how many were taken in hand
 */
export async function sendDueLetters(ctx: Context, channels: readonly ChannelAdapter[]): Promise<number> {
  await giveUp(ctx);
  const batch = await claim(ctx);
  const [channel] = channels.filter((one) => one.channels.includes('EMAIL'));
  const outcomes = batch.length === 0 ? new Map<string, SendOutcome>() : await send(ctx, channel, batch);
  for (const row of batch) {
    const outcome = outcomes.get(row.id) ?? { result: 'UNCERTAIN', reason: 'the adapter said nothing' };
    await note(ctx, row, outcome, channel?.code ?? null);
  }
  return batch.length;
}

async function giveUp(ctx: Context): Promise<void> {
  const now = wallTime(ctx.clock);
  await ctx.sql
    .updateTable('staff_letter')
    .set({ state: 'DROPPED', failure: 'its link opens nothing any more' })
    .where('state', '=', 'QUEUED')
    .where('expires_at', '<=', now)
    .execute();
  await ctx.sql
    .updateTable('staff_letter')
    .set({ state: 'UNKNOWN', failure: 'the sender stopped while sending', leased_until: null })
    .where('state', '=', 'SENDING')
    .where('leased_until', '<', now)
    .execute();
}

async function claim(ctx: Context): Promise<LetterRow[]> {
  const now = wallTime(ctx.clock);
  return ctx.sql
    .updateTable('staff_letter')
    .set((eb) => ({
      state: 'SENDING',
      leased_until: new Date(now.getTime() + LEASE_MS),
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('staff_letter')
        .select('id')
        .where('state', '=', 'QUEUED')
        .where((or) => or.or([or('retry_at', 'is', null), or('retry_at', '<=', now)]))
        .orderBy('created_at')
        .limit(BATCH)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute();
}

async function send(
  ctx: Context,
  channel: ChannelAdapter | undefined,
  rows: readonly LetterRow[],
): Promise<ReadonlyMap<string, SendOutcome>> {
  const nowhere: SendOutcome = { result: 'REFUSED', reason: 'no mail server is named here' };
  if (channel === undefined) return new Map(rows.map(({ id }) => [id, nowhere]));
  const { open } = ctx.vault;
  const letters = rows.map((row) => ({
    id: row.id,
    channel: 'EMAIL' as const,
    to: open(row.sealed_to),
    subject: open(row.sealed_subject),
    text: open(row.sealed_text),
    purpose: 'STAFF' as const,
  }));
  try {
    return await channel.send(letters);
  } catch (error) {
    ctx.log.error({ err: error, adapter: channel.code }, 'a channel failed');
    return new Map();
  }
}

async function note(
  ctx: Context,
  row: LetterRow,
  outcome: SendOutcome,
  provider: string | null,
): Promise<void> {
  await ctx.sql
    .updateTable('staff_letter')
    .set({ leased_until: null, ...after(row, outcome, provider, wallTime(ctx.clock)) })
    .where('id', '=', row.id)
    .execute();
  if (outcome.result !== 'ACCEPTED')
    ctx.log.warn(
      { letterId: row.id, attempt: row.attempts, reason: outcome.reason },
      'a letter was not sent',
    );
}

function after(
  row: LetterRow,
  outcome: SendOutcome,
  provider: string | null,
  now: Date,
): Partial<Pick<LetterRow, 'state' | 'sent_at' | 'provider' | 'failure' | 'retry_at'>> {
  if (outcome.result === 'ACCEPTED') return { state: 'SENT', sent_at: now, provider, failure: null };
  const failure = outcome.reason;
  if (outcome.result === 'UNCERTAIN') return { state: 'UNKNOWN', failure };
  if (outcome.permanent === true || row.attempts >= MOST_ATTEMPTS) return { state: 'FAILED', failure };
  const delay = Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** (row.attempts - 1));
  return { state: 'QUEUED', failure, retry_at: new Date(now.getTime() + delay) };
}
