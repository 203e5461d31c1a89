import { mkdtemp, rm, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FOR_TESTS, startEmbeddedPostgres } from '@clientele/api/src/platform/database/embedded/index.ts';
import { migrateDatabase } from '@clientele/api/src/platform/database/migrate.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { Admin } from './admin.ts';
import { launchChromium } from './chromium.ts';
import { openShop } from './shop.ts';

const folder = '/tmp/shots-c';
await mkdir(folder, { recursive: true });
const dataDir = await mkdtemp(join(tmpdir(), 'clientele-screens-'));
const postgres = await startEmbeddedPostgres({ dataDir, settings: FOR_TESTS, log: () => undefined });
await migrateDatabase(postgres.url);
const shop = await openShop({ url: postgres.url, drop: () => postgres.stop() });
const browser = await launchChromium();
try {
  const ctx = shop.app.context();
  const now = ctx.clock.now();
  for (const [code, ru, type, choices] of [['size', 'Размер одежды', 'CHOICE', [{ code: 'm', nameRu: 'M (46)', nameEn: 'M' }]], ['kids', 'Есть дети', 'BOOLEAN', []], ['shoe', 'Размер обуви', 'NUMBER', []]] as const)
    await ctx.sql.insertInto('attribute_definition').values({ id: newId(), code, name_ru: ru, name_en: code, type, choices: JSON.stringify(choices) as never, enrichment: { kind: 'NEWEST' }, created_at: now, updated_at: now }).execute();
  const { orders } = await shop.ask<{ orders: { edges: { node: { profile: { id: string } | null } }[] } }>('{ orders(first: 40) { edges { node { profile { id } } } } }');
  const id = orders.edges.map(({ node }) => node.profile?.id).find(Boolean) ?? '';
  const { node } = await shop.ask<{ node: { version: number } }>('query ($id: ID!) { node(id: $id) { ... on Profile { version } } }', { id });
  await shop.ask('mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { __typename } }', { input: { profileId: id, version: node.version, patronymic: 'Аркадьевна', birthDate: '1988-04-17', gender: 'FEMALE', tags: ['VIP', 'любит кофе', 'подписчик'], preferredChannel: 'VIBER', attributes: { size: 'm', kids: true, shoe: 38.5 } } });
  for (const look of [{ locale: 'ru-RU', colorScheme: 'light' }, { locale: 'en-US', colorScheme: 'dark' }] as const) {
    const admin = await Admin.signedIn(browser, shop, ['OWNER'], { ...look, ...(process.argv[2] ? { viewport: { width: Number(process.argv[2]), height: 768 } } : {}) });
    const shot = async (name: string) => { await admin.settled().catch(() => undefined); await admin.page.waitForTimeout(300); await admin.page.screenshot({ path: join(folder, `${name}-${look.locale.slice(0, 2)}.png`) }); };
    await admin.open('/customers'); await shot('list');
    await admin.byName('more-filters').click(); await shot('filters');
    await admin.open(`/customers?search=${encodeURIComponent('никтонезнает')}`); await shot('nobody');
    await admin.open(`/customers?peek=${encodeURIComponent(id)}`); await shot('peek');
    await admin.open(`/customers/${encodeURIComponent(id)}`); await shot('card');
    await admin.byName('show-contacts').click(); await admin.page.waitForTimeout(500); await shot('contacts');
    await admin.page.evaluate(() => document.querySelector('.side')?.lastElementChild?.scrollIntoView()); await shot('card-low');
    await admin.byName('record-consent').click(); await shot('consent');
    await admin.page.keyboard.press('Escape');
    await admin.byName('adjust').click(); await shot('adjust');
    await admin.page.keyboard.press('Escape');
    await admin.byName('detach').click(); await shot('detach');
    await admin.page.keyboard.press('Escape');
    await admin.byName('more-actions').click(); await shot('menu');
    await admin.byName('erase').click(); await shot('erase');
    await admin.page.keyboard.press('Escape');
    await admin.open(`/customers/${encodeURIComponent(id)}/edit`); await shot('edit');
    await admin.open(`/customers/junk`); await shot('missing');
    for (const complaint of admin.complaints.splice(0)) process.stdout.write(`${complaint}\n`);
    await admin.close();
  }
} finally {
  await browser.close(); await shop.close(); await rm(dataDir, { recursive: true, force: true });
}
