import { expect, test } from 'vitest';
import { freshnessOf, type Freshness, type SourceTimes } from './freshness.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

test.for<[string, Partial<SourceTimes>, Freshness]>([
  ['hourly, an hour ago', { lastSuccessAt: ago(60) }, 'FRESH'],
  ['hourly, within the fifth it may be late', { lastSuccessAt: ago(72) }, 'FRESH'],
  ['hourly, later than that', { lastSuccessAt: ago(73) }, 'LATE'],
  ['hourly, three hours', { lastSuccessAt: ago(180) }, 'LATE'],
  ['hourly, longer', { lastSuccessAt: ago(181) }, 'SILENT'],
  ['every minute may be a minute late', { expectedEveryMinutes: 1, lastSuccessAt: ago(2) }, 'FRESH'],
  ['it failed since', { lastSuccessAt: ago(10), lastFailureAt: ago(5) }, 'FAILING'],
  ['it failed before', { lastSuccessAt: ago(5), lastFailureAt: ago(10) }, 'FRESH'],
  ['it came in time, but not all is well since', { lastSuccessAt: ago(30), lastAttemptAt: ago(5) }, 'FRESH'],
  [
    'it comes, and all is refused for too long',
    { lastSuccessAt: ago(100), lastAttemptAt: ago(5) },
    'FAILING',
  ],
  ['nothing was ever taken', { lastSuccessAt: null }, 'FAILING'],
  ['nobody said how often', { expectedEveryMinutes: null, lastSuccessAt: ago(100_000) }, 'UNWATCHED'],
  [
    'nobody said how often, and the last was refused whole',
    { expectedEveryMinutes: null, lastSuccessAt: ago(9), lastAttemptAt: ago(5) },
    'FAILING',
  ],
])('%s', ([, facts, expected]) => {
  const lastSuccessAt = facts.lastSuccessAt ?? null;
  const source = {
    lastAttemptAt: lastSuccessAt ?? ago(1),
    lastFailureAt: null,
    expectedEveryMinutes: 60,
    ...facts,
    lastSuccessAt,
  };
  expect(freshnessOf(source, NOW)).toBe(expected);
});
