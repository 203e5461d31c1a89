import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { readInBulk } from '../language/index.ts';

export interface Counted {
  count: number;
  profileIds: string[];
}

const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 100;
const LONGEST_MS = 30_000;

interface Behind {
  known: Map<string, { counted: Counted; at: number }>;
  /** One at a time: whoever edits another condition meanwhile is served by samples. */
  running: boolean;
}

const counts = new WeakMap<Database, Behind>();

function behind({ database }: Context): Behind {
  const one = counts.get(database) ?? { known: new Map(), running: false };
  counts.set(database, one);
  return one;
}

/** What was counted within the last minute, and when. */
export function knownExactly(ctx: Context, condition: string): (Counted & { asOf: Date }) | null {
  const found = behind(ctx).known.get(condition);
  const now = ctx.clock.now().getTime();
  if (found === undefined || Math.abs(now - found.at) >= REMEMBERED_MS) return null;
  return { ...found.counted, asOf: new Date(found.at) };
}

/** Counts however long it takes, up to half a minute, for whoever asks again. */
export function exactLater(ctx: Context, condition: string, count: (tx: Context) => Promise<Counted>): void {
  const state = behind(ctx);
  if (state.running) return;
  state.running = true;
  void countBehind(ctx, state, condition, count).finally(() => (state.running = false));
}

async function countBehind(
  ctx: Context,
  { known }: Behind,
  condition: string,
  count: (tx: Context) => Promise<Counted>,
): Promise<void> {
  const at = ctx.clock.now().getTime();
  try {
    // The request that began it is over by then.
    const alone = { ...ctx, em: ctx.database.em(), sql: ctx.database.sql };
    const counted = await inTransaction(alone, async (tx) => {
      await sql`select set_config('statement_timeout', ${String(LONGEST_MS)}, true)`.execute(tx.sql);
      await readInBulk(tx);
      return count(tx);
    });
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(condition, { counted, at });
  } catch (error) {
    ctx.log.debug({ err: error }, 'a preview was not counted to its end');
  }
}
