import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '@clientele/api/src/platform/ids.ts';
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

const RECORD = `mutation ($input: RecordEventsInput!) { recordEvents(input: $input) {
  ... on EventsRecorded { results { status } } ... on Refusal { code } } }`;

async function happen(source: string, ...events: object[]): Promise<void> {
  const occurredAt = new Date(Date.now() - 5_000).toISOString();
  await shop.ask(RECORD, {
    input: { source, events: events.map((event) => ({ id: newId(), occurredAt, deviceId: 'd', ...event })) },
  });
}

const view = (sku: string) => ({ kind: 'VIEW_PRODUCT', properties: { sku, price: '990.00' } });

test('what comes in is seen at once, by kind, paused and opened; its shopper is one press away', async () => {
  const { edges } = (
    await shop.ask<{ orders: { edges: { node: { profile: { id: string } | null } }[] } }>(
      '{ orders(first: 20) { edges { node { profile { id } } } } }',
    )
  ).orders;
  const id = edges.find(({ node }) => node.profile !== null)?.node.profile?.id ?? '';
  await happen(
    'site',
    view('before'),
    { kind: 'quiz_step', properties: { step: 1 } },
    { ...view('his'), profile: { id } },
  );
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  const { page } = admin;
  await admin.open('/data/events');
  const rows = page.locator('[data-test="row"]');
  await rows.nth(2).waitFor();
  expect(await page.getByText('не описан').count()).toBeGreaterThan(0);

  await happen('site', view('live-1'));
  await page.getByText('live-1').waitFor();
  expect(await rows.first().textContent()).toContain('Просмотр товара');

  await page.keyboard.press('p');
  await happen('site', view('live-2'), view('live-3'));
  await page.getByText('Показать 2 новых').waitFor();
  expect(await page.getByText('live-2').count()).toBe(0);
  await page.keyboard.press('p');
  await page.getByText('live-2').waitFor();

  await page.locator('[data-test="kind-count"]', { hasText: 'quiz_step' }).click();
  await page.waitForURL(/kinds=quiz_step/);
  await page.waitForFunction(() => document.querySelectorAll('[data-test="row"]').length === 1);
  await page.goBack();
  await admin.open('/data/events');

  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await admin.byName('json').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-test="row"]', { hasText: 'his' }).getByRole('button').click();
  expect(JSON.parse((await admin.byName('json').textContent()) ?? '')).toEqual({
    sku: 'his',
    price: '990.00',
  });
  expect(await admin.byName('open-shopper').getAttribute('href')).toContain(
    `/customers/${encodeURIComponent(id)}`,
  );
  expect(admin.complaints).toEqual([]);
  await admin.close();
});

test('a kind is described by the keyboard and checked from then on; who may not sees it and changes nothing', async () => {
  const integrator = await Admin.signedIn(browser, shop, ['INTEGRATOR']);
  await integrator.open('/data/event-kinds/new?code=fitting');
  const { page } = integrator;
  await page.getByLabel('Название по-русски').fill('Примерка');
  await page.getByLabel('Название по-английски').fill('Fitting');
  await integrator.byName('add-property').press('Enter');
  await page.getByLabel('Имя в JSON').fill('__proto__');
  await page.getByLabel('Обязательно: __proto__').press('Space');
  await page.keyboard.press('Control+s');
  await page.locator('.v-input--error').waitFor();
  await page.getByLabel('Имя в JSON').fill('size');
  await page.keyboard.press('Control+s');
  await page.waitForURL(/event-kinds$/);
  await page.getByText('Примерка').waitFor();
  const { recordEvents } = await shop.ask<{ recordEvents: { results: { status: string }[] } }>(RECORD, {
    input: {
      source: 'site',
      events: [{}, { size: 'M' }].map((properties) => ({
        id: newId(),
        kind: 'fitting',
        occurredAt: new Date().toISOString(),
        deviceId: 'd',
        properties,
      })),
    },
  });
  expect(recordEvents.results.map(({ status }) => status)).toEqual(['REJECTED', 'CREATED']);
  await integrator.close();

  const analyst = await Admin.signedIn(browser, shop, ['ANALYST']);
  await analyst.open('/data/event-kinds/fitting');
  await analyst.page.locator('fieldset[disabled]').waitFor();
  expect(await analyst.page.locator('[data-test="archive"], [data-test="save"]').count()).toBe(0);
  await analyst.close();
});
