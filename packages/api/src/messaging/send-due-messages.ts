import { sql, type Selectable } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { ChannelAdapter, OutgoingMessage, SendOutcome } from './channels/channel.ts';
import { isService, type MessageChannel } from './message.ts';
import { markAccepted, markUnsent, reportDelivery } from './message-state.ts';

export type MessageRow = Selectable<Tables['message']>;

const BATCH = 50;

/** Longer than every adapter of a channel may take together: a lease that ends means that its holder died. */
const LEASE_MS = 30_000;

/**
 * Sends what waits: drops what is too old, takes a batch by committing SENDING, calls the providers outside of any
 * transaction, and records what they said.
 * @returns how many messages were taken in hand
 */
export async function sendDueMessages(ctx: Context, channels: readonly ChannelAdapter[]): Promise<number> {
  await dropExpired(ctx);
  await recoverAbandoned(ctx);
  const batch = await claim(ctx);
  const byChannel = Map.groupBy(batch, (row) => row.channel);
  await Promise.all([...byChannel].map(([channel, rows]) => sendBy(ctx, channels, channel, rows)));
  return batch.length;
}

async function dropExpired(ctx: Context): Promise<void> {
  const dropped = await ctx.sql
    .updateTable('message')
    .set({ state: 'DROPPED', failure: sql`coalesce(failure, 'too late to be of use')` })
    .where('state', '=', 'QUEUED')
    .where('expires_at', '<=', ctx.clock.now())
    .returningAll()
    .execute();
  for (const row of dropped) await reportDelivery(ctx, row, 'FAILED');
}

/** Whoever took these died before recording the answer: a service message goes out again, anything else does not. */
async function recoverAbandoned(ctx: Context): Promise<void> {
  await ctx.sql
    .updateTable('message')
    .set({
      state: sql`case when purpose = 'CODE' then 'QUEUED' else 'UNKNOWN' end`,
      failure: 'the sender stopped while sending',
      leased_until: null,
    })
    .where('state', '=', 'SENDING')
    .where('leased_until', '<', ctx.clock.now())
    .execute();
}

async function claim(ctx: Context): Promise<MessageRow[]> {
  const now = ctx.clock.now();
  return ctx.sql
    .updateTable('message')
    .set((eb) => ({
      state: 'SENDING',
      leased_until: new Date(now.getTime() + LEASE_MS),
      attempts: eb('attempts', '+', 1),
    }))
    .where((eb) =>
      eb(
        eb.refTuple('profile_id', 'id'),
        'in',
        eb
          .selectFrom('message')
          .select(['profile_id', 'id'])
          .where('state', '=', 'QUEUED')
          .where((or) => or.or([or('retry_at', 'is', null), or('retry_at', '<=', now)]))
          .orderBy('created_at')
          .limit(BATCH)
          .forUpdate()
          .skipLocked()
          .$asTuple('profile_id', 'id'),
      ),
    )
    .returningAll()
    .execute();
}

/** Provider after provider for what the one before did not take. */
async function sendBy(
  ctx: Context,
  channels: readonly ChannelAdapter[],
  channel: MessageChannel,
  rows: MessageRow[],
): Promise<void> {
  let left = rows;
  const last = new Map<string, SendOutcome>();
  for (const adapter of channels.filter((one) => one.channels.includes(channel))) {
    if (left.length === 0) return;
    const outcomes = await send(ctx, adapter, left);
    for (const row of left) {
      const outcome = outcomes.get(row.id) ?? { result: 'UNCERTAIN', reason: 'the adapter said nothing' };
      last.set(row.id, outcome);
      if (outcome.result === 'ACCEPTED') await markAccepted(ctx, row, adapter.code, outcome);
    }
    left = left.filter((row) => mayGoElsewhere(row, last.get(row.id)));
  }
  for (const row of rows) {
    const outcome = last.get(row.id) ?? { result: 'REFUSED', reason: `nothing carries ${channel} here` };
    if (outcome.result !== 'ACCEPTED') await markUnsent(ctx, row, outcome);
  }
}

function mayGoElsewhere(row: MessageRow, outcome: SendOutcome | undefined): boolean {
  if (outcome === undefined || outcome.result === 'REFUSED') return true;
  return outcome.result === 'UNCERTAIN' && isService(row.purpose);
}

async function send(
  ctx: Context,
  adapter: ChannelAdapter,
  rows: MessageRow[],
): Promise<ReadonlyMap<string, SendOutcome>> {
  try {
    return await adapter.send(rows.map((row) => inTheClear(ctx, row)));
  } catch (error) {
    ctx.log.error({ err: error, adapter: adapter.code }, 'a channel failed');
    return new Map(rows.map((row) => [row.id, { result: 'UNCERTAIN', reason: 'the adapter failed' }]));
  }
}

function inTheClear(ctx: Context, row: MessageRow): OutgoingMessage {
  return {
    id: row.id,
    channel: row.channel,
    to: ctx.vault.open(row.sealed_to),
    subject: row.sealed_subject === null ? null : ctx.vault.open(row.sealed_subject),
    text: ctx.vault.open(row.sealed_text),
    purpose: row.purpose,
  };
}
