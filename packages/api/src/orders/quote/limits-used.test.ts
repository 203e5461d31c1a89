import type { EarningLimit } from '@clientele/shared/receipt';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { commitOrder, previewOrder } from '../index.ts';
import { newId } from '../../platform/ids.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aCheckout, aDraft, aMember, aVisit, begin, begun, sold } from '../../testing/orders.builders.ts';

const db = useTestDatabase();

/** A till whose program grants 30 a purchase of 1 000.00 within one limit. */
async function limited(limit: Omit<EarningLimit, 'code'>) {
  return aCheckout(db.database, 0, { settings: { earningLimits: [{ code: 'limit', ...limit }] } });
}

type Checkout = Awaited<ReturnType<typeof limited>>;

/** What a purchase is promised, and what it gets: the two must agree. */
async function buy({ till, shopper }: Checkout, profileId = shopper): Promise<number> {
  const sale = await sold(till, aDraft({ shopper: { visitId: await aVisit(till, profileId) } }));
  expect(sale.earned).toBe(sale.quote.quote.earning.points);
  return sale.earned;
}

test('weeks begin on Monday, in the program’s zone', async () => {
  const checkout = await limited({ scope: 'SHOPPER', window: 'WEEK', max: 40 });
  // Sunday, 23:59 in Moscow.
  checkout.ctx.clock.set('2026-11-22T20:59:00Z');
  expect([await buy(checkout), await buy(checkout)]).toEqual([30, 10]);
  checkout.ctx.clock.set('2026-11-22T21:00:00Z');
  expect(await buy(checkout)).toBe(30);
});

test('years are calendar years', async () => {
  const checkout = await limited({ scope: 'SHOPPER', window: 'YEAR', max: 40 });
  checkout.ctx.clock.set('2026-12-31T20:59:59Z');
  expect([await buy(checkout), await buy(checkout)]).toEqual([30, 10]);
  checkout.ctx.clock.set('2026-12-31T21:00:00Z');
  expect(await buy(checkout)).toBe(30);
});

test('a rolling window counts back from the purchase to the millisecond', async () => {
  const checkout = await limited({ scope: 'SHOPPER', window: 'ROLLING', days: 2, max: 40 });
  checkout.ctx.clock.set('2026-11-22T10:00:00.000Z');
  expect(await buy(checkout)).toBe(30);
  checkout.ctx.clock.set('2026-11-24T09:59:59.999Z');
  expect(await buy(checkout)).toBe(10);
  checkout.ctx.clock.set('2026-11-24T10:00:00.000Z');
  expect(await buy(checkout)).toBe(30);
});

test('the limit of a rule is each shopper’s own, that of the program is everybody’s', async () => {
  const ofRule = await limited({ scope: 'RULE', rule: 'purchase', window: 'ALWAYS', max: 40 });
  const other = await aMember(ofRule.ctx, ofRule.shop);
  expect([await buy(ofRule), await buy(ofRule), await buy(ofRule, other)]).toEqual([30, 10, 30]);
  const ofProgram = await limited({ scope: 'PROGRAM', window: 'DAY', max: 40 });
  const another = await aMember(ofProgram.ctx, ofProgram.shop);
  expect([await buy(ofProgram), await buy(ofProgram, another)]).toEqual([30, 10]);
});

test('E12: points for actions count against the limit of the program', async () => {
  const checkout = await aCheckout(db.database, 0, {
    settings: { earningLimits: [{ code: 'day', scope: 'PROGRAM', window: 'DAY', max: 500 }] },
  });
  const { ctx, shop, till, shopper } = checkout;
  const now = ctx.clock.now();
  await sql`select public.loyalty_earn(${shopper}, ${shop.programId}, 'EVENT', ${newId()}, 'review', 450, ${now}, ${now},
    null, ${now})`.execute(ctx.sql);
  // 120 points.
  const lines = [{ sku: 'goods', quantity: '4', unitPrice: '1000.00' }];
  const sale = await sold(till, aDraft({ lines, shopper: { visitId: await aVisit(till, shopper) } }));
  expect(sale.earned).toBe(50);
  expect(sale.quote.quote.earning.cuts).toEqual([{ limit: 'day', rule: 'purchase', points: 70 }]);
});

test('purchases begun before a limit is reached are cut when they are paid', async () => {
  const checkout = await limited({ scope: 'SHOPPER', window: 'ROLLING', days: 1, max: 40 });
  const { till, shopper } = checkout;
  const draft = aDraft({ shopper: { visitId: await aVisit(till, shopper) } });
  const first = await begun(till, draft);
  const { hash } = await previewOrder(till, draft);
  const externalId = newId();
  await begin(till, draft, hash, externalId);
  const pay = async (id: string) =>
    (await commitOrder(till, { requestId: newId(), order: { external: { id } }, receipts: [] })).earned;
  expect([await pay(first.externalId), await pay(externalId)]).toEqual([30, 10]);
});
