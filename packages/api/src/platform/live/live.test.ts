import pg from 'pg';
import { expect, test } from 'vitest';
import { useTestApp } from '../../testing/create-test-app.ts';
import { inTransaction } from '../database/in-transaction.ts';
import { openDatabase } from '../database/database.ts';
import { createLog } from '../log.ts';
import { boundedQueue } from './bounded-queue.ts';
import type { LiveMessage } from './live.ts';
import { publish } from './publish.ts';

const server = useTestApp();

const told = (topic: string, payload: unknown): IteratorResult<LiveMessage> => ({
  done: false,
  value: { topic, payload, missed: false },
});
const missed = (topic: string): IteratorResult<LiveMessage> => ({
  done: false,
  value: { topic, payload: null, missed: true },
});

test('a reader hears its own topics, in order, whichever process told them', async () => {
  const { database } = server.app;
  const url = String(database.pool.options.connectionString);
  const other = await openDatabase({ url, entities: [], log: createLog('silent') });
  const reader = await database.live.subscribe(['a', 'b']);
  expect(await reader.next()).toEqual(missed('a'));
  await publish(
    { sql: other.sql },
    { topic: 'a', payload: { n: 1 } },
    { topic: 'elsewhere' },
    { topic: 'b' },
  );
  await publish({ sql: other.sql }, { topic: 'a', payload: { n: 2 } });
  expect(await reader.next()).toEqual(told('a', { n: 1 }));
  expect(await reader.next()).toEqual(told('b', null));
  expect(await reader.next()).toEqual(told('a', { n: 2 }));
  await other.close();
  await reader.return?.();
  expect(await reader.next()).toEqual({ done: true, value: undefined });
  expect(database.live.readers).toBe(0);
});

test('what is rolled back is told to nobody, what is committed is told afterwards', async () => {
  const ctx = server.app.context();
  const reader = await ctx.database.live.subscribe(['c']);
  await reader.next();
  await inTransaction(ctx, async (tx) => {
    await publish(tx, { topic: 'c', payload: 'undone' });
    throw new Error('no');
  }).catch(() => undefined);
  await inTransaction(ctx, (tx) => publish(tx, { topic: 'c', payload: 'done' }));
  expect(await reader.next()).toEqual(told('c', 'done'));
  await reader.return?.();
});

test('a lost connection is made again, and readers are told that they may have missed something', async () => {
  const ctx = server.app.context();
  const reader = await ctx.database.live.subscribe(['d']);
  await reader.next();
  const killer = new pg.Client({ connectionString: String(ctx.database.pool.options.connectionString) });
  await killer.connect();
  await killer.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'clientele live' and datname = current_database()`,
  );
  await killer.end();
  expect(await reader.next()).toEqual(missed('d'));
  await publish(ctx, { topic: 'd', payload: 1 });
  expect(await reader.next()).toEqual(told('d', 1));
  await reader.return?.();
});

test('a message of more than 7,000 bytes is a mistake of ours', async () => {
  const ctx = server.app.context();
  await expect(publish(ctx, { topic: 'e', payload: 'я'.repeat(3_500) })).rejects.toThrow('too long');
});

test('a reader that never reads is dropped with what it left, and told so when it reads after all', async () => {
  let ended = 0;
  const queue = boundedQueue<number>(
    2,
    () => new Error('too slow'),
    () => (ended += 1),
  );
  expect([queue.push(1), queue.push(2), queue.push(3), queue.push(4)]).toEqual([true, true, false, false]);
  expect(ended).toBe(1);
  await expect(queue.next()).rejects.toThrow('too slow');
  expect(await queue.next()).toEqual({ done: true, value: undefined });
});
