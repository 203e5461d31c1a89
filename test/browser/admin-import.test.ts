import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { counted, importFile, windows1251 } from './admin-import.ts';
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

const BASE = windows1251(
  [
    'Код;Фамилия;Имя;Телефон;Дата рождения',
    'k-1;Несмеянова;Агриппина;8 (912) 555-10-01;05.03.1984',
    'k-2;Долгорукова;Пелагея;+7 912 555-10-02;',
    'k-3;Скуратова;Феврония;12345;',
    'k-4;Несмеянова;Ефросинья;8-912-555-10-04;31.12.1990',
  ].join('\r\n'),
);

async function found(admin: Admin, search: string): Promise<string[]> {
  await admin.open(`/customers?search=${encodeURIComponent(search)}`);
  const rows = admin.page.locator('[data-test="row"]');
  return (await rows.allTextContents()).map((text) => /[А-Я][а-яё]+ [А-Я][а-яё]+/.exec(text)?.[0] ?? text);
}

test('a marketer brings a base: guessed columns, a bad row told in words, shoppers found, all taken back', async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  await importFile(admin, { name: 'база.csv', bytes: BASE, source: 'kassa-2019' });
  const run = admin.page.url();
  expect([await counted(admin, 'CREATED'), await counted(admin, 'REJECTED')]).toEqual([3, 1]);
  const problem = (await admin.byName('problem').locator('td').allTextContents()).map((text) => text.trim());
  expect(problem.slice(0, 3)).toEqual(['4', 'Телефон', '12345']);

  expect(await found(admin, 'Несмеянова')).toHaveLength(2);
  expect(await found(admin, '89125551002')).toEqual(['Долгорукова Пелагея']);

  await admin.page.goto(run);
  await admin.byName('undo').click();
  await admin.byName('confirm-yes').click();
  await admin.byName('undone').waitFor();
  expect(await found(admin, 'Несмеянова')).toEqual([]);
  expect(admin.complaints).toEqual([]);
  await admin.close();
}, 120_000);
