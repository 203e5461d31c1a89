import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { ledgerViolations, useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aContext, aMember, aShop, atTill, type Shop } from '../../testing/orders.builders.ts';
import type { Context } from '../../platform/context.ts';
import { cancelOrder } from '../posting/cancel-order.ts';
import { AlreadyCommitted } from '../orders.errors.ts';
import { aRecord, aReturnRecord, finalSums, record, recordBack } from '../../testing/records.builders.ts';

const db = useTestDatabase();

type Step = 'order' | 'shopper' | 'return' | 'return again' | 'cancel';

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

function back(sku: string) {
  const order = { external: { id: 'one' } };
  return aReturnRecord({ externalId: sku, order, lines: [{ sku, quantity: '1' }] });
}

/** Two pieces for 1 990.00 by somebody, told in pieces in that order. */
async function told(steps: readonly Step[]): Promise<unknown> {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const source = `web-${newId()}`;
  const profile = { id: globalId('Profile', await aMember(ctx, shop)) };
  const lines = [
    { sku: 'coat', quantity: '1', unitPrice: '1490.00' },
    { sku: 'hat', quantity: '1', unitPrice: '500.00' },
  ];
  const sale = aRecord(shop, { externalId: 'one', lines });
  const tell: Record<Step, () => Promise<unknown>> = {
    order: () => record(ctx, source, steps.includes('shopper') ? sale : { ...sale, profile }),
    shopper: () => record(ctx, source, { ...sale, profile }),
    cancel: () => record(ctx, source, { ...sale, profile, cancelled: true }),
    return: () => recordBack(ctx, source, back('hat')),
    'return again': () => recordBack(ctx, source, back('coat')),
  };
  for (const step of steps) await tell[step]();
  return finalSums(ctx, shop, source, 'one');
}

async function finalSumsOfAll(steps: readonly Step[]): Promise<Set<string>> {
  const ends = new Set<string>();
  for (const order of permutations(steps)) ends.add(JSON.stringify(await told(order)));
  return ends;
}

test('F5: order, return and cancel in any order come to the same', async () => {
  const ends = await finalSumsOfAll(['order', 'return', 'cancel']);
  expect([...ends].map((end) => JSON.parse(end) as unknown)).toEqual([
    {
      state: 'CANCELLED',
      toPay: 199_000,
      known: true,
      moneyBack: [50_000],
      returned: [0, 1_000],
      balance: { active: 0, pending: 0, held: 0, debt: 0 },
    },
  ]);
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('F5: order, its shopper and two returns in any order come to the same', async () => {
  const one = await finalSumsOfAll(['order', 'shopper', 'return']);
  expect([...one].map((end) => JSON.parse(end) as unknown)).toEqual([
    {
      state: 'PARTIALLY_RETURNED',
      toPay: 199_000,
      known: true,
      moneyBack: [50_000],
      returned: [0, 1_000],
      balance: { active: 0, pending: 42, held: 0, debt: 0 },
    },
  ]);
  const both = await finalSumsOfAll(['order', 'return', 'return again']);
  expect(new Set([...both].map((end) => (JSON.parse(end) as { state: string }).state))).toEqual(
    new Set(['RETURNED']),
  );
  expect([...both].every((end) => end.includes('"pending":0,'))).toBe(true);
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

test('F5: a till that cancels what it never began, sells and returns offline: the sale stays a sale', async () => {
  const steps = permutations(['order', 'return', 'cancel'] as const);
  const ends = new Set<string>();
  for (const order of steps) ends.add(JSON.stringify(await toldByTill(order)));
  expect([...ends].map((end) => JSON.parse(end) as unknown)).toEqual([
    {
      state: 'RETURNED',
      toPay: 100_000,
      known: true,
      moneyBack: [100_000],
      returned: [1_000],
      balance: { active: 0, pending: 0, held: 0, debt: 0 },
    },
  ]);
});

async function toldByTill(steps: readonly ('order' | 'return' | 'cancel')[]): Promise<unknown> {
  const ctx = aContext(db.database);
  const shop: Shop = await aShop(ctx);
  const till: Context = await atTill(ctx, shop);
  const profile = { id: globalId('Profile', await aMember(ctx, shop)) };
  const order = { external: { id: 'one' } };
  const { ownSource } = till.actor;
  const tell = {
    order: () => record(till, ownSource, aRecord(shop, { externalId: 'one', profile })),
    return: () => recordBack(till, ownSource, aReturnRecord({ externalId: 'back', order })),
    cancel: () =>
      cancelOrder(till, { requestId: newId(), order }).catch((error: unknown) => {
        if (!(error instanceof AlreadyCommitted)) throw error;
      }),
  };
  for (const step of steps) await tell[step]();
  return finalSums(ctx, shop, ownSource, 'one');
}
