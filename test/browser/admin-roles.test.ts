import type { Browser } from 'playwright-core';
import type { Role } from '@clientele/shared/permissions';
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

const PHONE = '+79135550101';

async function aShopper(): Promise<void> {
  await shop.ask(
    `mutation { upsertProfiles(input: { source: "story", profiles: [
      { externalId: "roles-1", phones: ["${PHONE}"], givenName: "Клеопатра", familyName: "Ветрова" }] }) { __typename } }`,
  );
}

/** Everything the server told the browser, as one text. */
function listen(admin: Admin): () => Promise<string> {
  const answers: Promise<string>[] = [];
  admin.page.on('response', (response) => {
    if (response.url().endsWith('/graphql')) answers.push(response.text().catch(() => ''));
  });
  return async () => (await Promise.all(answers)).join('\n');
}

interface Seen {
  /** Words on the page of the card. */
  page: string;
  /** All the server's answers. */
  told: string;
  sections: string[];
  /** Whether whole contacts may be asked for. */
  mayShow: boolean;
}

/** What somebody with this role sees of one shopper in the list and on the card. */
async function seenBy(role: Role): Promise<Seen> {
  const admin = await Admin.signedIn(browser, shop, [role]);
  const told = listen(admin);
  await admin.open('/customers?search=Ветрова');
  await admin.byName('row').getByRole('button').first().click();
  await admin.byName('open-card').click();
  await admin.byName('identity').waitFor();
  await admin.settled();
  const show = admin.byName('show-contacts');
  const mayShow = (await show.count()) > 0;
  if (mayShow) {
    await show.click();
    await admin.page
      .getByText(/\+7[\s(]*913/)
      .first()
      .waitFor();
  }
  const page = await admin.page.locator('main').innerText();
  const sections = await admin.page.locator('nav .area').allInnerTexts();
  await admin.close();
  return { page, told: await told(), sections, mayShow };
}

const digits = (text: string): string => text.replaceAll(/[\s()-]/g, '');

test('contacts: whole for support, masked for a shop assistant, absent for an analyst: in the answers too', async () => {
  await aShopper();
  const [support, assistant, analyst] = [
    await seenBy('SUPPORT'),
    await seenBy('SALES_ASSISTANT'),
    await seenBy('ANALYST'),
  ];
  expect([support.mayShow, assistant.mayShow, analyst.mayShow]).toEqual([true, false, false]);
  expect(digits(support.page)).toContain(PHONE);
  expect(assistant.page).toContain('01-01');
  for (const text of [assistant.page, assistant.told, analyst.page, analyst.told])
    expect(digits(text)).not.toContain(PHONE);
  for (const text of [analyst.page, analyst.told]) expect(text).not.toContain('01-01');
});

test('sections a role has nothing to do in are not there', async () => {
  await aShopper();
  const { sections } = await seenBy('SALES_ASSISTANT');
  expect(sections).toContain('Покупатели');
  for (const closed of ['Дубликаты', 'Данные']) expect(sections).not.toContain(closed);
});
