import { expect, test } from 'vitest';
import type { BeginOrder } from '../till-flow/effects.ts';
import { openTillStore } from './till-store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

function anOrder(externalId: string): BeginOrder {
  return {
    externalId,
    requestId: `${externalId}-request`,
    quoteHash: 'hash',
    after: 'pay',
    draft: { visitId: 'visit-1', lines: [], promoCodes: [], spendPoints: 0 },
    lines: [],
  };
}

test('the token outlives a reload and can be dropped', async () => {
  const before = await openTillStore('token');
  await before.keepToken('secret');
  const after = await openTillStore('token');
  expect(await after.token()).toBe('secret');
  await after.dropToken();
  expect(await before.token()).toBeNull();
});

test('an order that is paid stays until it is finished, with its keys', async () => {
  const store = await openTillStore('paid');
  await store.keepBegin(anOrder('b'), 2000);
  await store.keepBegin(anOrder('a'), 1000);
  expect(await store.toCommit()).toEqual([]);
  await store.keepCommit('b', 'commit-b', { drive: '1', document: '2', sign: '' });
  await store.keepCommit('a', 'commit-a', null);
  expect((await store.toCommit()).map((order) => [order.externalId, order.commit])).toEqual([
    ['a', { requestId: 'commit-a', fiscal: null }],
    ['b', { requestId: 'commit-b', fiscal: { drive: '1', document: '2', sign: '' } }],
  ]);
  await store.finish('a');
  expect((await store.toCommit()).map((order) => order.externalId)).toEqual(['b']);
});

test('of orders not paid only the latest of the day is of use, older ones go', async () => {
  const store = await openTillStore('open');
  await store.keepBegin(anOrder('yesterday'), 0);
  await store.keepBegin(anOrder('morning'), DAY_MS);
  await store.keepBegin(anOrder('now'), DAY_MS + 1000);
  expect((await store.toPay(DAY_MS + 2000))?.begin.externalId).toBe('now');
  await store.finish('now');
  await store.finish('morning');
  expect(await store.toPay(DAY_MS - 1)).toBeNull();
});

test('a commit of an order nobody began leaves nothing behind', async () => {
  const store = await openTillStore('nobody');
  await store.keepCommit('ghost', 'key', null);
  expect(await store.toCommit()).toEqual([]);
});
