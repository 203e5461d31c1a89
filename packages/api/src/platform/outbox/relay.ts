import type { Selectable } from 'kysely';
import pg from 'pg';
import type { Context } from '../context.ts';
import { inTransaction } from '../database/in-transaction.ts';
import type { Tables } from '../database/tables.ts';
import { newRest } from '../rest.ts';
import type { DeliveredEvent, EventHandler, HandlerTable } from './handlers.ts';

type EventRow = Selectable<Tables['outbox_event']>;

export interface Relay {
  /** Something was just written here: look now instead of at the next turn. */
  nudge(): void;
  /** Hands over everything that is due, then returns: for tests and for an orderly stop. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

export interface RelayOptions {
  /** A fresh context acting as the system. */
  newContext: () => Context;
  handlers: HandlerTable;
  databaseUrl: string;
}

const RELAY_LOCK = 4_117_260_002;
const BATCH = 200;
const BUSY_PAUSE_MS = 20;
const IDLE_PAUSE_MS = 500;
const ELECTION_PAUSE_MS = 2_000;
const RETRY_BASE_MS = 1_000;
const RETRY_MAX_MS = 3_600_000;

/**
 * The one relay of a company: elected by an advisory lock, so another process takes over when this one dies. It polls,
 * slowly while idle, instead of listening: NOTIFY inside a till's transaction cost more than half of its throughput.
 */
export function startRelay(options: RelayOptions): Relay {
  let stopped = false;
  // Only the elected one hurries; the others do not try their luck at every mutation.
  let leading = false;
  let nudged = false;
  const { rest, wake } = newRest();

  async function lead(): Promise<void> {
    const client = new pg.Client({
      connectionString: options.databaseUrl,
      application_name: 'clientele relay',
    });
    let lost = false;
    client.on('error', () => (lost = true));
    try {
      await client.connect();
      const { rows } = await client.query<{ elected: boolean }>(
        'select pg_try_advisory_lock($1) as elected',
        [RELAY_LOCK],
      );
      leading = rows[0]?.elected ?? false;
      while (leading && !stopped && !lost) {
        nudged = false;
        const handled = await deliverDue(options);
        if (!nudged) await rest(handled > 0 ? BUSY_PAUSE_MS : IDLE_PAUSE_MS);
      }
    } finally {
      leading = false;
      await client.end().catch(() => undefined);
    }
  }

  const running = (async () => {
    while (!stopped) {
      await lead().catch((error: unknown) =>
        options.newContext().log.warn({ err: error }, 'the outbox relay starts again'),
      );
      if (!stopped) await rest(ELECTION_PAUSE_MS);
    }
  })();

  return {
    nudge: () => {
      nudged = true;
      if (leading) wake();
    },
    drain: () => drainOutbox(options),
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}

/** Hands over everything that is due, here and now: where no relay runs. */
export async function drainOutbox(options: Pick<RelayOptions, 'newContext' | 'handlers'>): Promise<void> {
  while ((await deliverDue(options)) > 0);
}

/** @returns how many events were taken in hand. */
async function deliverDue({
  newContext,
  handlers,
}: Pick<RelayOptions, 'newContext' | 'handlers'>): Promise<number> {
  const ctx = newContext();
  const events = await ctx.sql
    .selectFrom('outbox_event')
    .selectAll()
    .where('published_at', 'is', null)
    .where((eb) => eb.or([eb('retry_at', 'is', null), eb('retry_at', '<=', ctx.clock.now())]))
    .orderBy('position')
    .limit(BATCH)
    .execute();
  const done: EventRow[] = [];
  for (const event of events) {
    const failure = await deliver(newContext, handlers, event);
    if (failure === null) done.push(event);
    else await postpone(ctx, event, failure);
  }
  await markPublished(ctx, done);
  return events.length;
}

async function deliver(
  newContext: () => Context,
  handlers: HandlerTable,
  event: EventRow,
): Promise<string | null> {
  for (const handler of handlers[event.kind] ?? []) {
    try {
      if (await concerns(newContext(), handler, event)) await handOver(newContext(), handler, event);
    } catch (error) {
      newContext().log.error(
        { err: error, handler: handler.name, eventId: event.id },
        'an event was not handled',
      );
      return error instanceof Error ? error.message : String(error);
    }
  }
  return null;
}

async function concerns(ctx: Context, handler: EventHandler, event: EventRow): Promise<boolean> {
  return (await handler.concerns?.(ctx, delivered(event))) ?? true;
}

function delivered(event: EventRow): DeliveredEvent {
  return {
    id: event.id,
    kind: event.kind,
    profileId: event.profile_id,
    payload: event.payload,
    occurredAt: event.occurred_at,
  };
}

async function handOver(ctx: Context, handler: EventHandler, event: EventRow): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const claimed = await tx.sql
      .insertInto('outbox_delivery')
      .values({ event_id: event.id, handler: handler.name, delivered_at: ctx.clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (claimed.numInsertedOrUpdatedRows === 0n) return;
    await handler.handle(tx, delivered(event));
  });
}

async function postpone(ctx: Context, event: EventRow, failure: string): Promise<void> {
  const delay = Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** event.attempts);
  await ctx.sql
    .updateTable('outbox_event')
    .set({ attempts: event.attempts + 1, retry_at: new Date(ctx.clock.now().getTime() + delay), failure })
    .where('profile_id', '=', event.profile_id)
    .where('id', '=', event.id)
    .execute();
}

async function markPublished(ctx: Context, events: EventRow[]): Promise<void> {
  if (events.length === 0) return;
  await ctx.sql
    .updateTable('outbox_event')
    .set({ published_at: ctx.clock.now(), failure: null })
    .where((eb) =>
      eb(
        eb.refTuple('profile_id', 'id'),
        'in',
        events.map((event) => eb.tuple(event.profile_id, event.id)),
      ),
    )
    .execute();
}
