import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { LIVE_CHANNEL } from './live.ts';

export interface LiveEvent {
  /** `task:<id>`, `tasks:staff:<id>` … */
  topic: string;
  /** Ids and counts; never a contact. At most 7,000 bytes with the topic. */
  payload?: unknown;
}

/** PostgreSQL's own limit is 8,000. */
const MOST_BYTES = 7_000;

/**
 * Tells every process, once the transaction of `ctx` commits (at once where there is none). Never in the transaction
 * of a till: a notification makes commits wait for each other, which cost it more than half of its throughput.
 */
export async function publish(ctx: Pick<Context, 'sql'>, ...events: readonly LiveEvent[]): Promise<void> {
  if (events.length === 0) return;
  const messages = events.map(({ topic, payload = null }) => JSON.stringify({ topic, payload }));
  const long = messages.find((message) => Buffer.byteLength(message) > MOST_BYTES);
  if (long !== undefined) throw new Error(`A live message is too long: ${long.slice(0, 80)}…`);
  await sql`select pg_notify(${LIVE_CHANNEL}, message) from unnest(${messages}::text[]) as message`.execute(
    ctx.sql,
  );
}
