import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSetting } from '@clientele/api/src/company/index.ts';
import { correctionRules } from '@clientele/api/src/loyalty/oversight/corrections/correction-rules.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { Admin } from './admin.ts';
import { findings } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { createDemoDatabase } from './demo-database.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
let browser: Browser;
const PHONE = '+79145550301';

beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(await createDemoDatabase()), launchChromium()]);
  await writeSetting(shop.app.context(), correctionRules, {
    ...correctionRules.initial,
    approveAbove: 1_000,
  });
  await shop.ask(
    `mutation ($profile: ProfileInput!) { upsertProfiles(input: { source: "story", profiles: [$profile] }) { __typename } }`,
    { profile: { externalId: 'p-1', phones: [PHONE], givenName: 'Аграфена', familyName: 'Поправкина' } },
  );
});

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

async function shopper(): Promise<{ id: string; accounts: { active: number }[] }> {
  const { profile } = await shop.ask<{ profile: { id: string; accounts: { active: number }[] } }>(
    'query ($phone: Phone!) { profile(ref: { phone: $phone }) { id accounts { active } } }',
    { phone: PHONE },
  );
  return profile;
}

async function active(): Promise<number> {
  return (await shopper()).accounts.reduce((sum, account) => sum + account.active, 0);
}

test('support asks for 1 500 points, sees what comes of it, and a marketer lets them through by keys', async () => {
  const support = await Admin.signedIn(browser, shop, ['SUPPORT'], {}, { name: 'Вера' });
  const { id } = await shopper();
  await support.open(`/customers/${encodeURIComponent(id)}`);
  await support.byName('adjust').click();
  await support.byName('points').locator('input').fill('1500');
  await support.byName('reason-code').click();
  await support.page.getByRole('option', { name: 'Извинение' }).click();
  const after = support.byName('after');
  await expect.poll(() => after.textContent()).toMatch(/1\s500/);
  expect(await after.textContent()).toContain('второму человеку');
  expect(await findings(support.page)).toEqual([]);
  await support.byName('reason').locator('input').press('Enter');
  await support.byName('waiting').waitFor();
  expect(await active()).toBe(0);

  const marketer = await Admin.signedIn(browser, shop, ['MARKETER'], {}, { name: 'Марк' });
  await marketer.open('/');
  await marketer.page.getByRole('link', { name: /Ждёт одобрения 1/ }).click();
  await marketer.settled();
  await marketer.page.getByRole('button', { name: 'Поправкина Аграфена' }).focus();
  await marketer.page.keyboard.press('Enter');
  await marketer.byName('preview').waitFor();
  expect(await findings(marketer.page)).toEqual([]);
  await marketer.byName('approve').focus();
  await marketer.page.keyboard.press('Enter');
  await marketer.byName('empty').waitFor();
  expect(await active()).toBe(1_500);
  expect([...support.complaints, ...marketer.complaints]).toEqual([]);
  await support.close();
  await marketer.close();
});

test('an incident is closed with a note and taken back by undo', async () => {
  const ctx = shop.app.context();
  await ctx.sql
    .insertInto('incident')
    .values({
      id: newId(),
      profile_id: newId(),
      kind: 'LIMIT_EXCEEDED',
      order_id: null,
      store_id: null,
      facts: { promotions: [{ title: 'Второй шарф' }] },
      occurred_at: ctx.clock.now(),
      closed_at: null,
      closed_by: null,
      closed_note: null,
    })
    .execute();
  const support = await Admin.signedIn(browser, shop, ['SUPPORT']);
  await support.open('/loyalty/incidents?kind=LIMIT_EXCEEDED');
  await support.page.getByRole('button', { name: 'Превышен лимит акции' }).click();
  await support.byName('incident').getByText('«Второй шарф»').first().waitFor();
  await support.byName('settle').click();
  await support.byName('note').locator('textarea').first().fill('Касса починена');
  expect(await findings(support.page)).toEqual([]);
  await support.page.locator('[data-test="dialog-form"] button[type="submit"]').click();
  await support.page.getByText('Инцидент закрыт').waitFor();
  await support.byName('undo').click();
  await support.page.getByRole('button', { name: 'Превышен лимит акции' }).waitFor();
  expect(support.complaints).toEqual([]);
  await support.close();
});
