import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findings, overflow } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { createDemoDatabase } from './demo-database.ts';
import { openShop, type Shop } from './shop.ts';
import { walkThroughTill } from './till-walk.ts';
import { Till } from './till.ts';

/** How long the screen may take on a busy machine before a story gives up. */
const PATIENCE_MS = 10_000;

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(await createDemoDatabase()), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

const looks = [
  { locale: 'ru-RU', colorScheme: 'light', size: { width: 1024, height: 768 } },
  { locale: 'en-US', colorScheme: 'dark', size: { width: 1024, height: 768 } },
  { locale: 'ru-RU', colorScheme: 'dark', size: { width: 360, height: 640 } },
  { locale: 'en-US', colorScheme: 'light', size: { width: 360, height: 640 } },
] as const;

describe.each(looks)('the till in $locale, $colorScheme, $size.width px', ({ locale, colorScheme, size }) => {
  test('every screen is accessible and fits', async () => {
    const context = await browser.newContext({ viewport: size, locale, colorScheme });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const seen: Record<string, { findings: string[]; overflow: number }> = {};
    await walkThroughTill(new Till(page, shop), async (screen) => {
      seen[screen] = { findings: await findings(page), overflow: await overflow(page) };
    });
    const clean = { findings: [], overflow: 0 };
    expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((screen) => [screen, clean])));
    expect(Object.keys(seen)).toEqual([
      'lock',
      'main',
      'keys',
      'register',
      'enrolment-code',
      'shopper',
      'receipt',
      'promo',
      'promo-codes',
      'code',
      'offers',
      'redeem',
      'payment',
      'result',
      'undo',
      'undone',
    ]);
    await context.close();
  }, 90_000);
});
