import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminExamples } from './admin-examples.ts';
import { adminRoutes, type AdminRoute } from './admin-routes.ts';
import { Admin } from './admin.ts';
import { findings, overflow } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { createDemoDatabase } from './demo-database.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
let browser: Browser;
let pathOf: (path: string) => string | null;
let routes: AdminRoute[];

beforeAll(async () => {
  [shop, browser, routes] = await Promise.all([
    openShop(await createDemoDatabase()),
    launchChromium(),
    adminRoutes(),
  ]);
  pathOf = await adminExamples(shop, browser);
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

const NOWHERE = '/no-such-page';
const CLEAN: Seen = { findings: [], overflow: 0, complaints: [] };

async function look(admin: Admin, path: string | null): Promise<Seen> {
  if (path === null) return { ...CLEAN, complaints: ['needs an example in admin-examples.ts'] };
  admin.complaints.length = 0;
  try {
    await admin.open(path);
  } catch (error) {
    return { ...CLEAN, complaints: [...admin.complaints, String(error)] };
  }
  return {
    findings: await findings(admin.page),
    overflow: await overflow(admin.page),
    complaints: [...admin.complaints],
  };
}

/** Two at a time: as many as the machine has cores. */
const AT_ONCE = 2;

type Look = (typeof looks)[number];

/** What every page shows in one look. */
async function lookAtAll(given: Look): Promise<Record<string, Seen>> {
  const waiting = [...routes, { path: NOWHERE, bare: false }];
  const seen: Record<string, Seen> = {};
  const lane = async (): Promise<void> => {
    const owner = await Admin.signedIn(browser, shop, ['OWNER'], given);
    const stranger = await Admin.stranger(browser, shop, given);
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      seen[next.path] = await look(next.bare ? stranger : owner, pathOf(next.path));
    await owner.close();
    await stranger.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return seen;
}

describe.each(looks)('the admin in $locale, $colorScheme, $viewport.width px', (given) => {
  test('every page is accessible, fits, and says nothing to the console', async () => {
    const seen = await lookAtAll(given);
    const unclean = Object.entries(seen).filter(([, each]) => JSON.stringify(each) !== JSON.stringify(CLEAN));
    expect(Object.fromEntries(unclean)).toEqual({});
    expect(Object.keys(seen)).toHaveLength(routes.length + 1);
  }, 240_000);
});

test('a page that is not open to a role says so, and asks the server nothing', async () => {
  const assistant = await Admin.signedIn(browser, shop, ['SALES_ASSISTANT']);
  const settings = routes.find(({ path }) => path.startsWith('/settings/'));
  if (settings !== undefined) {
    await assistant.open(settings.path);
    expect(await assistant.page.locator('h1').textContent()).toContain('не открыта');
  }
  await assistant.close();
});
