/**
 * Pictures of the admin's pages as they are today, of a real demo company in a real browser. Build the admin first.
 *
 *     pnpm screens:admin                      docs/screens, the ones the README shows
 *     pnpm screens:admin FOLDER               every page in every look
 *     pnpm screens:admin FOLDER /customers …  these pages only
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FOR_TESTS, startEmbeddedPostgres } from '@clientele/api/src/platform/database/embedded/index.ts';
import { migrateDatabase } from '@clientele/api/src/platform/database/migrate.ts';
import { adminExamples } from './admin-examples.ts';
import { adminRoutes } from './admin-routes.ts';
import { Admin } from './admin.ts';
import { launchChromium } from './chromium.ts';
import { openShop } from './shop.ts';

const docs = join(import.meta.dirname, '../../docs/screens');
const [folder = docs, ...asked] = process.argv.slice(2);
/** Those the README and the guides show. */
const SHOWN = [
  '/customers/:id',
  '/segments',
  '/segments/:id',
  '/segments/rfm',
  '/loyalty/program',
  '/loyalty/program/edit',
  '/loyalty/points',
  '/loyalty/incidents',
  '/offers',
  '/offers/:id',
  '/offers/groups',
  '/offers/test',
  '/promo-codes',
  '/promo-codes/look-up',
];
const only = folder === docs ? SHOWN : asked;

const EVERY_LOOK = (['ru-RU', 'en-US'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ locale, colorScheme })),
);

const LOOKS =
  folder === docs
    ? EVERY_LOOK.filter(({ locale, colorScheme }) => locale === 'ru-RU' && colorScheme === 'light')
    : EVERY_LOOK;

const dataDir = await mkdtemp(join(tmpdir(), 'clientele-screens-'));
const postgres = await startEmbeddedPostgres({ dataDir, settings: FOR_TESTS, log: () => undefined });
await migrateDatabase(postgres.url);
const shop = await openShop({ url: postgres.url, drop: () => postgres.stop() });
const browser = await launchChromium();
try {
  await mkdir(folder, { recursive: true });
  const pathOf = await adminExamples(shop, browser);
  const routes = (await adminRoutes()).map(({ path, bare }) => ({ path, bare, url: pathOf(path) }));
  const known = routes.filter(({ path }) => only.length === 0 || only.includes(path));
  const others = only
    .filter((path) => !routes.some((route) => route.path === path))
    .map((path) => ({ path, bare: false, url: path }));
  for (const look of LOOKS) {
    const owner = await Admin.signedIn(browser, shop, ['OWNER'], look);
    const stranger = await Admin.stranger(browser, shop, look);
    for (const { path, bare, url } of [...known, ...others]) {
      if (url === null) {
        process.stdout.write(`${path}: needs an example in admin-examples.ts\n`);
        continue;
      }
      const admin = bare ? stranger : owner;
      await admin.open(url);
      const name = `${path.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '') || 'home'}`;
      const file = `${folder === docs ? 'admin-' : ''}${name}-${look.locale.slice(0, 2)}-${look.colorScheme}.png`;
      await admin.page.screenshot({ path: join(folder, file) });
      for (const complaint of admin.complaints.splice(0)) process.stdout.write(`${path}: ${complaint}\n`);
    }
    await owner.close();
    await stranger.close();
  }
} finally {
  await browser.close();
  await shop.close();
  await rm(dataDir, { recursive: true, force: true });
}
