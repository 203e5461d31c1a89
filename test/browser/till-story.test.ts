import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { createDemoDatabase } from './demo-database.ts';
import { openShop, type Shop } from './shop.ts';
import { Till } from './till.ts';

/** How long the screen may take on a busy machine before a story gives up. */
const PATIENCE_MS = 10_000;

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(await createDemoDatabase()), launchChromium()]);
  await addProducts();
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
  return { till, page };
}

/** The screen follows within this time. */
const SOON = { timeout: 5_000, interval: 20 };

const BASKET = [
  { sku: 'STORY-DRESS', name: 'Платье из рассказа', price: '4990.00' },
  { sku: 'STORY-SCARF', name: 'Шарф из рассказа', price: '1290.00' },
  { sku: 'STORY-SOCKS', name: 'Носки из рассказа', price: '111.00' },
];

async function addProducts(): Promise<void> {
  const { upsertProducts } = await shop.ask<{ upsertProducts: { results: { status: string }[] } }>(
    `mutation ($products: [ProductInput!]!) {
      upsertProducts(input: { source: "story", products: $products }) { ... on ProductsUpserted { results { status } } }
    }`,
    { products: BASKET.map((product) => ({ ...product, currency: 'RUB' })) },
  );
  expect(upsertProducts.results.map(({ status }) => status)).toEqual(['CREATED', 'CREATED', 'CREATED']);
}

test('a newcomer joins, buys, redeems half a receipt two weeks later and gives one line back', async () => {
  const { till, page } = await openTill();
  const phone = '+79161234501';

  await till.signIn();
  await till.register(phone, 'Анна');
  await till.add('STORY-DRESS');
  await till.add('STORY-SCARF');
  await till.add('STORY-SOCKS', 3);
  await expect.poll(() => till.money('to-pay'), SOON).toBe('6613.00');
  await till.record();
  // 66 full hundreds × 3.
  await expect.poll(() => till.points('result-earned'), SOON).toBe(198);
  await till.next();

  await shop.ask(`mutation { advanceDemoClock(input: { by: "P15D" }) { now } }`);
  await till.signInAgainIfAsked();
  // A demo's clock was moved, not this till's.
  expect(await page.getByRole('alert').count()).toBe(0);
  await till.recognise(phone);
  await expect.poll(() => till.points('balance'), SOON).toBe(198);
  await till.add('STORY-SOCKS', 3);
  await till.redeemMax();
  // Half of 333.00 is 166.50: 166 points, 167.00 to pay.
  await expect.poll(() => till.money('points-discount'), SOON).toBe('-166.00');
  await expect.poll(() => till.money('to-pay'), SOON).toBe('167.00');
  await till.record();
  await expect.poll(() => till.points('result-spent'), SOON).toBe(166);
  await expect.poll(() => till.points('result-earned'), SOON).toBe(3);

  const { orders } = await shop.ask<{ orders: { edges: { node: { id: string; pointsSpent: number } }[] } }>(
    `query ($phone: Phone!) { orders(first: 1, filter: { profile: { phone: $phone } }) { edges { node { id pointsSpent } } } }`,
    { phone },
  );
  const order = orders.edges[0]?.node;
  expect(order?.pointsSpent).toBe(166);
  const { returnOrder } = await shop.ask<{ returnOrder: Record<string, unknown> }>(
    `mutation ($id: ID!) {
      returnOrder(input: { requestId: "story-return", externalId: "story-return", order: { id: $id }, lines: [{ number: 1, quantity: "1" }] }) {
        __typename ... on OrderReturned { moneyBack pointsRestored pointsClawedBack account { active pending } }
      }
    }`,
    { id: order?.id },
  );
  // 167.00 over three socks is 55.66 + 55.67 + 55.67; the first sock took 55.34 in points.
  expect(returnOrder).toEqual({
    __typename: 'OrderReturned',
    moneyBack: '55.66',
    pointsRestored: 55,
    pointsClawedBack: 0,
    account: { active: 198 - 166 + 55, pending: 3 },
  });
  await page.context().close();
}, 90_000);

test('a known shopper earns without a code in at most twelve key presses', async () => {
  const { till, page } = await openTill();
  await till.signIn();
  await till.register('+79161234502', 'Вера');
  await till.add('STORY-DRESS');
  await till.record();
  await till.next();

  await till.add('STORY-DRESS');
  await page.keyboard.press('F2');
  let presses = 0;
  for (const key of [...'9161234502', 'Enter', 'Enter']) {
    await page.keyboard.press(key);
    presses += 1;
    if (key === 'Enter' && presses === 11) await till.byName('shopper-name').waitFor();
  }
  await till.byName('result').waitFor();
  expect(presses).toBe(12);
  await expect.poll(() => till.points('result-earned'), SOON).toBe(147);
  await page.context().close();
}, 60_000);

test('a sale needs no keyboard: fingers find the cashier, the shopper and the next step', async () => {
  const context = await browser.newContext({
    viewport: { width: 1024, height: 768 },
    locale: 'ru-RU',
    hasTouch: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const till = new Till(page, shop);
  await till.shopperWithPoints('+79161234503', 'Лидия', 100);
  await till.open();
  const { id, pin } = shop.credentials.cashier;
  await page.locator(`[data-test="cashier"][data-id="${id}"]`).tap();
  await till.tapDigits(pin);
  await till.byName('primary').tap();
  await till.stage('main').waitFor();

  await till.tapDigits('9161234503');
  await till.byName('primary').tap();
  await till.byName('shopper-name').waitFor();
  // Goods are scanned; a name is typed on the device's own keyboard.
  await till.byName('search').tap();
  await till.byName('search').fill('STORY-SCARF');
  await till.byName('found').tap();
  await till.quoted();
  await page.locator('[data-test="more"]').tap();
  await expect.poll(() => till.money('to-pay'), SOON).toBe('2580.00');
  await till.byName('primary').tap();
  await till.byName('result').waitFor();
  await expect.poll(() => till.points('result-earned'), SOON).toBe(75);
  await context.close();
}, 60_000);
