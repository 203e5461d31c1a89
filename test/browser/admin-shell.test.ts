import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Admin } from './admin.ts';
import { findings } from './axe.ts';
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

test('by keys alone: a page in the wrong layout, a shopper by phone, the list of keys', async () => {
  await shop.ask(
    `mutation { upsertProfiles(input: { source: "story", profiles: [
      { externalId: "shell-1", phones: ["+79175550401"], givenName: "Гликерия", familyName: "Палитрова" }] }) { __typename } }`,
  );
  const admin = await Admin.signedIn(browser, shop, ['OWNER']);
  const { keyboard } = admin.page;
  await admin.open('/');

  await keyboard.press('Control+k');
  await admin.byName('palette').waitFor();
  await keyboard.type('gjregf');
  await admin.page.getByRole('option', { name: 'Покупатели' }).waitFor();
  expect(await findings(admin.page)).toEqual([]);
  await keyboard.press('Enter');
  await admin.page.waitForURL('**/admin/customers');

  await keyboard.press('Control+k');
  await admin.byName('palette').waitFor();
  await keyboard.type('89175550401');
  await admin.page.getByRole('option', { name: 'Гликерия' }).waitFor();
  await keyboard.press('Enter');
  await admin.page.waitForURL('**/admin/customers/*');
  await admin.page.getByRole('heading', { name: /Палитрова/ }).waitFor();

  await keyboard.press('F1');
  await admin.page.getByRole('dialog', { name: 'Клавиши' }).waitFor();
  expect(await findings(admin.page)).toEqual([]);
  await keyboard.press('Escape');
  await admin.page.getByRole('dialog', { name: 'Клавиши' }).waitFor({ state: 'hidden' });
  expect(admin.complaints).toEqual([]);
  await admin.close();
}, 60_000);

test('language and look are chosen once and stay', async () => {
  const admin = await Admin.signedIn(browser, shop, ['ANALYST']);
  const { page } = admin;
  await admin.open('/customers');
  await page.getByRole('button', { name: 'Вы вошли как' }).click();
  await page.getByLabel('English').check();
  await page.getByLabel('Dark').check();
  await admin.open('/customers');
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(await page.title()).toBe('Shoppers · Clientele');
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(18, 20, 22)');
  await admin.close();
}, 60_000);

test('the server is away: it is said, and the page comes with the next try', async () => {
  const admin = await Admin.signedIn(browser, shop, ['OWNER']);
  const { page } = admin;
  await admin.open('/customers');
  await page.route('**/graphql', (route) => route.abort());
  await page.getByRole('link', { name: 'Настройки' }).click();
  await admin.byName('error-card').waitFor();
  expect(await admin.byName('error-card').textContent()).toContain('Нет связи с сервером');
  await page.unroute('**/graphql');
  await admin.byName('retry').click();
  await page.getByText('Северный ветер').first().waitFor();
  await admin.close();
}, 60_000);
