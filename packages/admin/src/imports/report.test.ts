import { expect, test } from 'vitest';
import { liabilityOf, reportOf, stateOf } from './report.ts';

const counts = { CREATED: 2, UPDATED: 0, UNCHANGED: 1, CONFLICT: 1, REJECTED: 1 };

test.each([
  [{ state: 'DONE', undoneAt: null, report: { counts } }, 'PARTLY'],
  [{ state: 'DONE', undoneAt: null, report: { counts: { ...counts, CONFLICT: 0, REJECTED: 0 } } }, 'DONE'],
  [{ state: 'DONE', undoneAt: '2026-11-22T10:00:00Z', report: { counts } }, 'UNDONE'],
  [{ state: 'FAILED', undoneAt: null, report: null }, 'FAILED'],
])('the state of %j is %s', (run, key) => {
  expect(stateOf(run).key).toBe(key);
});

test('a run without a report has none, and money is told in its currency', () => {
  expect(reportOf({ report: null })).toBeNull();
  expect(liabilityOf({ totals: { lots: 2, 'liability.RUB': 180_050 } })).toEqual({
    currency: 'RUB',
    amount: '1800.50',
  });
  expect(liabilityOf({ totals: {} })).toBeNull();
});
