import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '@clientele/api/src/testing/test-database.ts';
import { adminExamples } from './admin-examples.ts';
import { adminRoutes } from './admin-routes.ts';
import { Admin } from './admin.ts';
import { findings, overflow } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(await createTestDatabase()), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

const looks = [
  { locale: 'ru-RU', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { locale: 'en-US', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 1024, height: 768 } },
  { locale: 'en-US', colorScheme: 'light', viewport: { width: 1024, height: 768 } },
] as const;

interface Seen {
  findings: string[];
  overflow: number;
  complaints: string[];
}

const CLEAN: Seen = { findings: [], overflow: 0, complaints: [] };

async function look(admin: Admin, path: string | null): Promise<Seen> {
  if (path === null) return { ...CLEAN, complaints: ['needs an example in admin-examples.ts'] };
  admin.complaints.length = 0;
  await admin.open(path);
  return {
    findings: await findings(admin.page),
    overflow: await overflow(admin.page),
    complaints: [...admin.complaints],
  };
}

describe.each(looks)('the admin in $locale, $colorScheme, $viewport.width px', (given) => {
  test('every page is accessible, fits, and says nothing to the console', async () => {
    const pathOf = await adminExamples(shop);
    const routes = await adminRoutes();
    const owner = await Admin.signedIn(browser, shop, ['OWNER'], given);
    const stranger = await Admin.stranger(browser, shop, given);
    const seen: Record<string, Seen> = {};
    for (const { path, bare } of routes) seen[path] = await look(bare ? stranger : owner, pathOf(path));
    seen['(no such page)'] = await look(owner, '/no-such-page');
    expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((path) => [path, CLEAN])));
    await owner.close();
    await stranger.close();
  }, 180_000);
});

test('a page that is not open to a role says so, and asks the server nothing', async () => {
  const routes = await adminRoutes();
  const assistant = await Admin.signedIn(browser, shop, ['SALES_ASSISTANT']);
  const settings = routes.find(({ path }) => path.startsWith('/settings/'));
  if (settings !== undefined) {
    await assistant.open(settings.path);
    expect(await assistant.page.locator('h1').textContent()).toContain('не открыта');
  }
  await assistant.close();
});
