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

async function segment(name: string): Promise<{ id: string; size: number; usedIn: { name: string }[] }> {
  const { segments } = await shop.ask<{
    segments: { edges: { node: { id: string; size: number; usedIn: { name: string }[] } }[] };
  }>(
    `query ($search: String) { segments(filter: { search: $search }, first: 1) {
      edges { node { id size usedIn { name } } } } }`,
    { search: name },
  );
  const [found] = segments.edges;
  if (found === undefined) throw new Error(`there is no segment ${name}`);
  return found.node;
}

test(
  'a marketer wins back the sleeping but for those without e-mail: chosen by name, told in a sentence, kept from then on',
  { timeout: LONG },
  async () => {
    const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
    const { page } = admin;
    const { size } = await segment('Купили один раз');
    await admin.open('/offers/new');
    await admin.byName('preset-winBack').click();
    const audience = admin.byName('audience');
    await audience.locator('.sentence').click();
    await audience.locator('[data-test="segments"] .v-field').click();
    await page.keyboard.type('один');
    const option = page.getByRole('option', { name: 'Купили один раз' });
    await option.waitFor();
    expect(await option.innerText()).toContain(String(size));
    await option.click();
    await page.keyboard.press('Escape');
    await audience.locator('[data-test="except-segments"] .v-field').click();
    await page.keyboard.type('e-mail');
    await page.getByRole('option', { name: 'Нет e-mail' }).click();
    await page.keyboard.press('Escape');
    expect(await findings(page)).toEqual([]);
    expect(await audience.locator('.sentence').innerText()).toBe(
      'Для сегмента «Купили один раз», кроме покупателей из сегмента «Нет e-mail»',
    );
    await page.locator('[data-test="name"] input').fill('Вернуть из рассказа');
    await admin.byName('save').click();
    await page.waitForURL(/\/offers\/(?!new)/);
    await admin.settled();
    await admin.byName('primary').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByText('Акция опубликована').waitFor();
    for (const name of ['Купили один раз', 'Нет e-mail'])
      expect((await segment(name)).usedIn).toEqual([
        expect.objectContaining({ name: 'Вернуть из рассказа' }),
      ]);
    expect(admin.complaints).toEqual([]);
    await admin.close();
  },
);

test(
  'the list of customers is narrowed by segments, and a card tells why somebody is in one',
  { timeout: LONG },
  async () => {
    const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
    const { page } = admin;
    const { id, size } = await segment('Спящие полгода');
    await admin.open(`/customers?segment=${encodeURIComponent(id)}`);
    await page.getByText(`Найдено: ${size}`).waitFor();
    const chips = admin.byName('segment-chips');
    expect(await chips.innerText()).toContain('В сегменте «Спящие полгода»');
    expect(await findings(page)).toEqual([]);
    const { customers } = await shop.ask<{ customers: { edges: { node: { profile: { id: string } } }[] } }>(
      `query ($id: ID!) { customers(filter: { segmentId: $id }, first: 1) { edges { node { profile { id } } } } }`,
      { id },
    );
    await chips.getByRole('button').click();
    await page.getByText('Найдено: 300').waitFor();
    expect(page.url()).not.toContain('segment=');
    // In every one of several, and in none of others: each a chip of its own.
    const other = await segment('Купили один раз');
    const { both } = await shop.ask<{ both: { count: number } }>(
      `query ($ids: [ID!]) { both: customersCount(filter: { segmentIds: $ids }) { count } }`,
      { ids: [id, other.id] },
    );
    expect(both.count).toBeGreaterThan(0);
    expect(both.count).toBeLessThan(size);
    await admin.open(`/customers?segment=${encodeURIComponent(id)}&segment=${encodeURIComponent(other.id)}`);
    await page.getByText(`Найдено: ${both.count}`).waitFor();
    expect(await chips.getByRole('button').count()).toBe(2);
    await chips.getByRole('button', { name: 'Купили один раз' }).click();
    await page.getByText(`Найдено: ${size}`).waitFor();
    expect(await chips.innerText()).toBe('В сегменте «Спящие полгода»');
    await admin.open(`/customers/${encodeURIComponent(customers.edges[0]?.node.profile.id ?? '')}`);
    await page.getByRole('button', { name: 'Почему в сегменте «Спящие полгода»' }).click();
    await page.getByText('Без новых событий выйдет').waitFor();
    expect(await admin.byName('why').innerText()).toMatch(/Последняя покупка .*\n?последняя \d+ /);
    expect(await findings(page)).toEqual([]);
    expect(admin.complaints).toEqual([]);
    await admin.close();
  },
);
