import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Admin } from './admin.ts';
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

/** The field behind a `data-test` of a Vuetify field. */
function field(admin: Admin, name: string): Locator {
  return admin.byName(name).locator('input, textarea').first();
}

test('a new till shows its code once, and a device is paired by it', async () => {
  const admin = await Admin.signedIn(browser, shop, ['OWNER']);
  await admin.open('/settings/tills/new');
  await field(admin, 'name').fill('Касса у выхода');
  await admin.byName('save').click();
  await admin.byName('primary').click();
  const shown = await admin.byName('code').innerText();
  expect(shown).toMatch(/^[2-9A-Z]{4} [2-9A-Z]{4}$/);
  const paired = await shop.app
    .context()
    .sql.selectFrom('till')
    .select('paired_at')
    .where('name', '=', 'Касса у выхода')
    .executeTakeFirstOrThrow();
  expect(paired.paired_at).toBeNull();
  const response = await fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query:
        'mutation ($code: String!) { pairTill(input: { code: $code }) { __typename ... on TillPaired { till { name } } } }',
      variables: { code: shown },
    }),
  });
  expect(await response.json()).toMatchObject({ data: { pairTill: { till: { name: 'Касса у выхода' } } } });
  await admin.page.reload();
  await admin.settled();
  expect(await admin.byName('pairing').count()).toBe(0);
  await admin.byName('revoke').click();
  expect(await admin.byName('confirm').innerText()).toContain('через несколько секунд');
  await admin.byName('confirm-yes').click();
  await admin.page.getByText('Отключена', { exact: true }).first().waitFor();
  expect(admin.complaints).toEqual([]);
  await admin.close();
});

test('a key is shown once, with its rights; the list never shows it', async () => {
  const admin = await Admin.signedIn(browser, shop, ['INTEGRATOR']);
  await admin.open('/settings/keys/new');
  expect(await admin.page.getByText('Видеть телефон и почту полностью').count()).toBe(0);
  await field(admin, 'name').fill('1С: чеки');
  await admin.page.getByLabel('Присылать чеки и возвраты').check();
  await admin.byName('save').click();
  await admin.byName('key').waitFor();
  expect(await admin.byName('key').innerText()).toMatch(/ck_[\w-]{43}/);
  await admin.page.getByRole('link', { name: 'Я сохранил(а) ключ' }).click();
  await admin.page.getByText('1С: чеки').first().waitFor();
  expect(await admin.page.locator('main').innerText()).not.toContain('ck_');
  await admin.close();
});

test('of two who edit one store the later sees both edits and chooses; a script in a name is a text', async () => {
  const { stores } = await shop.ask<{ stores: { edges: { node: { id: string } }[] } }>(
    '{ stores(first: 1) { edges { node { id } } } }',
  );
  const path = `/settings/stores/${encodeURIComponent(stores.edges[0]?.node.id ?? '')}`;
  const [one, two] = await Promise.all([
    Admin.signedIn(browser, shop, ['OWNER'], {}, { name: 'Ольга' }),
    Admin.signedIn(browser, shop, ['OWNER'], {}, { name: 'Пётр' }),
  ]);
  await Promise.all([one.open(path), two.open(path)]);
  await field(one, 'name').fill('<script>document.title="взлом"</script>');
  await one.byName('save').click();
  await one.page.getByText('Сохранено').waitFor();
  await field(two, 'name').fill('Второе имя');
  await two.byName('save').click();
  await two.byName('settle').waitFor();
  const dialog = await two.page.getByRole('dialog').innerText();
  expect(dialog).toContain('Ольга');
  expect(dialog).toContain('<script>document.title="взлом"</script>');
  await two.byName('settle').click();
  await two.page.getByText('Сохранено', { exact: true }).waitFor();
  await one.open('/settings/stores');
  expect(await one.page.locator('main').innerText()).toContain('Второе имя');
  expect(await two.page.title()).not.toContain('взлом');
  expect([...one.complaints, ...two.complaints]).toEqual([]);
  await Promise.all([one.close(), two.close()]);
});
