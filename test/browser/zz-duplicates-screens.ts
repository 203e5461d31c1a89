import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FOR_TESTS, startEmbeddedPostgres } from '@clientele/api/src/platform/database/embedded/index.ts';
import { migrateDatabase } from '@clientele/api/src/platform/database/migrate.ts';
import { checkDue } from '@clientele/api/src/profiles/duplicates/check-due.ts';
import { Admin } from './admin.ts';
import { findings, overflow } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { openShop } from './shop.ts';
const folder = '/tmp/dup-shots';
const dataDir = await mkdtemp(join(tmpdir(), 'clientele-screens-'));
const postgres = await startEmbeddedPostgres({ dataDir, settings: FOR_TESTS, log: () => undefined });
await migrateDatabase(postgres.url);
const shop = await openShop({ url: postgres.url, drop: () => postgres.stop() });
const browser = await launchChromium();
try {
  await mkdir(folder, { recursive: true });
  const upsert = (source: string, profiles: unknown[]) =>
    shop.ask(
      `mutation($i: UpsertProfilesInput!) { upsertProfiles(input: $i) { __typename ... on ProfilesUpserted { results { status problems { path code } } } ... on InvalidInput { problems { path code } } } }`,
      { i: { source, profiles } },
    );
  console.log(
    JSON.stringify(
      await upsert('shop', [
        {
          externalId: 'a1',
          givenName: 'Пётр',
          familyName: 'Королёв',
          patronymic: 'Ильич',
          birthDate: '1984-02-17',
          gender: 'MALE',
          phones: ['+79161234578'],
          emails: ['korolev.p@yandex.ru'],
          tags: ['vip'],
        },
        {
          externalId: 'b1',
          givenName: 'Юлия',
          familyName: 'Щербакова',
          birthDate: '1991-07-30',
          phones: ['+79261110022'],
          tags: ['рассылка'],
        },
        {
          externalId: 'c1',
          givenName: 'Мария',
          familyName: 'Гончарова',
          emails: ['goncharova.maria@mail.ru'],
          phones: ['+79035550101'],
        },
      ]),
    ),
  );
  await upsert('till', [
    {
      externalId: 'a2',
      givenName: 'Петр',
      familyName: 'Королев',
      birthDate: '1984-02-17',
      phones: ['+79161234576'],
      tags: ['опт'],
    },
    {
      externalId: 'b2',
      givenName: 'Yulia',
      familyName: 'Shcherbakova',
      birthDate: '1991-07-30',
      phones: ['+79269998877'],
      emails: ['yulia.shch@gmail.com'],
    },
    {
      externalId: 'c2',
      givenName: 'Маша',
      familyName: 'Гончарова',
      emails: ['goncharova.maria@mail.com'],
      phones: ['+79167770202'],
    },
  ]);
  await shop.app.relay?.drain();
  console.log('checked', await checkDue(shop.app.context()));
  for (const [locale, colorScheme] of [
    ['ru-RU', 'light'],
    ['en-US', 'dark'],
  ] as const) {
    const admin = await Admin.signedIn(browser, shop, ['OWNER'], { locale, colorScheme });
    const shot = (name: string) =>
      admin.page.screenshot({ path: join(folder, `${name}-${locale.slice(0, 2)}-${colorScheme}.png`) });
    await admin.open('/duplicates');
    await admin.byName('merge').waitFor();
    await admin.page.waitForTimeout(500);
    await shot('queue'); console.log('AXE', await findings(admin.page), await overflow(admin.page));
    if (locale === 'en-US') {
      await admin.page.setViewportSize({ width: 1024, height: 768 });
      await shot('queue1024'); console.log('overflow', await overflow(admin.page));
    } else {
      await admin.page.keyboard.press('m');
      await admin.page.waitForTimeout(900);
      await shot('merged');
      await admin.page.keyboard.press('n');
      await admin.page.waitForTimeout(700);
      await admin.page.keyboard.press('s');
      await admin.page.waitForTimeout(700);
      await shot('empty'); console.log('AXE empty', await findings(admin.page));
      await admin.open('/duplicates/merges');
      await shot('log'); console.log('AXE log', await findings(admin.page));
      await admin.page.locator('[data-test^="undo-"]').first().click();
      await admin.page.waitForTimeout(400);
      await shot('undo');
      await admin.byName('confirm-yes').click();
      await admin.page.waitForTimeout(900);
      await shot('undone');
      await admin.open('/duplicates?state=SKIPPED');
      await admin.byName('merge').waitFor();
    }
    console.log(admin.complaints);
    await admin.close();
  }
} finally {
  await browser.close();
  await shop.close();
  await rm(dataDir, { recursive: true, force: true });
}
