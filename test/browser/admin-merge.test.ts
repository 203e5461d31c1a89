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

/** One person written down twice: a digit of the phone differs. */
const TWICE = [
  { externalId: 'm-1', phone: '+79145550211', givenName: 'Аполлинария', points: 300 },
  { externalId: 'm-2', phone: '+79145550212', givenName: 'Аполинария', points: 40 },
];

async function aPersonTwice(): Promise<void> {
  for (const { externalId, phone, givenName, points } of TWICE)
    await shop.ask(
      `mutation ($profile: ProfileInput!, $points: AdjustPointsInput!) {
        upsertProfiles(input: { source: "story", profiles: [$profile] }) { __typename }
        adjustPoints(input: $points) { ... on PointsAdjusted { account { active } } }
      }`,
      {
        profile: {
          externalId,
          phones: [phone],
          givenName,
          familyName: 'Вознесенская',
          birthDate: '1979-04-17',
        },
        points: { requestId: `gift-${externalId}`, profile: { phone }, points, reason: 'A gift' },
      },
    );
}

/** Active points of whoever answers to each phone, and how many people that is. */
async function balances(): Promise<{ points: number[]; people: number }> {
  const found = await Promise.all(
    TWICE.map(({ phone }) =>
      shop.ask<{ profile: { id: string; accounts: { active: number }[] } }>(
        'query ($phone: Phone!) { profile(ref: { phone: $phone }) { id accounts { active } } }',
        { phone },
      ),
    ),
  );
  return {
    points: found.map(({ profile }) => profile.accounts.reduce((sum, { active }) => sum + active, 0)),
    people: new Set(found.map(({ profile }) => profile.id)).size,
  };
}

test('two cards of one person: seen side by side, made one by a key, parted again by undo', async () => {
  await aPersonTwice();
  const admin = await Admin.signedIn(browser, shop, ['SUPPORT']);
  await admin.open('/duplicates');
  await admin.byName('scan').click();
  const pair = admin.page.locator('[data-test="pair"]', { hasText: 'Вознесенская' });
  await expect
    .poll(
      async () => {
        await admin.open('/duplicates');
        return pair.count();
      },
      { timeout: 30_000 },
    )
    .toBe(1);
  await admin.byName('merge').waitFor();
  expect(await findings(admin.page)).toEqual([]);

  await admin.page.keyboard.press('m');
  await admin.byName('undo').waitFor();
  expect(await balances()).toEqual({ points: [340, 340], people: 1 });

  await admin.byName('undo').click();
  await expect.poll(balances, { timeout: 15_000 }).toEqual({ points: [300, 40], people: 2 });
  expect(admin.complaints).toEqual([]);
  await admin.close();
}, 120_000);

test('two people nobody proposed: the second is looked for from the card of the first', async () => {
  const people = [
    { externalId: 'w-1', phone: '+79145550311', givenName: 'Изольда' },
    { externalId: 'w-2', phone: '+79145550377', givenName: 'Брунгильда' },
  ];
  for (const { externalId, phone, givenName } of people)
    await shop.ask(
      `mutation ($profile: ProfileInput!) { upsertProfiles(input: { source: "story", profiles: [$profile] }) { __typename } }`,
      { profile: { externalId, phones: [phone], givenName } },
    );
  const idOf = async (phone: string): Promise<string> =>
    (
      await shop.ask<{ profile: { id: string } }>(
        'query ($phone: Phone!) { profile(ref: { phone: $phone }) { id } }',
        { phone },
      )
    ).profile.id;
  const ids = await Promise.all(people.map(({ phone }) => idOf(phone)));
  const admin = await Admin.signedIn(browser, shop, ['SUPPORT']);
  await admin.open(`/duplicates/with/${encodeURIComponent(ids[0] ?? '')}`);
  await admin.byName('second-search').locator('input').fill('+7 914 555-03-77');
  await admin.byName('second').click();
  await admin.byName('merge').click();
  await admin.byName('undo').waitFor();
  expect(new Set(await Promise.all(people.map(({ phone }) => idOf(phone))))).toEqual(new Set([ids[0]]));

  await admin.byName('undo').click();
  await expect
    .poll(async () => Promise.all(people.map(({ phone }) => idOf(phone))), { timeout: 15_000 })
    .toEqual(ids);
  expect(admin.complaints).toEqual([]);
  await admin.close();
}, 120_000);
