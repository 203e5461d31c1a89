import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase } from '@clientele/api/src/testing/test-database.ts';
import { Admin } from './admin.ts';
import { launchChromium } from './chromium.ts';
import { Marketer } from './marketer.ts';
import { openShop, type Shop } from './shop.ts';
import { Till } from './till.ts';

/** How long the screen may take on a busy machine before a story gives up. */
const PATIENCE_MS = 15_000;
/** The screen follows within this time. */
const SOON = { timeout: 10_000, interval: 20 };
const LONG = 180_000;
const DAY_MS = 86_400_000;
const MOSCOW_MS = 3 * 3_600_000;
const AFTERNOON_MS = 6 * 3_600_000;
const SATURDAY = 6;

let shop: Shop;
let browser: Browser;
/** The Saturday the stories are told on. */
let saturday: string;

beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(await createTestDatabase()), launchChromium()]);
  await beginPlain();
});

beforeEach(async () => {
  saturday = await waitForSaturday();
});

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** The clock of the demo company goes on to noon of a Saturday, unless it is an afternoon of one. @returns its day */
async function waitForSaturday(): Promise<string> {
  const now = shop.app.context().clock.now().getTime() + MOSCOW_MS;
  let noon = Math.floor(now / DAY_MS) * DAY_MS + DAY_MS / 2;
  while (new Date(noon).getUTCDay() !== SATURDAY || noon + AFTERNOON_MS < now) noon += DAY_MS;
  if (noon > now) await later(`PT${Math.ceil((noon - now) / 60_000)}M`);
  return new Date(noon).toISOString().slice(0, 10);
}

async function later(by: string): Promise<void> {
  await shop.ask('mutation ($by: String!) { advanceDemoClock(input: { by: $by }) { now } }', { by });
}

/** Without what the demo company has thought of already: its promotions, multipliers and points for actions. */
async function beginPlain(): Promise<void> {
  const { promotions, programs } = await shop.ask<{
    promotions: { edges: { node: { id: string; version: number } }[] };
    programs: { id: string; settings: object; draft: { version: number } }[];
  }>(`{ promotions(first: 50, filter: { phases: [RUNNING, PLANNED, PAUSED] }) { edges { node { id version } } }
        programs { id settings draft { version } } }`);
  for (const { node } of promotions.edges)
    await shop.ask(
      `mutation ($id: ID!, $version: Int!) { setPromotionState(id: $id, version: $version, state: ENDED) { __typename } }`,
      node,
    );
  const [program] = programs;
  if (program === undefined) throw new Error('the demo company has no program');
  const { saveProgramDraft } = await shop.ask<{ saveProgramDraft: { program: typeof program } }>(
    `mutation ($input: SaveProgramDraftInput!) { saveProgramDraft(input: $input) {
      ... on ProgramSaved { program { id draft { version } } } } }`,
    {
      input: {
        programId: program.id,
        version: program.draft.version,
        settings: { ...program.settings, multipliers: [], actions: [] },
      },
    },
  );
  await shop.ask(
    `mutation ($input: PublishProgramVersionInput!) { publishProgramVersion(input: $input) { __typename } }`,
    { input: { programId: program.id, version: saveProgramDraft.program.draft.version } },
  );
}

function mondayAfter(day: string): string {
  return new Date(Date.parse(day) + 2 * DAY_MS).toISOString().slice(0, 10);
}

/** So many days after the Saturday of the story, as the till writes it: "12 декабря". */
function dayAfter(days: number): string {
  return new Intl.DateTimeFormat('ru', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    Date.parse(saturday) + days * DAY_MS,
  );
}

/** Somebody in the program: with a tier given, with a birthday. */
async function aShopper(
  phone: string,
  givenName: string,
  { tier, birthDate }: { tier?: string; birthDate?: string } = {},
): Promise<void> {
  await shop.ask(
    `mutation ($profile: ProfileInput!, $points: AdjustPointsInput!) {
      upsertProfiles(input: { source: "story", profiles: [$profile] }) { __typename }
      adjustPoints(input: $points) { __typename }
    }`,
    {
      profile: { externalId: phone, phones: [phone], givenName, ...(birthDate ? { birthDate } : {}) },
      points: { requestId: `in-${phone}`, profile: { phone }, points: 10, reason: 'A gift' },
    },
  );
  if (tier === undefined) return;
  const { setTierFloor } = await shop.ask<{ setTierFloor: { __typename: string } }>(
    `mutation ($input: SetTierFloorInput!) { setTierFloor(input: $input) { __typename } }`,
    { input: { requestId: `tier-${phone}`, profile: { phone }, tier, reason: 'A story' } },
  );
  expect(setTierFloor.__typename).toBe('TierFloorSet');
}

async function atWork(): Promise<{ marketer: Marketer; till: Till; close: () => Promise<void> }> {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER'], {}, { name: 'Ольга' });
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'ru-RU' });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const till = new Till(page, shop);
  await Promise.all([admin.open('/'), till.open()]);
  await till.signIn();
  return {
    marketer: new Marketer(admin),
    till,
    close: async () => {
      expect(admin.complaints).toEqual([]);
      await Promise.all([admin.close(), context.close()]);
    },
  };
}

test('gold shoppers get twice the points for shoes on weekends', { timeout: LONG }, async () => {
  await aShopper('+79161230001', 'Галина', { tier: 'GOLD' });
  const { marketer, till, close } = await atWork();
  const { admin, page } = marketer;
  await marketer.editRules();
  await marketer.button('Добавить множитель').click();
  const rule = admin.byName('item-multiplier.multiplier');
  await rule.getByRole('textbox', { name: 'Во сколько раз больше' }).fill('2');
  await marketer.takeCategory(rule, 'Обувь');
  await rule.getByText('Только некоторым покупателям').click();
  await marketer.choose('Уровни', 'Золотой', rule);
  await page.keyboard.press('Escape');
  await rule.getByText('Только в некоторые дни и часы').click();
  await rule.getByRole('button', { name: 'сб' }).click();
  await rule.getByRole('button', { name: 'вс' }).click();
  await marketer.publishRules('Золотые чаще приходят за обувью по выходным');

  await page.getByRole('link', { name: 'Проверить на чеке' }).click();
  const shoes = { goods: [['FM01-1', 1]], phone: '+79161230001' } as const;
  await marketer.tryReceipt({ ...shoes, at: { day: saturday, hour: '18:30' } });
  await expect.poll(() => marketer.triedPoints(), SOON).toBe('594');
  expect(await marketer.verdict('3 балла за каждые полные 100 ₽')).toContain('множитель ×2');
  await marketer.tryReceipt({ ...shoes, at: { day: mondayAfter(saturday), hour: '18:30' } });
  await expect.poll(() => marketer.triedPoints(), SOON).toBe('297');
  await aShopper('+79161230004', 'Света');
  await marketer.tryReceipt({ ...shoes, phone: '+79161230004', at: { day: saturday, hour: '18:30' } });
  await expect.poll(() => marketer.triedPoints(), SOON).toBe('297');

  await till.recogniseWithoutCode('+79161230001');
  await till.add('FM01-1');
  expect(await till.points('earning')).toBe(594);
  await till.record();
  expect(await till.points('result-earned')).toBe(594);
  await close();
});

test('a code for the next purchase; socks three for two do not go with it', { timeout: LONG }, async () => {
  const phone = '+79161230002';
  await aShopper(phone, 'Нина');
  const { marketer, till, close } = await atWork();
  const { admin, page } = marketer;
  await marketer.newPromotion('Скидка по промокоду');
  await marketer.rename('Минус 10 % по коду');
  await marketer.saveDraft();
  await page.getByRole('link', { name: 'Сделать серию промокодов' }).click();
  await page.locator('[data-test="pattern"]').waitFor();
  await page.getByRole('textbox', { name: 'Название' }).fill('После покупки');
  await page.getByRole('textbox', { name: 'Шаблон' }).fill('AGAIN-####');
  await page.locator('[data-test="days"] input').fill('30');
  await admin.byName('save').click();
  await page.getByText('Серия сохранена').waitFor();
  await admin.settled();
  await marketer.go('Предложения', 'Акции');
  await page.getByRole('link', { name: 'Минус 10 % по коду' }).click();
  await admin.settled();
  await marketer.publishPromotion();

  await marketer.newPromotion('Код на следующую покупку');
  await marketer.choose('Серия промокодов', 'После покупки');
  await marketer.saveDraft();
  await page.getByText('за 90 дней получили бы акцию').waitFor();
  await marketer.publishPromotion();

  const dress = { goods: [['WD01-1', 1]], phone } as const;
  await page.getByRole('link', { name: 'Проверить на чеке' }).click();
  await marketer.tryReceipt(dress);
  await expect.poll(() => marketer.triedSum(), SOON).toBe('4990.00');
  await till.recogniseWithoutCode(phone);
  await till.add('WD01-1');
  expect(await till.money('to-pay')).toBe('4990.00');
  await till.record();
  const code = (await till.byName('result-code').locator('b').textContent()) ?? '';
  expect(code).toMatch(/^AGAIN-\w{4}$/);
  expect(await till.byName('result-code').innerText()).toContain(`действует до ${dayAfter(30)}`);
  await till.next();

  await marketer.tryReceipt({ ...dress, codes: [code] });
  await expect.poll(() => marketer.triedSum(), SOON).toBe('4491.00');
  await till.recogniseWithoutCode(phone);
  await till.add('WD01-1');
  await till.promoCode(code);
  expect(await till.saidOfCode(code)).toBe('принят: −499,00 ₽');
  expect(await till.money('to-pay')).toBe('4491.00');
  await till.record();
  expect(await till.money('result-saved')).toBe('499.00');
  const second = (await till.byName('result-code').locator('b').textContent()) ?? '';
  await till.next();
  await till.recogniseWithoutCode(phone);
  await till.add('AN01-1', 3);
  await till.promoCode(code);
  expect(await till.saidOfCode(code)).toBe('уже использован');
  await till.byName('promo-remove').click();
  await till.quoted();

  await marketer.go('Предложения', 'Группы акций');
  await marketer.button('Новая группа').click();
  const group = page.getByRole('region', { name: 'Новая группа' });
  await group.getByRole('textbox', { name: 'Название группы' }).fill('Одно из двух');
  await page.keyboard.press('Enter');
  const renamed = page.getByRole('region', { name: 'Одно из двух' });
  await page.getByText('Группа сохранена').waitFor();
  await marketer.choose('Как акции уживаются', 'Первая подошедшая на чек', renamed);
  await renamed.getByText('Срабатывает первая подошедшая').waitFor();
  await marketer.newPromotion('Три по цене двух');
  await page.locator('[data-test="benefits-0"] .sentence').click();
  await marketer.takeCategory(page.locator('[data-test="benefits-0"]'), 'Носки и колготки');
  await marketer.rename('Носки: три по цене двух');
  await marketer.choose('Группа акций', 'Одно из двух');
  await marketer.saveDraft();
  await marketer.publishPromotion();
  await marketer.go('Предложения', 'Группы акций');
  const byCode = page.getByRole('listitem').filter({ hasText: 'Минус 10 % по коду' }).last();
  await byCode.getByRole('button', { name: 'В другую группу' }).click();
  await page.getByRole('menu').or(page.locator('.v-list')).getByText('Одно из двух').last().click();
  await renamed.getByRole('link', { name: 'Минус 10 % по коду' }).waitFor();

  const socks = { goods: [['AN01-1', 3]], phone, codes: [second] } as const;
  await marketer.go('Предложения', 'Проверка на чеке');
  await marketer.tryReceipt(socks);
  await expect.poll(() => marketer.triedSum(), SOON).toBe('666.00');
  await page.getByText(`${second} — уступил другой акции`).waitFor();
  expect(await marketer.verdict('Минус 10 % по коду')).toContain('уступила акции «Носки: три по цене двух»');
  await till.promoCode(second);
  expect(await till.saidOfCode(second)).toBe('не складывается с другой скидкой');
  expect(await till.money('to-pay')).toBe('666.00');

  await marketer.go('Предложения', 'Группы акций');
  await page.getByRole('button', { name: 'Переместить: Минус 10 % по коду.' }).press('ArrowUp');
  await page.getByText('Минус 10 % по коду: место 1 из 2').waitFor({ state: 'attached' });
  await marketer.go('Предложения', 'Проверка на чеке');
  await marketer.tryReceipt(socks);
  await expect.poll(() => marketer.triedSum(), SOON).toBe('899.10');
  await till.byName('promo-remove').click();
  await till.quoted();
  await till.promoCode(second);
  expect(await till.saidOfCode(second)).toBe('принят: −99,90 ₽');
  expect(await till.money('to-pay')).toBe('899.10');
  await close();
});

test('points for a birthday come in time and burn when it is over', { timeout: LONG }, async () => {
  const phone = '+79161230003';
  const born = new Date(Date.parse(saturday) + 7 * DAY_MS).toISOString().slice(5, 10);
  await aShopper(phone, 'Дина', { birthDate: `1990-${born}` });
  const { marketer, till, close } = await atWork();
  const { admin, page } = marketer;
  await marketer.editRules();
  await marketer.button('Добавить награду').click();
  await page.getByText('Ко дню рождения', { exact: true }).click();
  const rule = admin.byName('item-action.birthday');
  await rule.getByRole('textbox', { name: 'Баллов' }).fill('500');
  await rule.getByRole('textbox', { name: 'За сколько дней начислить' }).fill('7');
  await rule.getByRole('textbox', { name: 'Сколько дней после действуют' }).fill('7');
  await marketer.publishRules('Поздравляем заранее');
  await later('PT1H');
  await till.recognise(phone);
  expect(await till.points('balance')).toBe(510);
  expect(await till.page.getByText(/500 сгорят/).textContent()).toContain(dayAfter(14));
  await till.add('WD01-1');
  await till.redeemMax();
  expect(await till.money('to-pay')).toBe('4480.00');
  await page.getByRole('link', { name: 'Проверить на чеке' }).click();
  await marketer.tryReceipt({ goods: [['WD01-1', 1]], phone });
  await marketer.choose('Списать баллы', 'Сколько можно');
  await expect.poll(() => marketer.triedSum(), SOON).toBe('4480.00');

  await later('P15D');
  await till.signInAgainIfAsked();
  await till.recognise(phone);
  await expect.poll(() => till.points('balance'), SOON).toBe(10);
  await close();
});
