/**
 * Pictures of the till's screens as they are today, from a real sale in a real browser:
 *
 *     pnpm screens            docs/screens, the ones the README shows
 *     pnpm screens FOLDER     every screen in every look, to be looked at
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FOR_TESTS, startEmbeddedPostgres } from '@clientele/api/src/platform/database/embedded/index.ts';
import { migrateDatabase } from '@clientele/api/src/platform/database/migrate.ts';
import { launchChromium } from './chromium.ts';
import { openShop } from './shop.ts';
import { walkThroughTill } from './till-walk.ts';
import { Till } from './till.ts';

const docs = join(import.meta.dirname, '../../docs/screens');
const folder = process.argv[2];

const LOOKS =
  folder === undefined
    ? [
        { name: 'till-ru', locale: 'ru-RU', colorScheme: 'light', viewport: { width: 1024, height: 768 } },
        {
          name: 'till-en-dark',
          locale: 'en-US',
          colorScheme: 'dark',
          viewport: { width: 1024, height: 768 },
        },
      ]
    : ['ru-RU', 'en-US'].flatMap((locale) =>
        ['light', 'dark'].flatMap((colorScheme) =>
          [
            { width: 1024, height: 768 },
            { width: 360, height: 640 },
          ].map((viewport) => ({
            name: `${locale.slice(0, 2)}-${colorScheme}-${viewport.width}`,
            locale,
            colorScheme,
            viewport,
          })),
        ),
      );

/** What the docs show; everything else would only make the repository heavy. */
const SHOWN = new Set(['lock', 'shopper', 'offers', 'redeem', 'code', 'result']);

const dataDir = await mkdtemp(join(tmpdir(), 'clientele-screens-'));
const postgres = await startEmbeddedPostgres({ dataDir, settings: FOR_TESTS, log: () => undefined });
await migrateDatabase(postgres.url);
const shop = await openShop({ url: postgres.url, drop: () => postgres.stop() });
const browser = await launchChromium();
try {
  await mkdir(folder ?? docs, { recursive: true });
  for (const { name, locale, colorScheme, viewport } of LOOKS) {
    const context = await browser.newContext({
      locale,
      viewport,
      colorScheme: colorScheme as 'light' | 'dark',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await walkThroughTill(new Till(page, shop), async (screen) => {
      if (folder === undefined && !SHOWN.has(screen)) return;
      await page.screenshot({ path: join(folder ?? docs, `${name}-${screen}.png`) });
    });
    await context.close();
  }
} finally {
  await browser.close();
  await shop.close();
  await rm(dataDir, { recursive: true, force: true });
}
