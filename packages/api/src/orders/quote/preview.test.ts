import { expect, test } from 'vitest';
import { setProgramMode } from '../../loyalty/index.ts';
import { newId } from '../../platform/ids.ts';
import { commitOrder, previewOrder, returnOrder } from '../index.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import {
  aCheckout,
  aDraft,
  aLine,
  aMember,
  aShop,
  atTill,
  aVisit,
  balanceOf,
  begun,
  sold,
} from '../../testing/orders.builders.ts';

const db = useTestDatabase();
const MINUTE = 60_000;

test('E15: a soft launch earns and spends nothing; from its moment on the same basket does', async () => {
  const liveAt = new Date('2026-11-20T13:00:00Z');
  const { ctx, till, shopper, visitId } = await aCheckout(db.database, 900, { mode: 'EARN_ONLY', liveAt });
  const lines = [aLine({ unitPrice: '2000.00' })];
  const draft = aDraft({ lines, shopper: { visitId }, spendPoints: { max: true } });
  const soft = await previewOrder(till, draft);
  expect(soft.quote.points).toMatchObject({ max: 0, limits: [{ code: 'PROGRAM_NOT_LIVE', max: 0 }] });
  expect(soft.quote.earning.points).toBe(60);
  ctx.clock.advance(60 * MINUTE);
  const live = aDraft({ ...draft, shopper: { visitId: await aVisit(till, shopper) } });
  expect((await previewOrder(till, live)).quote.points.max).toBe(900);
});

test('E4: excluded goods and floor prices, of the catalogue and of the till', async () => {
  const { ctx, till, visitId } = await aCheckout(db.database, 20_000);
  await ctx.sql
    .insertInto('product')
    .values({
      id: newId(),
      sku: `tee-${visitId}`,
      name: 'Tee',
      category_id: null,
      brand: null,
      min_unit_price: { RUB: 45_000 },
      url: null,
      image_url: null,
      earnable: null,
      redeemable: null,
      source: 'test',
      updated_at: ctx.clock.now(),
    })
    .execute();
  const lines = [
    aLine({ sku: 'coat', unitPrice: '12000.00' }),
    aLine({ sku: 'card', unitPrice: '3000.00', kind: 'GIFT_CARD' }),
    aLine({ sku: `tee-${visitId}`, unitPrice: '500.00' }),
  ];
  const { quote } = await previewOrder(
    till,
    aDraft({ lines, shopper: { visitId }, spendPoints: { max: true } }),
  );
  expect(quote.points.applied).toBe(6_250);
  expect(quote.lines.map((line) => line.pointsDiscount)).toEqual([620_000, 0, 5_000]);
});

test('E1: three points for each full hundred are 57, three percent are 59', async () => {
  const { ctx, till, visitId } = await aCheckout(db.database);
  const lines = [aLine({ unitPrice: '1990.00' })];
  expect((await previewOrder(till, aDraft({ lines, shopper: { visitId } }))).quote.earning.points).toBe(57);
  const percent = await aShop(ctx, {
    settings: { earningRules: [{ code: 'purchase', type: 'PERCENT', rateBp: 300 }] },
  });
  const there = await atTill(ctx, percent);
  const visit = await aVisit(there, await aMember(ctx, percent));
  expect(
    (await previewOrder(there, aDraft({ lines, shopper: { visitId: visit } }))).quote.earning.points,
  ).toBe(59);
});

test('where no program sells for points, and in a currency it has no rules for, a sale is a plain sale', async () => {
  const { ctx } = await aCheckout(db.database);
  const shop = await aShop(ctx, { currency: 'USD' });
  const till = await atTill(ctx, shop);
  const visitId = await aVisit(till, await aMember(ctx, shop, 100));
  const draft = aDraft({ shopper: { visitId }, spendPoints: { max: true } });
  const dollars = await previewOrder(till, draft);
  expect(dollars.quote).toMatchObject({ points: { max: 0 }, earning: { points: 0, reason: 'NO_CURRENCY' } });
  await setProgramMode(ctx, { programId: shop.programId, mode: 'OFF' });
  const off = await begun(till, draft);
  expect(off.quote.quote.earning.reason).toBe('PROGRAM_OFF');
  const order = { external: { id: off.externalId } };
  expect(await commitOrder(till, { requestId: newId(), order, receipts: [] })).toMatchObject({ earned: 0 });
});

test('what was granted before counts against a daily limit, by the days of the program', async () => {
  const { ctx, shop, till, shopper } = await aCheckout(db.database, 0, {
    settings: { earningLimits: [{ code: 'daily', scope: 'SHOPPER', window: 'DAY', max: 50 }] },
  });
  const buy = async () => sold(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }));
  expect(await buy()).toMatchObject({ earned: 30 });
  const cut = await buy();
  expect(cut).toMatchObject({
    earned: 20,
    quote: { quote: { earning: { cuts: [{ limit: 'daily', points: 10 }] } } },
  });
  expect(await buy()).toMatchObject({ earned: 0, activateAt: null });
  // 23:59 and 00:00 in Moscow.
  ctx.clock.set('2026-11-20T20:59:00Z');
  expect(await buy()).toMatchObject({ earned: 0 });
  ctx.clock.set('2026-11-20T21:00:00Z');
  expect(await buy()).toMatchObject({ earned: 30 });
  const back = {
    requestId: newId(),
    order: { external: { id: cut.externalId } },
    externalId: newId(),
    receipts: [],
  };
  expect(await returnOrder(till, back)).toMatchObject({ pointsClawedBack: 20 });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ pending: 60 });
});

test('two purchases begun side by side keep within a limit together', async () => {
  const { till, shopper, ctx, shop } = await aCheckout(db.database, 0, {
    settings: {
      earningLimits: [
        { code: 'rule', scope: 'RULE', rule: 'purchase', window: 'ALWAYS', max: 1_000 },
        { code: 'monthly', scope: 'PROGRAM', window: 'MONTH', max: 50 },
      ],
    },
  });
  const visitId = await aVisit(till, shopper);
  const orders = [
    await begun(till, aDraft({ shopper: { visitId } })),
    await begun(till, aDraft({ shopper: { visitId } })),
  ];
  expect(orders.map(({ quote }) => quote.quote.earning.points)).toEqual([30, 30]);
  const answers = await Promise.all(
    orders.map(({ externalId }) =>
      commitOrder(till, { requestId: newId(), order: { external: { id: externalId } }, receipts: [] }),
    ),
  );
  expect(answers.map(({ earned }) => earned).toSorted()).toEqual([20, 30]);
  const cut = orders[answers.findIndex(({ earned }) => earned === 20)];
  const order = { external: { id: cut?.externalId ?? '' } };
  const back = { requestId: newId(), order, externalId: newId(), receipts: [] };
  expect(await returnOrder(till, back)).toMatchObject({ pointsClawedBack: 20 });
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ pending: 30, debt: 0 });
});
