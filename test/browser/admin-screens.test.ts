import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminExamples } from './admin-examples.ts';
import { adminRoutes, type AdminRoute } from './admin-routes.ts';
import { Admin, type AdminLook } from './admin.ts';
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

type Look = Required<AdminLook>;

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 1024, height: 768 };

/** A page is opened once a language and looked at in each of these: what it loads and computes is the same in both. */
const languages: readonly { locale: string; looks: readonly [Look, ...Look[]] }[] = [
  {
    locale: 'ru-RU',
    looks: [
      { locale: 'ru-RU', colorScheme: 'light', viewport: WIDE },
      { locale: 'ru-RU', colorScheme: 'dark', viewport: NARROW },
    ],
  },
  {
    locale: 'en-US',
    looks: [
      { locale: 'en-US', colorScheme: 'dark', viewport: WIDE },
      { locale: 'en-US', colorScheme: 'light', viewport: NARROW },
    ],
  },
];

interface Seen {
  findings: string[];
  overflow: number;
  complaints: string[];
}

const NOWHERE = '/no-such-page';
const CLEAN: Seen = { findings: [], overflow: 0, complaints: [] };

async function look(admin: Admin, arrive: () => Promise<void>): Promise<Seen> {
  admin.complaints.length = 0;
  try {
    await arrive();
  } catch (error) {
    return { ...CLEAN, complaints: [...admin.complaints, String(error)] };
  }
  return {
    findings: await findings(admin.page),
    overflow: await overflow(admin.page),
    complaints: [...admin.complaints],
  };
}

/** The page in every look: opened in the first one, shown in the others. */
async function lookAt(
  admin: Admin,
  path: string | null,
  [first, ...others]: readonly [Look, ...Look[]],
): Promise<Seen[]> {
  if (path === null) return [{ ...CLEAN, complaints: ['needs an example in admin-examples.ts'] }];
  await admin.show(first);
  const seen = [await look(admin, () => admin.open(path))];
  for (const other of others) seen.push(await look(admin, () => changeTo(admin, other)));
  return seen;
}

async function changeTo(admin: Admin, given: Look): Promise<void> {
  await admin.show(given);
  await admin.settled();
}

/** Two at a time: as many as the machine has cores. */
const AT_ONCE = 2;

/** What every page shows in each of the looks. */
async function lookAtAll(looks: readonly [Look, ...Look[]]): Promise<Record<string, Seen[]>> {
  const waiting = [...routes, { path: NOWHERE, bare: false }];
  const seen: Record<string, Seen[]> = {};
  const lane = async (): Promise<void> => {
    const owner = await Admin.signedIn(browser, shop, ['OWNER'], looks[0]);
    const stranger = await Admin.stranger(browser, shop, looks[0]);
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      seen[next.path] = await lookAt(next.bare ? stranger : owner, pathOf(next.path), looks);
    await owner.close();
    await stranger.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return seen;
}

describe.each(languages)('the admin in $locale, light and dark, 1280 and 1024 px', ({ looks }) => {
  test('every page is accessible, fits, and says nothing to the console', async () => {
    const seen = await lookAtAll(looks);
    const clean = looks.map(() => CLEAN);
    const unclean = Object.entries(seen).filter(([, each]) => JSON.stringify(each) !== JSON.stringify(clean));
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
