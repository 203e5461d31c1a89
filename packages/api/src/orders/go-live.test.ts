import { expect, test } from 'vitest';
import { createStore } from '../company/index.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { ledgerViolations, useTestDatabase } from '../testing/loyalty.builders.ts';
import {
  aContext,
  aDraft,
  aLine,
  aMember,
  aReceipt,
  aShop,
  as,
  atTill,
  aVisit,
  balanceOf,
  begin,
  begun,
  reasonsOf,
  type Shop,
} from '../testing/orders.builders.ts';
import { commitOrder, previewOrder } from './index.ts';

const db = useTestDatabase();
const LIVE_AT = new Date('2026-12-01T00:00:00+03:00');
const SECOND = 1_000;

/** A store of the same brand, ten hours east of the first, and a till in it. */
async function inVladivostok(ctx: Context, shop: Shop): Promise<Context> {
  const code = `shop-${newId()}`;
  const storeId = await createStore(ctx, {
    brandId: shop.brandId,
    code,
    name: 'Владивосток',
    timeZone: 'Asia/Vladivostok',
    currency: 'RUB',
    country: 'RU',
    language: 'ru',
  });
  const till = await atTill(ctx, { ...shop, storeId, storeCode: code });
  const there = till.actor.till;
  if (there === null) throw new Error('there is no till');
  return as(till, { ...till.actor, till: { ...there, timeZone: 'Asia/Vladivostok' } });
}

async function aSoftLaunch() {
  const ctx = aContext(db.database, '2026-11-30T20:59:59Z');
  const shop = await aShop(ctx, { mode: 'EARN_ONLY', liveAt: LIVE_AT });
  const shopper = await aMember(ctx, shop, 900);
  const tills = [await atTill(ctx, shop), await inVladivostok(ctx, shop)] as const;
  const draft = async (till: Context) =>
    aDraft({
      lines: [aLine({ unitPrice: '2000.00' })],
      shopper: { visitId: await aVisit(till, shopper) },
      spendPoints: { max: true },
    });
  const quotes = () =>
    Promise.all(
      tills.map(async (till) => {
        const { quote } = await previewOrder(till, await draft(till));
        const { max, applied, limits } = quote.points;
        return { max, applied, earns: quote.earning.points, limits: limits.map(({ code }) => code) };
      }),
    );
  return { ctx, shop, shopper, tills, draft, quotes };
}

test('E15: one second before the instant nothing can be spent, at the instant 900 of 2 000.00, in every store', async () => {
  const { ctx, quotes } = await aSoftLaunch();
  expect(ctx.clock.now()).toEqual(new Date(LIVE_AT.getTime() - SECOND));
  const before = { max: 0, applied: 0, earns: 60, limits: ['PROGRAM_NOT_LIVE'] };
  expect(await quotes()).toEqual([before, before]);
  ctx.clock.advance(SECOND);
  const live = { max: 900, applied: 900, earns: 33, limits: ['BALANCE'] };
  expect(await quotes()).toEqual([live, live]);
});

test('quoted before and begun after the instant, the till is told, and nothing is held', async () => {
  const { ctx, shop, shopper, tills, draft } = await aSoftLaunch();
  const quoted = await Promise.all(
    tills.map(async (till) => {
      const asked = await draft(till);
      return { till, asked, quoteHash: (await previewOrder(till, asked)).hash };
    }),
  );
  ctx.clock.advance(SECOND);
  for (const { till, asked, quoteHash } of quoted) {
    expect(await reasonsOf(begin(till, asked, quoteHash))).toContainEqual({
      code: expect.stringMatching(/^(BALANCE|PROGRAM)/) as string,
      line: null,
    });
  }
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 900, pending: 0, held: 0, debt: 0 });
});

test('begun before and paid after the instant, it is what was begun: nothing spent, 60 earned', async () => {
  const { ctx, shop, shopper, tills, draft } = await aSoftLaunch();
  const orders = [];
  for (const till of tills) orders.push({ till, ...(await begun(till, await draft(till))) });
  ctx.clock.advance(SECOND);
  for (const { till, externalId } of orders) {
    const answer = await commitOrder(till, {
      requestId: newId(),
      order: { external: { id: externalId } },
      receipts: [aReceipt('2000.00')],
    });
    expect(answer.earned).toBe(60);
  }
  expect(await balanceOf(ctx, shop, shopper)).toEqual({ active: 900, pending: 120, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});
