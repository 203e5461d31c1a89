import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';

/**
 * How hard an import works. Alone on the machine as hard as it can; while others work it leaves them most of it: a
 * till's second is worth more than an import's minute.
 */
export interface Pace {
  /** Whether nobody else has asked much of the database lately. */
  isAlone(): boolean;
  /** To be awaited after each piece of work; at once where nobody else is there. */
  rest(workedMs: number): Promise<void>;
  end(): void;
}

const LOOK_EVERY_MS = 250;
/** The server counts a session's transactions once a second, so less than this says nothing. */
const WINDOW = 5;
/** Transactions a second; what a company does by itself at night stays below. */
const BUSY = 20;
/** Transactions of the import itself for a piece of work, generously. */
const OWN_A_PIECE = 4;
const REST_SHARE = 1.5;
const LONGEST_REST_MS = 2_000;

export function startPace(pool: Pick<Pool, 'query'>): Pace {
  const seen: Look[] = [];
  let busy = false;
  let pieces = 0;
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const { rows } = await pool.query<{ commits: string }>(
        'select xact_commit::text as commits from pg_stat_database where datname = current_database()',
      );
      seen.push({ at: performance.now(), commits: Number(rows[0]?.commits ?? 0), pieces });
      if (seen.length > WINDOW) seen.shift();
      busy = rateOf(seen) > BUSY;
    } catch {
      // Nothing is known: the import goes on as before, and fails by itself if the database is gone.
    } finally {
      looking = false;
    }
  }

  void look();
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return {
    isAlone: () => !busy,
    rest: async (workedMs) => {
      pieces += 1;
      if (busy) await delay(Math.min(LONGEST_REST_MS, workedMs * REST_SHARE));
    },
    end: () => clearInterval(timer),
  };
}

interface Look {
  readonly at: number;
  readonly commits: number;
  /** Of the import's own work until then. */
  readonly pieces: number;
}

/** Transactions a second of others between the first look and the last. */
function rateOf(seen: readonly Look[]): number {
  const [first] = seen;
  const last = seen.at(-1);
  if (first === undefined || last === undefined || last.at === first.at) return 0;
  const own = seen.length - 1 + OWN_A_PIECE * (last.pieces - first.pieces);
  return ((last.commits - first.commits - own) * 1_000) / (last.at - first.at);
}
