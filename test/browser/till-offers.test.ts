import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, setPromotionState } from '@clientele/api/src/offers/index.ts';
import { aCode } from '@clientele/api/src/testing/codes.builders.ts';
import { aPromotion, promotionRules } from '@clientele/api/src/testing/promotions.builders.ts';
import { launchChromium } from './chromium.ts';
import { createDemoDatabase } from './demo-database.ts';
import { openShop, type Shop } from './shop.ts';
import { brandOf, offerTo, profileBehind, withCode } from './till-promotions.ts';
import { Till } from './till.ts';

/** How long the screen may take on a busy machine before a story gives up. */
const PATIENCE_MS = 10_000;
/** The screen follows within this time. */
const SOON = { timeout: 5_000, interval: 20 };
const DAY_MS = 86_400_000;

let shop: Shop;
let browser: Browser;
let brandId: string;
const { audience, when } = promotionRules();

beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(await createDemoDatabase()), launchChromium()]);
  brandId = await brandOf(shop.app.context());
  await shop.ask(
    `mutation ($products: [ProductInput!]!) { upsertProducts(input: { source: "story", products: $products }) { __typename } }`,
    {
      products: [
        { sku: 'OFFER-DRESS', name: 'Наряд для рассказа', price: '5000.00', currency: 'RUB' },
        { sku: 'OFFER-SOCKS', name: 'Гольфы для рассказа', price: '100.00', currency: 'RUB' },
      ],
    },
  );
});

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

async function openTill(): Promise<{ till: Till; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'ru-RU' });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const till = new Till(page, shop);
  await till.open();
  await till.signIn();
  return { till, page };
}

const onDress = { only: { skus: ['OFFER-DRESS'] } };

test('an offer is read aloud, taken by keys alone, marked with what it saved, and its way is told', async () => {
  const phone = '+79161235501';
  const promotionId = await aPromotion(shop.app.context(), {
    brandId,
    name: 'Наряд −20 %',
    rules: {
      audience: { ...audience, who: 'GRANTED' },
      benefits: [{ kind: 'PERCENT', rateBp: 2_000, goods: onDress }],
      say: 'На этот наряд для вас скидка двадцать процентов',
    },
  });
  const { till, page } = await openTill();
  await till.shopperWithPoints(phone, 'Анна', 10);
  await offerTo(shop, phone, promotionId, 'подарок за отзыв');
  await till.recognise(phone);
  const card = page.locator('[data-test="offer"]').filter({ hasText: 'Наряд −20 %' });
  await expect.poll(() => card.textContent(), SOON).toMatch(/двадцать процентов.*подарок за отзыв · до /);

  for (let tab = 0; tab < 40 && !(await card.evaluate((one) => one === document.activeElement)); tab += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect.poll(() => card.getAttribute('aria-pressed'), SOON).toBe('true');

  await till.add('OFFER-DRESS');
  await expect
    .poll(() => card.locator('[data-test="offer-outcome"]').textContent(), SOON)
    .toMatch(/−1\s000,00/);
  await expect
    .poll(() => till.byName('line-discount').textContent(), SOON)
    .toMatch(/Наряд −20 %.*−1\s000,00/);
  await till.record();
  await expect.poll(() => till.money('result-saved'), SOON).toBe('1000.00');
  const told = await shop.app
    .context()
    .sql.selectFrom('outbox_event')
    .select('kind')
    .where('profile_id', '=', await profileBehind(shop, phone))
    .where('kind', 'like', 'offer.%')
    .where((eb) => eb(eb.ref('payload', '->>').key('promotionId'), '=', promotionId))
    .orderBy('position')
    .execute();
  expect(told.map(({ kind }) => kind)).toEqual([
    'offer.granted',
    'offer.shown',
    'offer.accepted',
    'offer.redeemed',
  ]);
  await page.context().close();
}, 90_000);

test('a gift that is missing is asked for, and is free once it is there', async () => {
  const promotionId = await aPromotion(shop.app.context(), {
    brandId,
    name: 'Гольфы в подарок',
    rules: {
      conditions: [{ kind: 'QUANTITY', atLeast: 1, goods: onDress }],
      benefits: [{ kind: 'GIFT', goods: { only: { skus: ['OFFER-SOCKS'] } }, quantity: 1 }],
    },
  });
  const { till, page } = await openTill();
  await till.add('OFFER-DRESS');
  await expect
    .poll(() => till.byName('missing-gift').textContent(), SOON)
    .toMatch(/Гольфы в подарок.*бесплатным/);
  await till.add('OFFER-SOCKS');
  await expect.poll(() => till.money('to-pay'), SOON).toBe('5000.00');
  expect(await till.byName('missing-gift').count()).toBe(0);
  await page.context().close();
  await setPromotionState(shop.app.context(), { id: promotionId, version: 2, state: 'ENDED' });
}, 60_000);

test('a code says what it took off, or in the till’s own words why it does nothing', async () => {
  const ctx = shop.app.context();
  const now = ctx.clock.now().getTime();
  const at = (days: number) => new Date(now + days * DAY_MS);
  await withCode(shop, {
    name: 'Наряд по слову',
    word: 'НАРЯД',
    rules: { benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: onDress }] },
  });
  await withCode(shop, {
    name: 'От миллиона',
    word: 'МИЛЛИОН',
    rules: { conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 100_000_000 } }] },
  });
  await withCode(shop, { name: 'Вчера', word: 'ВЧЕРА', validFrom: at(-9), validTo: at(-1) });
  await withCode(shop, { name: 'Завтра', word: 'ЗАВТРА', validFrom: at(1) });
  const once = await aPromotion(ctx, {
    brandId,
    name: 'Разовый',
    state: 'DRAFT',
    rules: { conditions: [{ kind: 'PROMO_CODE' }] },
  });
  const poolId = await createPool(ctx, { promotionId: once, name: 'Разовые', kind: 'SINGLE_USE' });
  await setPromotionState(ctx, { id: once, version: 1, state: 'LIVE' });
  const pool = { id: poolId, brandId, promotionId: once };
  const { till, page } = await openTill();
  await till.shopperWithPoints('+79161235502', 'Вера', 10);
  const vera = await profileBehind(shop, '+79161235502');
  await aCode(ctx, pool, { code: 'VERA-1', profileId: vera });
  await aCode(ctx, pool, { code: 'USED-1' });
  await aCode(ctx, pool, { code: 'HELD-1' });
  await ctx.sql
    .updateTable('promo_code')
    .set({ state: 'USED', used_at: ctx.clock.now(), used_order_id: vera })
    .where('code', '=', 'USED-1')
    .execute();
  await ctx.sql
    .updateTable('promo_code')
    .set({ state: 'HELD', held_until: at(1), held_order_id: vera })
    .where('code', '=', 'HELD-1')
    .execute();

  await till.add('OFFER-DRESS');
  const words: Record<string, string> = {
    НАРЯД: 'принят: −500,00 ₽',
    МИЛЛИОН: 'чек не подходит под условия',
    ВЧЕРА: 'срок вышел',
    ЗАВТРА: 'ещё не действует',
    'USED-1': 'уже использован',
    'HELD-1': 'занят в другом чеке',
    'VERA-1': 'выдан другому покупателю',
    НИЧЕГО: 'такого кода нет',
  };
  for (const code of Object.keys(words)) await till.promoCode(code);
  const said = Object.fromEntries(
    await Promise.all(Object.keys(words).map(async (code) => [code, await till.saidOfCode(code)] as const)),
  );
  expect(said).toEqual(words);
  expect(await till.money('to-pay')).toBe('4500.00');

  await page.getByRole('button', { name: 'Убрать промокод НАРЯД' }).click();
  await till.quoted();
  await expect.poll(() => till.money('to-pay'), SOON).toBe('5000.00');
  await page.context().close();
}, 90_000);

test('of two codes that do not go together the second says so', async () => {
  const ctx = shop.app.context();
  const groupId = await aGroup('BEST');
  for (const [word, rateBp] of [
    ['МНОГО', 3_000],
    ['МАЛО', 1_000],
  ] as const) {
    const id = await aPromotion(ctx, {
      brandId,
      groupId,
      name: word,
      state: 'DRAFT',
      rules: {
        conditions: [{ kind: 'PROMO_CODE' }],
        benefits: [{ kind: 'PERCENT', rateBp, goods: onDress }],
      },
    });
    await createPool(ctx, { promotionId: id, name: word, kind: 'GENERIC', words: [word] });
    await setPromotionState(ctx, { id, version: 1, state: 'LIVE' });
  }
  const { till, page } = await openTill();
  await till.add('OFFER-DRESS');
  await till.promoCode('МНОГО');
  await till.promoCode('МАЛО');
  expect(await till.saidOfCode('МНОГО')).toBe('принят: −1 500,00 ₽');
  expect(await till.saidOfCode('МАЛО')).toBe('не складывается с другой скидкой');
  await page.context().close();
}, 60_000);

async function aGroup(stacking: string): Promise<string> {
  const brand = btoa(`Brand:${brandId}`);
  const { createPromotionGroup } = await shop.ask<{ createPromotionGroup: { group: { id: string } } }>(
    `mutation ($input: CreatePromotionGroupInput!) { createPromotionGroup(input: $input) {
      ... on PromotionGroupSaved { group { id } } ... on InvalidInput { problems { path message } } } }`,
    { input: { brandId: brand, name: 'Одно из двух', stacking } },
  );
  return atob(createPromotionGroup.group.id).split(':')[1] ?? '';
}

test('a promotion that ended between the quote and Enter is named, and one key takes the new sum', async () => {
  const ctx = shop.app.context();
  const to = new Date(ctx.clock.now().getTime() + 10 * 60_000).toISOString();
  await aPromotion(ctx, {
    brandId,
    name: 'Вечер −10 %',
    rules: { when: { ...when, to }, benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: onDress }] },
  });
  const { till, page } = await openTill();
  await till.add('OFFER-DRESS');
  await expect.poll(() => till.money('to-pay'), SOON).toBe('4500.00');
  await shop.ask('mutation { advanceDemoClock(input: { by: "PT11M" }) { now } }');
  await page.keyboard.press('Enter');
  const notice = page.locator('[data-test="notice"][data-code="QuoteChanged"]');
  await expect
    .poll(() => notice.textContent(), SOON)
    .toMatch(/«Вечер −10 %»: больше не действует.*5\s000,00/);
  expect(await till.byName('primary').textContent()).toMatch(/Принять · 5\s000,00/);
  await page.keyboard.press('Enter');
  await page.locator('[data-stage="payment"], [data-stage="result"]').first().waitFor();
  if ((await till.stage('payment').count()) > 0) await page.keyboard.press('Enter');
  await till.byName('result').waitFor();
  await expect.poll(() => till.money('result-paid'), SOON).toBe('5000.00');
  await page.context().close();
}, 60_000);

test('the till’s own count stands at once, the server’s as soon as it is there', async () => {
  await aPromotion(shop.app.context(), {
    brandId,
    name: 'Наряд −300 ₽',
    rules: { benefits: [{ kind: 'AMOUNT', amount: { RUB: 30_000 }, per: 'ORDER', goods: onDress }] },
  });
  const { till, page } = await openTill();
  await till.add('OFFER-SOCKS');
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/graphql', async (route) => {
    if ((route.request().postData() ?? '').includes('PreviewOrder')) await held;
    await route.continue();
  });
  await page.keyboard.press('F9');
  await till.byName('search').fill('OFFER-DRESS');
  await till.byName('found').waitFor();
  await page.keyboard.press('Enter');
  await till.byName('provisional').waitFor();
  expect(await till.money('to-pay')).toBe('4800.00');
  expect(await till.byName('to-pay').textContent()).toContain('≈');
  answer();
  await till.quoted();
  expect(await till.byName('provisional').count()).toBe(0);
  expect(await till.money('to-pay')).toBe('4800.00');
  await page.context().close();
}, 60_000);

test('a code for the next purchase stands on the result', async () => {
  const ctx = shop.app.context();
  const next = await aPromotion(ctx, {
    brandId,
    name: 'Возвращайтесь',
    state: 'DRAFT',
    rules: { conditions: [{ kind: 'PROMO_CODE' }] },
  });
  const poolId = await createPool(ctx, {
    promotionId: next,
    name: 'Возвращайтесь',
    kind: 'SINGLE_USE',
    pattern: 'BACK-####',
  });
  await setPromotionState(ctx, { id: next, version: 1, state: 'LIVE' });
  await aPromotion(ctx, {
    brandId,
    name: 'Код на следующую покупку',
    rules: {
      conditions: [{ kind: 'QUANTITY', atLeast: 2, goods: { only: { skus: ['OFFER-SOCKS'] } } }],
      benefits: [{ kind: 'NEXT_CODE', poolId, validDays: 30 }],
    },
  });
  const { till, page } = await openTill();
  await till.shopperWithPoints('+79161235503', 'Ольга', 10);
  await till.recogniseWithoutCode('+79161235503');
  await till.add('OFFER-SOCKS', 2);
  await till.record();
  await expect.poll(() => till.byName('result-code').textContent(), SOON).toMatch(/BACK-\w{4}.*действует до/);
  await page.context().close();
}, 60_000);
