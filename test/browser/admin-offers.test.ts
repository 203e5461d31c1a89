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

const LONG = 120_000;

interface Known {
  state: string;
  revision: number;
  rules: { benefits: unknown[] };
}

async function promotion(search: string): Promise<Known | undefined> {
  const { promotions } = await shop.ask<{ promotions: { edges: { node: Known }[] } }>(
    `query ($search: String!) { promotions(filter: { search: $search }) {
      edges { node { state revision rules } } } }`,
    { search },
  );
  return promotions.edges[0]?.node;
}

async function orderOf(group: string): Promise<string[]> {
  const { promotionGroups } = await shop.ask<{
    promotionGroups: { name: string; promotions: { name: string }[] }[];
  }>('{ promotionGroups { name promotions { name } } }');
  return promotionGroups.find(({ name }) => name === group)?.promotions.map(({ name }) => name) ?? [];
}

test(
  'a marketer writes a promotion from a preset, publishes it, changes it and takes the change back',
  { timeout: LONG },
  async () => {
    const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
    const { page } = admin;
    await admin.open('/offers/new');
    await admin.byName('preset-percent').click();
    await page.locator('[data-test="benefits-0"] .sentence').click();
    await page.locator('[data-test="benefits-0"] [data-test="goods"]').click();
    await page.getByText('Перчатки', { exact: true }).click();
    expect(await findings(page)).toEqual([]);
    await admin.byName('take').click();
    await page.locator('[data-test="name"] input').fill('Перчатки из рассказа');
    await admin.byName('save').click();
    await page.waitForURL(/\/offers\/(?!new)/);
    await admin.settled();
    const given = [
      { kind: 'PERCENT', rateBp: 1_000, goods: { only: { categories: ['Аксессуары/Перчатки'] } } },
    ];
    expect(await promotion('Перчатки из рассказа')).toMatchObject({
      state: 'DRAFT',
      rules: { benefits: given },
    });

    await admin.byName('primary').click();
    await page.getByRole('dialog').getByText('Кассы увидят акцию').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByText('Акция опубликована').waitFor();
    expect(await promotion('Перчатки из рассказа')).toMatchObject({ state: 'LIVE', revision: 1 });

    await page.locator('[data-test="benefits-0"] .sentence').click();
    await page.locator('[data-test="arg-rateBp"] input').fill('12,5');
    await page.keyboard.press('Control+s');
    await page.getByText('Акция сохранена').waitFor();
    expect(await promotion('Перчатки из рассказа')).toMatchObject({
      revision: 2,
      rules: { benefits: [{ rateBp: 1_250 }] },
    });
    const toast = page
      .locator('li, div')
      .filter({ hasText: /^Акция сохранена/ })
      .last();
    await toast.getByRole('button', { name: 'Отменить' }).click();
    await page.getByText('Вернули то, что было в редакции 1').waitFor();
    expect(await promotion('Перчатки из рассказа')).toMatchObject({
      revision: 3,
      rules: { benefits: given },
    });
    expect(admin.complaints).toEqual([]);
    await admin.close();
  },
);

test(
  'promotions of a group are ordered by keys alone, and the focus goes with them',
  { timeout: LONG },
  async () => {
    const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
    const { page } = admin;
    const [first = '', second = '', third = ''] = await orderOf('Что выгоднее');
    await admin.open('/offers/groups');
    const handle = page.getByRole('button', { name: `Переместить: ${first}.` });
    await handle.focus();
    for (const place of [2, 3]) {
      await page.keyboard.press('ArrowDown');
      await page.getByText(`${first}: место ${place} из`).waitFor({ state: 'attached' });
      await expect
        .poll(() => orderOf('Что выгоднее'))
        .toSatisfy((order: string[]) => order[place - 1] === first);
      await expect.poll(() => handle.evaluate((button) => button === document.activeElement)).toBe(true);
    }
    expect((await orderOf('Что выгоднее')).slice(0, 3)).toEqual([second, third, first]);
    expect(admin.complaints).toEqual([]);
    await admin.close();
  },
);

test('a receipt is tried for a new member, and every promotion says why', { timeout: LONG }, async () => {
  const admin = await Admin.signedIn(browser, shop, ['ANALYST']);
  const { page } = admin;
  const basket = encodeURIComponent('AN01-1*3@333.00');
  await admin.open(`/offers/test?store=MSK&who=UNKNOWN&at=2026-11-23T15:00:00.000Z&lines=${basket}`);
  await admin.byName('to-pay').getByText('666').waitFor();
  await page.getByText('в чеке нет подходящих товаров').first().waitFor();
  await page.locator('[data-test="who-NEW"]').click();
  await page.getByText('уступила акции «Три по цене двух»').first().waitFor();
  expect(await findings(page)).toEqual([]);
  expect(admin.complaints).toEqual([]);
  await admin.close();
});
