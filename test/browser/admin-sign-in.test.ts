import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aStaffMember, stepCodeOf } from '@clientele/api/src/testing/staff.builders.ts';
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

const NEW_PASSWORD = 'семь-синих-китов-ушли';

async function aMarketer(email: string): Promise<{ email: string; password: string }> {
  const password = 'девять-рыжих-лисиц-спят';
  await aStaffMember(shop.app.context(), ['MARKETER'], { email, password });
  return { email, password };
}

async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Почта').fill(email);
  await page.getByLabel('Пароль').fill(password);
  await page.getByLabel('Пароль').press('Enter');
}

test('from the page asked for through the password to it, and a second step from then on', async () => {
  const { email, password } = shop.credentials.admin;
  const admin = await Admin.stranger(browser, shop);
  const { page } = admin;
  await admin.open('/settings/audit');
  await page.waitForURL(/\/sign-in\?to=/);
  await typePassword(page, email, 'not the password');
  expect(await admin.byName('refusal').textContent()).toContain('не подходят');
  await typePassword(page, email, password);
  await page.waitForURL(/\/admin\/settings\/audit$/);

  await admin.open('/account');
  await admin.byName('set-up').press('Enter');
  await page.getByLabel('Подтвердите паролем').fill(password);
  await page.keyboard.press('Enter');
  const secret = ((await admin.byName('secret').textContent()) ?? '').replaceAll(' ', '');
  await page.getByLabel('Введите шесть цифр').fill(stepCodeOf(secret, shop.app.clock));
  await page.keyboard.press('Enter');
  await admin.byName('recovery-code').waitFor();
  expect(await page.locator('[data-test="recovery-code"]').count()).toBe(10);
  const recovery = (await admin.byName('recovery-code').textContent()) ?? '';
  await page.getByLabel('Коды сохранены').check();
  // A press does not wait for the button to be open; a click does.
  await admin.byName('continue').click();
  await admin.byName('continue').waitFor({ state: 'detached' });
  await page.getByText('Запасных кодов осталось: 10.').waitFor();

  await page.getByRole('button', { name: /Вы вошли как/ }).click();
  await page.getByRole('link', { name: 'Выйти' }).click();
  await page.getByText('Вы вышли').waitFor();
  await page.getByRole('link', { name: 'Войти снова' }).click();
  await typePassword(page, email, password);
  await page.getByRole('heading', { name: 'Второй шаг' }).waitFor();
  // A reload goes on where it was.
  await page.reload();
  await page.getByRole('button', { name: /запасной код/ }).click();
  await page.getByLabel('Запасной код').fill(recovery);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Обзор' }).waitFor();
  expect(admin.complaints).toEqual([]);
  await admin.close();
});

test('a session that is over asks to sign in, by the keyboard alone, and goes on where it was', async () => {
  const { email, password } = await aMarketer('over@example.com');
  const admin = await Admin.stranger(browser, shop);
  const { page } = admin;
  await admin.open('/customers');
  await typePassword(page, email, password);
  await page.getByRole('heading', { name: 'Покупатели' }).waitFor();
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Дубликаты' }).click();
  await page.waitForURL(/\/sign-in\?to=/);
  // What is typed as soon as the page is there stands where it belongs.
  await page.getByLabel('Почта').waitFor();
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Дубликаты' }).waitFor();
  await page.waitForURL(/\/admin\/duplicates$/);
  await admin.close();
});

test('a forgotten password: the letter of the outbox leads to a new one, once', async () => {
  const email = 'marketer@demo.clientele.example';
  const admin = await Admin.stranger(browser, shop);
  const { page } = admin;
  await admin.open('/sign-in/forgotten');
  await page.getByLabel('Почта').fill(email);
  await page.keyboard.press('Enter');
  await admin.byName('sent').waitFor();
  const lettersTo = async (): Promise<{ text: string }[]> => {
    const response = await fetch(`${shop.url}/outbox.json?to=${encodeURIComponent(email)}`);
    return (await response.json()) as { text: string }[];
  };
  // Letters go out after whatever the company has to tell itself first: on a busy machine that takes its time.
  await expect.poll(async () => (await lettersTo()).length, { timeout: 40_000 }).toBe(1);
  const [letter] = await lettersTo();
  const path = /\/admin(\/reset#token=\S+)/.exec(letter?.text ?? '')?.[1] ?? '';
  await admin.open(path);
  expect(page.url()).not.toContain('token');
  await page.getByLabel('Новый пароль').fill('marketer12');
  await page.keyboard.press('Enter');
  await page.getByText('легко угадать').waitFor();
  await page.getByLabel('Новый пароль').fill(NEW_PASSWORD);
  await page.keyboard.press('Enter');
  await admin.byName('to-sign-in').click();
  await typePassword(page, email, NEW_PASSWORD);
  await page.getByRole('heading', { name: 'Обзор' }).waitFor();
  // Going back shows what was, not the secret of the letter.
  const visited = await page.evaluate(() => JSON.stringify(history.state));
  expect(visited).not.toContain('token');
  await admin.close();

  const again = await Admin.stranger(browser, shop);
  await again.open(path);
  await again.page.getByRole('heading', { name: 'Эта ссылка уже не действует' }).waitFor();
  await again.close();
}, 120_000);
