/**
 * FRESH: it brings as often as it should. LATE: once missed. SILENT: missed three times. FAILING: it comes, and nothing
 * can be taken. UNWATCHED: nobody said how often it should.
 */
export type Freshness = 'FRESH' | 'LATE' | 'SILENT' | 'FAILING' | 'UNWATCHED';

export interface SourceTimes {
  lastAttemptAt: Date;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  expectedEveryMinutes: number | null;
}

/** A delivery may take its time: a fifth of the interval, a minute at least. */
const GRACE = 0.2;
const MINUTE_MS = 60_000;

export function freshnessOf(source: SourceTimes, now: Date): Freshness {
  const { lastSuccessAt, lastFailureAt, expectedEveryMinutes } = source;
  if (lastSuccessAt === null) return 'FAILING';
  if (lastFailureAt !== null && lastFailureAt > lastSuccessAt) return 'FAILING';
  if (source.lastAttemptAt > lastSuccessAt && expectedEveryMinutes === null) return 'FAILING';
  if (expectedEveryMinutes === null) return 'UNWATCHED';
  const interval = expectedEveryMinutes * MINUTE_MS;
  const silence = now.getTime() - lastSuccessAt.getTime();
  if (silence <= interval + Math.max(MINUTE_MS, interval * GRACE)) return 'FRESH';
  // It came since and everything was refused.
  if (source.lastAttemptAt > lastSuccessAt) return 'FAILING';
  return silence <= 3 * interval ? 'LATE' : 'SILENT';
}
