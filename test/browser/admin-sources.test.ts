import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Admin } from './admin.ts';
import { launchChromium } from './chromium.ts';
import { createDemoDatabase } from './demo-database.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(await createDemoDatabase()), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

const BRING = `mutation ($input: UpsertProductsInput!) { upsertProducts(input: $input) {
  ... on ProductsUpserted { results { sku status } } ... on Refusal { code } } }`;

async function bring(source: string, ...products: object[]): Promise<void> {
  await shop.ask(BRING, { input: { source, products } });
}

test('what a source sent wrong is seen in words, corrected, taken, and its neighbours were taken before', async () => {
  const good = { sku: 'story-1', name: 'Пальто', price: '12990.00' };
  const bad = ['story-2', 'story-3', 'story-4'].map((sku) => ({ sku, name: 'Шарф', price: '19.999' }));
  await bring('1c-story', good, ...bad);
  const admin = await Admin.signedIn(browser, shop, ['INTEGRATOR']);
  const { page } = admin;
  await admin.open('/data/sources');
  await page.getByRole('link', { name: '1c-story' }).click();
  await page.getByRole('heading', { name: 'Отклонённые записи' }).waitFor();
  const rows = page.locator('[data-test="row"]');
  await rows.nth(2).waitFor();
  expect(await rows.first().textContent()).toContain('цена: Так не бывает: проверьте запись');

  await page.getByText('story-2').click();
  await page.locator('[data-test="edit"]').click();
  const content = page.getByRole('textbox', { name: 'Содержимое' });
  await content.fill('{ "sku": "story-2", ');
  await page.locator('[data-test="replay"]').click();
  await page.getByText('Это не JSON').waitFor();
  await content.fill('{ "sku": "story-2", "name": "Шарф", "price": "1999.00" }');
  await page.locator('[data-test="replay"]').click();
  await page.getByText('Запись принята').waitFor();

  await page.getByText('story-3').click();
  await page.locator('[data-test="dismiss"]').click();
  await page.getByRole('textbox', { name: 'Причина' }).fill('такого товара больше нет');
  await page.keyboard.press('Enter');
  await page.getByText('Запись отброшена').waitFor();

  await page.locator('[data-test="primary"]').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Повторить все' }).click();
  await page.getByText('Принято 0, снова отклонено 1').waitFor();

  const { product } = await shop.ask<{ product: { price: string } | null }>(
    '{ product(ref: { sku: "story-2" }) { price } }',
  );
  expect(product?.price).toBe('1999.00');
  expect(admin.complaints).toEqual([]);
  await admin.close();
});

test('an analyst sees the state of the base and what was sent, and changes nothing', async () => {
  await bring('1c-analyst', { sku: 'analyst-1', price: 'no' });
  const analyst = await Admin.signedIn(browser, shop, ['ANALYST']);
  await analyst.open('/data/sources/PRODUCTS~1c-analyst');
  const { page } = analyst;
  await page.locator('[data-test="row"]').first().click();
  await page.locator('[data-test="rejected"]').waitFor();
  expect(
    await page.locator('[data-test="replay"], [data-test="primary"], [data-test="settings"]').count(),
  ).toBe(0);
  await analyst.close();
});

test('the base is looked over while somebody watches, and the work is listed', async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  const { page } = admin;
  await admin.open('/data/hygiene');
  await page.getByText('База ещё не проверялась').waitFor();
  await page.locator('[data-test="primary"]').click();
  await page.getByText('Чего не хватает').waitFor();
  await page.getByText(/300 покупателей в базе/).waitFor();
  await admin.open('/tasks');
  await page.locator('[data-test="row"]').first().waitFor();
  expect(await page.locator('[data-test="row"]').first().textContent()).toContain('Проверка базы');
  expect(admin.complaints).toEqual([]);
  await admin.close();
});
