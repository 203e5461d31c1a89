import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

const AGAIN_MS = 20;
const LONGEST_MS = 30_000;

/**
 * Waits for everything that began to write before the first segment was there to be marked for. What takes longer than
 * half a minute is an import, and imports end with a look at everybody.
 */
export async function writersBefore(ctx: Context, signal: AbortSignal): Promise<void> {
  const { rows } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(
    ctx.database.sql,
  );
  const began = performance.now();
  while (performance.now() - began < LONGEST_MS) {
    signal.throwIfAborted();
    const over = await sql<{ over: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) > ${rows[0]?.xid ?? '0'}::xid8 as over`.execute(
      ctx.database.sql,
    );
    if (over.rows[0]?.over !== false) return;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
