import { beforeAll, expect, test } from 'vitest';
import { setPromotionState } from '@clientele/api/src/offers/index.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { aCode, aPool } from '@clientele/api/src/testing/codes.builders.ts';
import { asSystem } from '@clientele/api/src/testing/company.builders.ts';
import { aPromotion } from '@clientele/api/src/testing/promotions.builders.ts';
import { aReceipt, aShopperWith, ask, begin, LINE, problemsOf, sell, useShop, visitOf } from './shop.ts';
import { unchanged } from './unchanged.ts';

/** The sweep again where a promotion with limits and a promo code are in play: 10 % off, 20 times in all, 4 a shopper. */
const shop = useShop();
const TIMES = 20;
const ALWAYS = { kind: 'ALWAYS' as const };

let promotionId: string;
let byCode: string;
let code: string;

beforeAll(async () => {
  const ctx = shop.app.context();
  const { brandId } = shop.stores[0];
  promotionId = await aPromotion(ctx, {
    brandId,
    title: 'Десять процентов',
    rules: {
      limits: {
        perOrder: null,
        perShopper: { times: 4, window: ALWAYS },
        total: { times: TIMES, window: ALWAYS },
        budget: null,
      },
    },
  });
  byCode = await aPromotion(ctx, {
    brandId,
    title: 'По коду',
    state: 'DRAFT',
    rules: {
      conditions: [{ kind: 'PROMO_CODE' }],
      benefits: [{ kind: 'AMOUNT', amount: { RUB: 10_000 }, per: 'ORDER' }],
    },
  });
  const pool = await aPool(ctx, { brandId, promotionId: byCode });
  code = await aCode(ctx, pool, { code: 'LETO-2026' });
  await aCode(ctx, pool, { code: 'ZIMA-2026' });
  await setPromotionState(asSystem(ctx), { id: byCode, version: 1, state: 'LIVE' });
});

/** How often the promotion is used and held. */
async function used(): Promise<number> {
  const { rows } = await shop.app.database.pool.query<{ used: string }>(
    `select coalesce(sum(used), 0) as used from promotion_counter where promotion_id = $1`,
    [promotionId],
  );
  return Number(rows[0]?.used);
}

test('1, 2: the cap and the balance are those of what the promotion leaves to pay', async () => {
  const { visitId } = await aShopperWith(shop, 5_000);
  const draft = { shopper: { visitId }, lines: [LINE], spendPoints: { exact: 451 } };
  const quote = await ask(shop, 'preview', draft);
  expect(quote.points).toMatchObject({ max: 450, applied: 450 });
  const input = { requestId: newId(), externalId: newId(), draft, quoteHash: quote.quoteHash };
  expect(await unchanged(shop.app, () => ask(shop, 'begin', input))).toMatchObject({
    __typename: 'InsufficientPoints',
    requested: 451,
    max: 450,
  });
});

test('3, 4: lines that do not add up and 501 of them are refused before any promotion is tried', async () => {
  const wrong = { lines: [{ ...LINE, amount: '999.00' }] };
  expect(problemsOf(await ask(shop, 'preview', wrong))).toEqual(['lines.0.amount MISMATCH']);
  const many = { lines: Array.from({ length: 501 }, () => LINE) };
  expect(problemsOf(await ask(shop, 'preview', many))).toEqual(['lines TOO_MANY']);
  const negative = { lines: [{ ...LINE, unitPrice: '-1.00' }] };
  expect(problemsOf(await ask(shop, 'preview', negative))).toEqual(['lines.0.unitPrice RANGE']);
});

test('5: the same key with other codes is a conflict', async () => {
  const { visitId } = await aShopperWith(shop, 0);
  const draft = { shopper: { visitId }, lines: [LINE] };
  const { quoteHash } = await ask(shop, 'preview', draft);
  const input = { requestId: newId(), externalId: newId(), draft, quoteHash };
  await ask(shop, 'begin', input);
  const other = { ...input, draft: { ...draft, promoCodes: [code] } };
  const answer = await unchanged(shop.app, () => ask(shop, 'begin', other));
  expect(answer.__typename).toBe('IdempotencyConflict');
});

test('6: fifty commits of one order at once use its promotion and its code once', async () => {
  const before = await used();
  const { id, visitId } = await aShopperWith(shop, 100);
  const draft = { shopper: { visitId }, lines: [LINE], promoCodes: [code], spendPoints: { max: true } };
  const { externalId, order } = await begin(shop, draft);
  expect(order).toMatchObject({ toPay: '700.00' });
  const input = { requestId: newId(), order: { external: { id: externalId } }, receipts: [aReceipt()] };
  const replies = await Promise.all(Array.from({ length: 50 }, () => ask(shop, 'commit', input)));
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  expect(replies[0]).toMatchObject({ __typename: 'OrderCommitted', overdrawn: 0 });
  const others = await Promise.all(
    Array.from({ length: 50 }, () => ask(shop, 'commit', { ...input, requestId: newId() })),
  );
  expect(new Set(others.map(({ __typename }) => __typename))).toEqual(new Set(['OrderCommitted']));
  expect(await used()).toBe(before + 1);
  const { rows } = await shop.app.database.pool.query(
    'select promotion_id, times from promotion_use where profile_id = $1 order by promotion_id',
    [id],
  );
  expect(rows).toEqual(
    [promotionId, byCode].toSorted().map((promotion) => ({ promotion_id: promotion, times: 1 })),
  );
});

test('7: two tills begin with the last time of a shopper; one gets it, the other is asked again', async () => {
  const { id, visitId } = await aShopperWith(shop, 0);
  const elsewhere = await visitOf(shop, id, shop.colleague);
  const here = { shopper: { visitId }, lines: [LINE] };
  const there = { shopper: { visitId: elsewhere }, lines: [LINE] };
  for (let time = 0; time < 3; time += 1) await sell(shop, here);
  const quotes = [await ask(shop, 'preview', here), await ask(shop, 'preview', there, shop.colleague.token)];
  const begins = await Promise.all(
    [
      { draft: here, token: shop.cashier.token },
      { draft: there, token: shop.colleague.token },
    ].map(({ draft, token }, index) =>
      ask(
        shop,
        'begin',
        { requestId: newId(), externalId: newId(), draft, quoteHash: quotes[index]?.quoteHash },
        token,
      ),
    ),
  );
  expect(begins.map(({ __typename }) => __typename).toSorted()).toEqual(['OrderBegun', 'QuoteChanged']);
  const changed = begins.find(({ __typename }) => __typename === 'QuoteChanged');
  expect(changed).toMatchObject({ reasons: [{ code: 'PROMOTION' }], quote: { toPay: '1000.00' } });
});

test('8, 10: a quote of another, an expired one and one of an ended promotion leave nothing behind', async () => {
  const ctx = shop.app.context();
  const ending = await aPromotion(ctx, { brandId: shop.stores[0].brandId, title: 'Последний день' });
  const [anna, maria] = [await aShopperWith(shop, 0), await aShopperWith(shop, 0)];
  const draft = { shopper: { visitId: anna.visitId }, lines: [LINE] };
  const { quoteHash } = await ask(shop, 'preview', draft);
  const tried = (facts: object) =>
    unchanged(shop.app, () =>
      ask(shop, 'begin', { requestId: newId(), externalId: newId(), draft, quoteHash, ...facts }),
    );
  expect(await tried({ draft: { ...draft, shopper: { visitId: maria.visitId } } })).toMatchObject({
    reasons: [{ code: 'SHOPPER' }],
  });
  expect(await tried({ draft: { ...draft, promoCodes: ['NOTHING'] } })).toMatchObject({
    reasons: [{ code: 'PROMO_CODE' }],
  });
  await setPromotionState(asSystem(ctx), { id: ending, version: 2, state: 'ENDED' });
  expect(await tried({})).toMatchObject({ reasons: [{ code: 'PROMOTION' }], quote: { toPay: '900.00' } });
  shop.app.clock.advance(15 * 60_000);
  expect(await tried({})).toMatchObject({ reasons: [{ code: 'QUOTE_EXPIRED' }] });
});

test('9: a cancel and its repeats give the promotion back once', async () => {
  const { visitId } = await aShopperWith(shop, 0);
  const { externalId } = await begin(shop, { shopper: { visitId }, lines: [LINE] });
  const held = await used();
  const cancel = () => ask(shop, 'cancel', { requestId: newId(), order: { external: { id: externalId } } });
  await cancel();
  expect(await used()).toBe(held - 1);
  await Promise.all(Array.from({ length: 10 }, cancel));
  expect(await used()).toBe(held - 1);
});

const LONG = 'К'.repeat(10_240);

test.each([
  ['10 kB', [LONG], ['promoCodes.0 RANGE']],
  ['NUL', ['LETO\u0000-2026'], ['promoCodes.0 FORMAT']],
  ['a line break', ['LETO', 'A\r\nB'], ['promoCodes.1 FORMAT']],
  ['half a sign', ['LETO-\ud83d'], ['promoCodes.0 FORMAT']],
  ['nothing', ['   '], ['promoCodes.0 REQUIRED']],
  ['21 of them', Array.from({ length: 21 }, (_, index) => `CODE-${index}`), ['promoCodes TOO_MANY']],
])('a promo code that is none: %s', async (_what, promoCodes, problems) => {
  const answer = await unchanged(shop.app, () => ask(shop, 'preview', { lines: [LINE], promoCodes }));
  expect(problemsOf(answer)).toEqual(problems);
});

test.each([
  ['marks of direction', '\u202eZIMA\u200f-2026\u200e'],
  ['small letters and spaces', ' zima 2026 '],
  ['signs that look alike', 'ZIМА-2О26'],
  ['full width', 'ＺＩＭＡ－２０２６'],
])('a promo code typed with %s is that code', async (_what, typed) => {
  const answer = await unchanged(shop.app, () =>
    ask(shop, 'preview', { lines: [LINE], promoCodes: [typed] }),
  );
  expect(answer['toPay']).toBe('900.00');
});

test.each(["' or 1=1 --", '$1', '%', '{"a":1}', '__proto__', 'constructor', '🎁🎁', '<script>'])(
  'a promo code of %s is unknown, and nothing else',
  async (typed) => {
    const before = await ask(shop, 'preview', { lines: [LINE] });
    const answer = await ask(shop, 'preview', { lines: [LINE], promoCodes: [typed] });
    expect(answer['toPay']).toBe(before['toPay']);
  },
);
