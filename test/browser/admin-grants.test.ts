import { createPromotion, setPromotionState } from '@clientele/api/src/offers/index.ts';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { asSystem } from '@clientele/api/src/testing/company.builders.ts';
import { aShopper } from '@clientele/api/src/testing/profiles.builders.ts';
import { promotionRules } from '@clientele/api/src/testing/promotions.builders.ts';
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

/** A live promotion of the demo's brand for those it is granted to. @returns its opaque id */
async function aPersonalPromotion(name: string): Promise<string> {
  const ctx = asSystem(shop.app.context());
  const { id: brandId } = await ctx.sql
    .selectFrom('brand')
    .select('id')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  const rules = promotionRules();
  const id = await createPromotion(ctx, {
    brandId,
    groupId: null,
    name,
    title: name,
    rules: { ...rules, audience: { ...rules.audience, who: 'GRANTED' } },
  });
  await setPromotionState(ctx, { id, version: 1, state: 'LIVE' });
  return globalId('Promotion', id);
}

test(
  'staff thank a shopper with a personal offer and take it back after a warning; the history tells both',
  { timeout: LONG },
  async () => {
    await aPersonalPromotion('Кофе за отзыв');
    const shopper = await aShopper(shop.app.context());
    const admin = await Admin.signedIn(browser, shop, ['MARKETER']);
    const { page } = admin;
    await admin.open(`/customers/${encodeURIComponent(globalId('Profile', shopper.id))}`);
    await page.getByText('Открытых предложений нет').waitFor();
    await admin.byName('grant-offer').click();
    await page.locator('[data-test="promotion"]').click();
    await page.getByRole('option', { name: 'Кофе за отзыв' }).click();
    await page.locator('[data-test="reason"] input').fill('подарок за отзыв');
    await page.locator('[data-test="last-day"] input').fill('2099-12-31');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('Предложение «Кофе за отзыв» выдано').waitFor();
    const offer = page.locator('[data-test="offer"]');
    expect(await offer.innerText()).toContain('подарок за отзыв');
    await page.getByText('Выдано предложение «Кофе за отзыв»').waitFor();

    await admin.byName('withdraw').click();
    await page.getByText('Если с ним уже оплачивают покупку').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Отозвать' }).click();
    await page.getByText('Открытых предложений нет').waitFor();
    expect(await offer.getAttribute('data-state')).toBe('WITHDRAWN');
    await page.getByText('Предложение «Кофе за отзыв» отозвано').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(admin.complaints).toEqual([]);
    await admin.close();
  },
);

test(
  'a list is granted a promotion: tags and pasted contacts, with what became of it and whom nobody knows',
  { timeout: LONG },
  async () => {
    const ctx = shop.app.context();
    const promotion = await aPersonalPromotion('Скидка из списка');
    const [one, two] = [await aShopper(ctx), await aShopper(ctx)];
    await ctx.sql
      .updateTable('profile')
      .set({ tags: ['из списка'] })
      .where('id', '=', one.id)
      .execute();
    const admin = await Admin.signedIn(browser, shop, ['MARKETER'], { colorScheme: 'dark' });
    const { page } = admin;
    await admin.open(`/offers/${encodeURIComponent(promotion)}`);
    await page.getByText('Ещё никому не выдано').waitFor();
    await admin.byName('grant-many').click();
    await page.locator('[data-test="tags"] input').fill('из списка');
    await page.keyboard.press('Enter');
    await page
      .locator('[data-test="contacts"] textarea')
      .first()
      .fill(`${one.phone}\n${two.phone}\nnobody@example.com`);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Выдать предложение' }).click();
    await page.getByText('Выдано 2, нашлось покупателей: 2').waitFor();
    expect(await page.locator('[data-test="unknown"] textarea').first().inputValue()).toBe(
      'nobody@example.com',
    );
    expect(await admin.byName('open-grants').innerText()).toBe('2');
    expect(await findings(page)).toEqual([]);
    expect(admin.complaints).toEqual([]);
    await admin.close();
  },
);
