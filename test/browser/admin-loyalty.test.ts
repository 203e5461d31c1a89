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

/** Number of the version that holds. */
async function holding(): Promise<number> {
  const { programs } = await shop.ask<{ programs: { versions: { number: number; state: string }[] }[] }>(
    '{ programs { versions { number state } } }',
  );
  return programs[0]?.versions.find(({ state }) => state === 'HOLDS')?.number ?? 0;
}

/** What a purchase of 1 990.00 of a good nobody knows would earn now, asked as a partner asks. */
async function earnedNow(): Promise<number> {
  const { previewOrder } = await shop.ask<{ previewOrder: { earning: { points: number } } }>(
    `query ($input: OrderDraftInput!) { previewOrder(input: $input) {
      ... on Refusal { code message } ... on OrderQuote { earning { points } } } }`,
    {
      input: {
        storeCode: shop.credentials.till.storeCode,
        channel: 'STORE',
        lines: [{ sku: 'nobody-knows-it', name: 'Товар', quantity: '1', unitPrice: '1990.00' }],
      },
    },
  );
  return previewOrder.earning.points;
}

/** Until the server has what was written: the words on the screen may be those of before. */
async function saved(admin: Admin, what: RegExp): Promise<void> {
  await expect
    .poll(
      async () => {
        const { programs } = await shop.ask<{ programs: { draft: { settings: unknown } }[] }>(
          '{ programs { draft { settings } } }',
        );
        return JSON.stringify(programs[0]?.draft.settings);
      },
      { timeout: 15_000 },
    )
    .toMatch(what);
  await admin.byName('draft-state').getByText('Черновик сохранён').waitFor();
}

/** The preset's step in a draft, whatever the order of its keys. */
function pointsOf(points: string): RegExp {
  return new RegExp(`"RUB":\\{[^}]*"points":${points}[,}]`);
}

/** Opens the preset's rule and writes other points for each full 100 ₽. */
async function writePoints(admin: Admin, points: string): Promise<void> {
  await admin.open('/loyalty/program/edit?open=rule.purchase');
  await admin.byName('points-RUB').locator('input').fill(points);
  await saved(admin, pointsOf(points));
}

test('rules are changed as a sentence, compared, published, earned by — and taken back', async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER'], {}, { name: 'Ольга' });
  const former = await holding();
  expect(await earnedNow()).toBe(57);
  await writePoints(admin, '5');
  expect(await admin.byName('example').innerText()).toBe('1 990 ₽ → 95 баллов');
  expect(await earnedNow()).toBe(57);
  await admin.byName('primary').click();
  const difference = admin.byName('difference');
  await difference.waitFor();
  expect(await difference.innerText()).toContain('3 балла за каждые полные 100 ₽');
  expect(await difference.innerText()).toContain('5 баллов за каждые полные 100 ₽');
  await admin.byName('note').locator('textarea').first().fill('Проверяем, не слишком ли щедро');
  await admin.byName('publish').click();
  await admin.page.getByText('Новые правила действуют').waitFor();
  expect(await earnedNow()).toBe(95);

  await admin.open('/loyalty/program/versions');
  const published = await holding();
  expect(published).toBeGreaterThan(former);
  const row = admin.byName(`version-${published}`);
  expect(await row.innerText()).toContain('Проверяем, не слишком ли щедро');
  expect(await row.innerText()).toContain('Ольга');
  await row.locator('[data-test="compare"]').click();
  await admin.byName('difference').getByText('5 баллов за каждые полные 100 ₽').waitFor();
  expect(admin.page.url()).toContain(`b=${published}`);
  await admin.byName(`version-${former}`).locator('[data-test="take-up"]').click();
  await admin.byName('publish').click();
  await admin.page.getByText('Новые правила действуют').waitFor();
  expect(await earnedNow()).toBe(57);
  expect(admin.complaints).toEqual([]);
  await admin.close();
});

test('a wrong number keeps the draft from being published; undo brings the right one back', async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  await admin.open('/loyalty/program/edit?open=freeze');
  const field = admin.byName('freeze-days').locator('input');
  const before = await field.inputValue();
  await field.fill('много');
  await admin.byName('problems').waitFor();
  expect(await admin.byName('primary').isDisabled()).toBe(true);
  expect(await admin.byName('item-freeze').innerText()).toContain('Правило заполнено не до конца');
  await admin.byName('undo').click();
  await admin.byName('problems').waitFor({ state: 'detached' });
  expect(await field.inputValue()).toBe(before);
  await admin.byName('draft-state').getByText('Черновик сохранён').waitFor();
  await admin.page.reload();
  await admin.settled();
  expect(await admin.byName('freeze-days').locator('input').inputValue()).toBe(before);
  await admin.close();
});

test('a draft is thrown away: the rules are as they were published', async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  await writePoints(admin, '9');
  await admin.open('/loyalty/program/publish');
  await admin.byName('discard').click();
  await admin.byName('confirm-yes').click();
  await admin.byName('mode-banner').waitFor();
  expect(await admin.byName('has-draft').count()).toBe(0);
  await admin.open('/loyalty/program/edit?open=rule.purchase');
  expect(await admin.byName('points-RUB').locator('input').inputValue()).toBe('3');
  expect(admin.complaints).toEqual([]);
  await admin.close();
});

test('of two who write the same draft the later sees the difference and chooses', async () => {
  const [one, two] = await Promise.all([
    Admin.signedIn(browser, shop, ['MARKETER'], {}, { name: 'Ольга' }),
    Admin.signedIn(browser, shop, ['MARKETER'], {}, { name: 'Пётр' }),
  ]);
  await Promise.all([one, two].map((admin) => admin.open('/loyalty/program/edit?open=rule.purchase')));
  await one.byName('points-RUB').locator('input').fill('7');
  await saved(one, pointsOf('7'));
  await two.byName('points-RUB').locator('input').fill('8');
  const dialog = two.byName('conflict');
  await dialog.waitFor();
  expect(await dialog.innerText()).toContain('Ольга');
  expect(await dialog.innerText()).toContain('7 баллов за каждые полные 100 ₽');
  expect(await dialog.innerText()).toContain('8 баллов за каждые полные 100 ₽');
  await two.byName('take-theirs').click();
  await dialog.waitFor({ state: 'detached' });
  expect(await two.byName('points-RUB').locator('input').inputValue()).toBe('7');
  expect([...one.complaints, ...two.complaints]).toEqual([]);
  await Promise.all([one.close(), two.close()]);
});

test('rules are planned for a moment, seen as planned, and withdrawn', async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  await writePoints(admin, '4');
  await admin.byName('primary').click();
  await admin.page.getByLabel('В назначенный момент').check();
  await admin.byName('when-date').locator('input').fill('2030-01-01');
  await admin.byName('when-time').locator('input').fill('09:00');
  await admin.byName('publish').click();
  await admin.byName('planned').waitFor();
  expect(await admin.byName('planned').innerText()).toContain('1 янв. 2030 г., 09:00');
  expect(await earnedNow()).toBe(57);
  await admin.open('/loyalty/program/versions');
  await admin.byName('withdraw').click();
  await admin.byName('confirm-yes').click();
  await admin.page.getByText('Отозвана', { exact: true }).first().waitFor();
  await admin.open('/loyalty/program');
  expect(await admin.byName('planned').count()).toBe(0);
  expect(admin.complaints).toEqual([]);
  await admin.close();
});

test('a launch is planned with a countdown, and the tills know at once', async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  await admin.open('/loyalty/program/mode');
  await admin.byName('mode-LAUNCH').check();
  await admin.byName('when-date').locator('input').fill('2030-01-01');
  await admin.byName('save-mode').click();
  expect(await admin.byName('confirm').innerText()).toContain('во всех магазинах');
  await admin.byName('confirm-yes').click();
  await admin.byName('countdown').waitFor();
  const modeOf = async () => {
    const { programs } = await shop.ask<{ programs: { mode: string; liveAt: string | null }[] }>(
      '{ programs { mode liveAt } }',
    );
    return programs[0];
  };
  expect(await modeOf()).toEqual({ mode: 'EARN_ONLY', liveAt: '2030-01-01T06:00:00.000Z' });
  await admin.byName('mode-LIVE').check();
  await admin.byName('save-mode').click();
  await admin.byName('confirm-yes').click();
  await admin.byName('mode-banner').getByText('Работает').waitFor();
  expect((await modeOf())?.mode).toBe('LIVE');
  expect(admin.complaints).toEqual([]);
  await admin.close();
});

test('by keys alone: a sentence opens, its number changes, the draft is saved', async () => {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
  await admin.open('/loyalty/program/edit');
  await admin.byName('item-freeze').locator('button.sentence').focus();
  await admin.page.keyboard.press('Enter');
  await admin.byName('freeze-days').waitFor();
  await admin.page.keyboard.press('Tab');
  await admin.page.keyboard.press('ControlOrMeta+a');
  await admin.page.keyboard.type('7');
  await saved(admin, /"freezeDays":7,/);
  expect(await admin.byName('item-freeze').innerText()).toContain('через 7 дней');
  await admin.close();
});
