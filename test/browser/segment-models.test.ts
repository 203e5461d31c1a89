import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Admin, type AdminLook } from './admin.ts';
import { findings, overflow } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { createDemoDatabase } from './demo-database.ts';
import { openShop, type Shop } from './shop.ts';

const LONG = 120_000;
const SOON = { timeout: 30_000, interval: 50 };

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(await createDemoDatabase()), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** People in a cell of the heat map; 0 where it says that nobody is there. */
async function peopleIn(admin: Admin, cell: string): Promise<number> {
  const counted = await admin.byName(`cell-${cell}`).locator('b').allInnerTexts();
  return Number.parseInt(counted[0] ?? '0', 10);
}

test('marked cells of the heat map become a segment of exactly these people', { timeout: LONG }, async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  await admin.open('/segments/rfm');
  expect(await admin.byName('window').innerText()).toMatch(
    /^Заказы за последние 365 дней. Валюта — российский рубль, возвраты вычтены. Посчитано .+ 300 покупателей.$/,
  );
  expect(await admin.byName('grid-total').innerText()).toMatch(/^300/);
  const people = (await peopleIn(admin, '55')) + (await peopleIn(admin, '44'));
  expect(people).toBeGreaterThan(0);
  for (const cell of ['55', '44']) {
    await admin.byName(`cell-${cell}`).focus();
    await admin.page.keyboard.press('Space');
    expect(await admin.byName(`cell-${cell}`).getAttribute('aria-pressed')).toBe('true');
  }
  await admin.byName('to-segment').click();
  await admin.page.waitForURL('**/segments/new');
  await admin.settled();
  await admin.byName('save').click();
  await admin.page.waitForURL(/segments\/(?!new)/);
  await expect
    .poll(async () => {
      const { segments } = await shop.ask<{ segments: { edges: { node: { size: number | null } }[] } }>(
        '{ segments(filter: { search: "RFM: R" }, first: 1) { edges { node { size } } } }',
      );
      return segments.edges[0]?.node.size;
    }, SOON)
    .toBe(people);
  expect(admin.complaints).toEqual([]);
  await admin.close();
});

test('a model by thresholds is made by its form, and its bounds are shown', { timeout: LONG }, async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  await admin.open('/segments/rfm/new');
  await admin.byName('name').locator('input').fill('Свои пороги');
  await admin.page.locator('input[value="THRESHOLDS"]').check();
  await admin.byName('recency-5').locator('input').fill('100');
  await admin.byName('save').click();
  // 90 days of score 4 do not follow 100 of score 5.
  await admin.byName('recency-4').locator('.v-messages__message').waitFor();
  await admin.byName('recency-5').locator('input').fill('20');
  await admin.byName('save').click();
  await admin.page.waitForURL(/segments\/rfm\?/);
  await admin.byName('bounds').waitFor();
  expect(await admin.byName('bounds').innerText()).toContain('до 20 дней');
  expect(await admin.byName('grid-total').innerText()).toMatch(/^300/);
  await admin.close();
});

test(
  'a model goes for ever after a warning, and stays while segments ask for it',
  { timeout: LONG },
  async () => {
    const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
    const make = async (name: string): Promise<string> => {
      const { saveRfmModel } = await shop.ask<{ saveRfmModel: { model: { id: string } } }>(
        `mutation ($input: SaveRfmModelInput!) { saveRfmModel(input: $input) { ... on RfmModelSaved { model { id } } } }`,
        { input: { name, window: { kind: 'ALWAYS' }, method: 'QUINTILES', currency: 'RUB' } },
      );
      return saveRfmModel.model.id;
    };
    const [asked, idle] = [await make('Нужная'), await make('Лишняя')];
    const counted = async () => {
      const asking = 'query ($id: ID!) { rfmModel(id: $id) { grid { buyers } } }';
      const { rfmModel } = await shop.ask<{ rfmModel: { grid: object | null } }>(asking, { id: asked });
      return rfmModel.grid;
    };
    await expect.poll(counted, SOON).toEqual({ buyers: 300 });
    const made = await shop.ask(
      `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { __typename } }`,
      {
        input: {
          name: 'По нужной модели',
          condition: { leaf: 'RFM', model: asked, recency: [5], frequency: [], monetary: [] },
        },
      },
    );
    expect(made).toEqual({ createSegment: { __typename: 'SegmentSaved' } });
    const remove = async (id: string): Promise<string> => {
      await admin.open(`/segments/rfm?model=${encodeURIComponent(id)}`);
      await admin.byName('delete-model').click();
      const warning = await admin.byName('confirm').innerText();
      await admin.byName('confirm-yes').click();
      return warning;
    };
    expect(await remove(asked)).toContain('Модель, её баллы и тепловая карта удаляются навсегда.');
    expect(await admin.byName('refusal').innerText()).toMatch(/поэтому она остаётся: По нужной модели/);
    await remove(idle);
    await admin.page.getByRole('tab', { name: 'Лишняя' }).waitFor({ state: 'detached' });
    const { rfmModels } = await shop.ask<{ rfmModels: { name: string }[] }>('{ rfmModels { name } }');
    expect(rfmModels.map(({ name }) => name)).toContain('Нужная');
    expect(rfmModels.map(({ name }) => name)).not.toContain('Лишняя');
    expect(admin.complaints).toEqual([]);
    await admin.close();
  },
);

test('stages follow the thresholds of the company, and add up to everybody', { timeout: LONG }, async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  await admin.open('/segments/lifecycle');
  const people = async (stage: string) =>
    Number.parseInt(await admin.byName(`stage-${stage}`).locator('.number').innerText(), 10);
  const before = await people('LOYAL');
  await admin.byName('loyalOrders').locator('input').fill('2');
  await admin.byName('save').click();
  // Counted in the background; the page shows it without being asked.
  await expect.poll(() => people('LOYAL'), SOON).toBeGreaterThan(before);
  const stages = ['PROSPECT', 'NEWCOMER', 'ONE_TIME', 'ACTIVE', 'LOYAL', 'COOLING', 'SLEEPING', 'LOST'];
  let all = 0;
  for (const stage of stages) all += await people(stage);
  expect([all, await people('ACTIVE')]).toEqual([300, 0]);
  await admin.close();
});

test.each<AdminLook>([
  { locale: 'ru-RU', colorScheme: 'light' },
  { locale: 'en-US', colorScheme: 'dark', viewport: { width: 1024, height: 768 } },
])('everybody can use the pages: $locale $colorScheme', { timeout: LONG }, async (look) => {
  const admin = await Admin.signedIn(browser, shop, ['ANALYST'], look);
  const owner = await Admin.signedIn(browser, shop, ['OWNER'], look);
  for (const path of ['/segments/rfm?cells=55', '/segments/lifecycle']) {
    for (const one of [admin, owner]) {
      await one.open(path);
      expect([path, await findings(one.page), await overflow(one.page)]).toEqual([path, [], 0]);
    }
  }
  await admin.close();
  await owner.close();
});
