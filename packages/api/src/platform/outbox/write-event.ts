import { sql } from 'kysely';
import type { Context } from '../context.ts';

/**
 * One thing that happened, told to whoever listens (`app.ts` holds the table). Contacts and codes in a payload are
 * sealed by the vault first.
 */
export interface OutboxMessage {
  kind: string;
  profileId: string | null;
  payload: Record<string, unknown>;
}

/** Writes the event in the caller's transaction: it is told if and only if that commits. */
export async function writeEvent(ctx: Context, event: OutboxMessage): Promise<void> {
  await sql`select public.write_event(${event.kind}, ${event.profileId}, ${JSON.stringify(event.payload)}::jsonb, ${ctx.clock.now()})`.execute(
    ctx.sql,
  );
}
