import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Admin, type AdminLook } from './admin.ts';
import { findings, overflow } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { createDemoDatabase } from './demo-database.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { openShop, type Shop } from './shop.ts';
import { Till } from './till.ts';

/** How long the screen may take on a busy machine before a story gives up. */
const PATIENCE_MS = 15_000;
const SOON = { timeout: 15_000, interval: 20 };
const LONG = 240_000;
const DAY_MS = 86_400_000;
const NAME = 'Любят чёрное, давно не были';
/** Black loafers. */
const SHOES = 'FW02-1';

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(await createDemoDatabase()), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

async function atWork(look: AdminLook = {}): Promise<SegmentBuilder> {
  const admin = await Admin.signedIn(browser, shop, ['MARKETER'], look, { name: 'Ольга' });
  await admin.open('/');
  return new SegmentBuilder(admin);
}

async function tillOf(): Promise<{ till: Till; close: () => Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'ru-RU' });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const till = new Till(page, shop);
  await till.open();
  await till.signIn();
  return { till, close: () => context.close() };
}

/** Agreed to SMS, and bought black shoes once, so many days ago. */
async function aBuyer(phone: string, givenName: string, days: number): Promise<void> {
  const { consentTextVersions } = await shop.ask<{ consentTextVersions: { id: string }[] }>(
    '{ consentTextVersions(purpose: ADVERTISING) { id } }',
  );
  const at = new Date(shop.app.context().clock.now().getTime() - days * DAY_MS).toISOString();
  const answer = await shop.ask<{ upsertProfiles: object; recordOrders: object }>(
    `mutation ($profile: ProfileInput!, $order: RecordedOrderInput!) {
      upsertProfiles(input: { source: "story", profiles: [$profile] }) { __typename }
      recordOrders(input: { source: "story", orders: [$order] }) { __typename } }`,
    {
      profile: {
        externalId: phone,
        phones: [phone],
        givenName,
        consents: [{ textId: consentTextVersions[0]?.id, channel: 'SMS', granted: true }],
      },
      order: {
        externalId: `first-${phone}`,
        channel: 'ONLINE',
        occurredAt: at,
        storeCode: shop.credentials.till.storeCode,
        profile: { phone },
        lines: [{ sku: SHOES, quantity: '1', unitPrice: '7490.00' }],
      },
    },
  );
  expect(answer).toEqual({
    upsertProfiles: { __typename: 'ProfilesUpserted' },
    recordOrders: { __typename: 'OrdersRecorded' },
  });
}

/** Names of the segments somebody is in. */
async function segmentsOf(phone: string): Promise<string[]> {
  const { profile } = await shop.ask<{ profile: { segments: { name: string }[] } }>(
    'query ($phone: Phone!) { profile(ref: { phone: $phone }) { segments { name } } }',
    { phone },
  );
  return profile.segments.map(({ name }) => name);
}

/** Twice shoes in 90 days, agreed to SMS, likes black; named and counted. */
async function lovers(
  builder: SegmentBuilder,
  name: string,
  { also }: { also?: string } = {},
): Promise<void> {
  const bought = await builder.ask('купил', 'bought');
  await builder.takeCategory(bought, 'Обувь');
  await bought.locator('[data-test="range-least"] input').fill('2');
  if (also !== undefined) await builder.ask('не покупал', also);
  await builder.ask('sms', 'consent');
  const likes = await builder.ask('любит', 'interest');
  await builder.takeProperty(likes, 'чёрный');
  await builder.page.locator('[data-test="name"] input').fill(name);
}

test(
  'a newcomer builds a segment of sentences, learns why somebody is not in it, and sees her enter',
  {
    timeout: LONG,
  },
  async () => {
    const phone = '+79161237001';
    await aBuyer(phone, 'Агния', 40);
    const builder = await atWork();
    await builder.begin();
    await lovers(builder, NAME, { also: 'notBought' });
    expect(await builder.words()).toEqual([
      'Купили товары категории «Обувь» 2 раза и больше за последние 90 дней',
      'Ни разу не купили за последние 30 дней',
      'Есть согласие на рекламу по SMS',
      'Интересуются: color чёрный, от 20 % покупок',
    ]);
    const before = Number(await builder.count());
    await builder.check(phone, 'Агния');
    await expect
      .poll(() => builder.verdicts(), SOON)
      .toEqual(['нет 1 покупка из нужных 2', 'да 0 покупок', 'да согласие есть', 'да 100 % покупок']);
    await builder.save();
    expect(builder.presses).toBe(18);
    expect(Number(await builder.count())).toBe(before);

    const { till, close } = await tillOf();
    await till.recogniseWithoutCode(phone);
    await till.add(SHOES);
    await till.record();
    await close();
    // She is back: the question about the last 30 days is what keeps her out now, and it says until when.
    await builder.check(phone, 'Агния');
    await expect
      .poll(() => builder.verdicts(), SOON)
      .toEqual(['да 2 покупки', 'нет 1 покупка при пределе 0', 'да согласие есть', 'да 100 % покупок']);
    await builder.sentences().nth(1).getByText('изменится само').waitFor();
    const { page } = builder;
    const { pathname } = new URL(page.url());
    expect(builder.admin.complaints).toEqual([]);
    await builder.admin.close();

    await shop.ask('mutation { advanceDemoClock(input: { by: "P31D" }) { now } }');
    const later = await atWork();
    await later.admin.open(pathname.replace(/^\/admin/, ''));
    await later.check(phone, 'Агния');
    await expect
      .poll(() => later.admin.byName('explanation').locator('b').innerText(), SOON)
      .toBe('Входит в сегмент');
    // Time alone turns it, within a minute.
    await expect.poll(() => segmentsOf(phone), { timeout: 90_000, interval: 200 }).toContain(NAME);
    await later.page.getByRole('link', { name: 'Показать людей' }).click();
    await later.page.getByRole('row').filter({ hasText: 'Агния' }).waitFor();
    expect(later.admin.complaints).toEqual([]);
    await later.admin.close();
  },
);

test(
  'sentences move by keys and by the mouse, and a sale brings somebody in while a marketer looks',
  {
    timeout: LONG,
  },
  async () => {
    const phone = '+79161237002';
    await aBuyer(phone, 'Лидия', 40);
    const builder = await atWork();
    const { page, admin } = builder;
    await builder.begin();
    await lovers(builder, 'Чёрная обувь дважды');
    const bought = 'Купили товары категории «Обувь» 2 раза и больше за последние 90 дней';
    const agreed = 'Есть согласие на рекламу по SMS';
    const likes = 'Интересуются: color чёрный, от 20 % покупок';
    const groups = page.locator('[data-test="group-kind"]');
    const second = builder.sentences().nth(1).locator('.sentence');

    await second.press('Alt+ArrowUp');
    expect(await builder.words()).toEqual([agreed, bought, likes]);
    expect(await admin.byName('said').innerText()).toBe(`Перемещено: ${agreed}, место 1`);
    await page.keyboard.press('Alt+ArrowRight');
    expect(await groups.allInnerTexts()).toEqual(['Выполнено всё', 'Выполнено хотя бы одно']);
    await page.keyboard.press('Alt+ArrowLeft');
    expect(await groups.count()).toBe(1);
    await page.keyboard.press('Control+d');
    expect(await builder.words()).toEqual([agreed, agreed, bought, likes]);
    await page.keyboard.press('Delete');
    expect(await builder.words()).toEqual([agreed, bought, likes]);
    await page.keyboard.press('Control+z');
    expect(await builder.words()).toEqual([agreed, agreed, bought, likes]);
    await page.keyboard.press('Control+Shift+z');
    expect(await builder.words()).toEqual([agreed, bought, likes]);

    await admin.byName('add-group').click();
    await builder.sentences().nth(2).locator('[data-test="grip"]').dragTo(groups.nth(1));
    expect(await groups.count()).toBe(2);
    await groups.nth(1).click();
    await admin.byName('group-NONE').click();
    expect(await groups.nth(1).innerText()).toBe('Не выполнено ничего');
    await page.locator('.v-overlay--active').waitFor({ state: 'detached' });
    await builder.sentences().nth(2).locator('.sentence').press('Alt+ArrowLeft');
    expect(await groups.count()).toBe(1);
    await builder.sentences().nth(0).locator('.sentence').click();
    expect({ findings: await findings(page), overflow: await overflow(page) }).toEqual({
      findings: [],
      overflow: 0,
    });

    const before = Number(await builder.count());
    await builder.save();
    await admin.byName('computing').waitFor({ state: 'detached' });
    const { till, close } = await tillOf();
    await till.recogniseWithoutCode(phone);
    await till.add(SHOES);
    await till.record();
    await admin.byName('news').getByText('вошли 1').waitFor();
    await expect.poll(async () => Number(await builder.count()), SOON).toBe(before + 1);
    await close();
    expect(admin.complaints).toEqual([]);
    await admin.close();
  },
);

test(
  'a ready-made segment is filled in, kept, compared, changed by two at once and put away',
  {
    timeout: LONG,
  },
  async () => {
    const builder = await atWork();
    const { page, admin, marketer } = builder;
    await admin.open('/segments/templates');
    await admin.byName('template-interested-in-category').click();
    const form = admin.byName('dialog-form');
    await form.locator('[data-test="goods"]').click();
    const goods = page.getByRole('dialog').last();
    await goods.getByText('Аксессуары', { exact: true }).click();
    await goods.getByRole('button', { name: 'Готово' }).click();
    await form.getByRole('button', { name: 'Открыть в конструкторе' }).click();
    await admin.byName('name').locator('input').fill('Любят аксессуары');
    expect(await builder.words()).toEqual([
      'Интересуются: категория «Аксессуары», от 30 % покупок, от 2 штук',
    ]);
    const size = await builder.count();
    await builder.save();
    await admin.byName('computing').waitFor({ state: 'detached' });

    await admin.byName('take-snapshot').click();
    await admin.byName('dialog-form').getByRole('textbox').fill('Перед распродажей');
    await page.keyboard.press('Enter');
    const kept = admin.byName('snapshots').getByRole('listitem').filter({ hasText: 'Перед распродажей' });
    await kept.getByText(new RegExp(`^${size} человек`)).waitFor();
    await kept.getByRole('button', { name: 'Удалить снимок «Перед распродажей»' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Удалить' }).click();
    await kept.waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Сравнить', exact: true }).click();
    await marketer.choose('Второй', 'Любят обувь');
    await admin.byName('parts').waitFor();
    expect(await admin.byName('part-first').locator('td').first().innerText()).toBe(size);
    await page.goBack();
    await admin.settled();

    const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
    const { segment } = await shop.ask<{ segment: { version: number; condition: unknown } }>(
      'query ($id: ID!) { segment(id: $id) { version condition } }',
      { id },
    );
    await shop.ask('mutation ($input: ChangeSegmentInput!) { changeSegment(input: $input) { __typename } }', {
      input: { id, ...segment, name: 'Аксессуары', description: '' },
    });
    await admin.byName('name').locator('input').fill('Любители аксессуаров');
    await page.keyboard.press('Control+s');
    await admin.byName('conflict').getByText('Любители аксессуаров').waitFor();
    await admin.byName('settle').click();
    await page.getByRole('heading', { name: 'Любители аксессуаров' }).waitFor();

    await marketer.go('Сегменты', 'Сегменты');
    const row = page.getByRole('row').filter({ hasText: 'Любители аксессуаров' });
    await row.getByRole('checkbox').check();
    await admin.byName('bulk-archive').click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Отменить' }).last().click();
    await row.waitFor();
    expect(admin.complaints).toEqual([]);
    await admin.close();
  },
);
