import { expect, test } from 'vitest';
import { concernsOf } from './health-concerns.ts';
import type { Health } from './operations/system.ts';

const WELL: Health = {
  version: '0.1.0',
  mode: 'demo',
  now: '2026-11-22T12:00:00.000Z',
  clockAheadSeconds: 0,
  process: {
    nodeVersion: 'v24',
    uptimeSeconds: 1,
    memoryBytes: 1,
    heapBytes: 1,
    eventLoopDelayP50Ms: 0,
    eventLoopDelayP99Ms: 100,
  },
  disk: { freeBytes: 10, totalBytes: 100 },
  database: {
    version: '18',
    bytes: 1,
    connections: 80,
    connectionsAtMost: 100,
    largestTables: [],
    migrations: [],
  },
  outbox: { waiting: 3, failing: 0, oldestAt: '2026-11-22T11:59:00.000Z', failure: null },
  channels: [],
  worker: { waiting: 0, running: 0, scheduled: 0, failed: [] },
};

test('at the very limits all is well', () => {
  expect(concernsOf(WELL)).toEqual([]);
});

test('one step over each of them is told, the most pressing first', () => {
  const failed = { id: '1', name: 'x', attempts: 3, attemptsAtMost: 3, failure: 'x', runAt: WELL.now };
  expect(
    concernsOf({
      ...WELL,
      disk: { freeBytes: 9, totalBytes: 100 },
      outbox: { waiting: 1, failing: 1, oldestAt: '2026-11-22T11:58:59.999Z', failure: 'x' },
      worker: { ...WELL.worker, failed: [{ ...failed, gaveUp: true }] },
      channels: [
        { channel: 'SMS', waiting: 0, sentToday: 1, failedToday: 2, lastSentAt: null, lastFailure: null },
      ],
      database: { ...WELL.database, connections: 81 },
      process: { ...WELL.process, eventLoopDelayP99Ms: 101 },
    }),
  ).toEqual(['disk', 'outboxFailing', 'outboxLate', 'jobsGaveUp', 'channels', 'connections', 'loop']);
  expect(concernsOf({ ...WELL, worker: { ...WELL.worker, failed: [{ ...failed, gaveUp: false }] } })).toEqual(
    [],
  );
});
