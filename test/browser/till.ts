import type { Locator, Page } from 'playwright-core';
import type { Shop } from './shop.ts';
import { offerTo, walkPromotions } from './till-promotions.ts';

/** A cashier at the till: does what a person does, by what the screen shows. */
export class Till {
  readonly page: Page;
  readonly #shop: Shop;

  constructor(page: Page, shop: Shop) {
    this.page = page;
    this.#shop = shop;
  }

  byName(name: string): Locator {
    return this.page.locator(`[data-test="${name}"]`).first();
  }

  stage(stage: string): Locator {
    return this.page.locator(`[data-stage="${stage}"]`);
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.#shop.url}/pos/#token=${this.#shop.credentials.till.token}`);
    await this.stage('lock').waitFor();
  }

  async signIn(): Promise<void> {
    const { id, pin } = this.#shop.credentials.cashier;
    await this.page.locator(`[data-test="cashier"][data-id="${id}"]`).click();
    await this.page.keyboard.type(pin);
    await this.page.keyboard.press('Enter');
    await this.stage('main').waitFor();
  }

  /** Two weeks are more than a session lives. */
  async signInAgainIfAsked(): Promise<void> {
    await this.page.reload();
    await this.page
      .locator('[data-stage="lock"], [data-stage="main"], [data-test="session-over"]')
      .first()
      .waitFor();
    if ((await this.stage('main').count()) === 0 || (await this.byName('session-over').count()) > 0)
      await this.signIn();
  }

  async register(phone: string, givenName: string): Promise<void> {
    await this.fillRegistration(phone, givenName);
    await this.page.keyboard.press('Enter');
    await this.enterCode(phone);
  }

  async fillRegistration(phone: string, givenName: string): Promise<void> {
    await this.page.keyboard.press('F3');
    await this.stage('register').waitFor();
    await this.byName('phone').fill(phone);
    await this.byName('given-name').fill(givenName);
    for (const consent of await this.page.locator('[data-test="consent"]').all()) await consent.check();
  }

  /** Earning needs no more. */
  async recogniseWithoutCode(phone: string): Promise<void> {
    await this.page.keyboard.press('F2');
    await this.byName('phone').fill(phone);
    await this.page.keyboard.press('Enter');
    await this.byName('shopper-name').waitFor();
  }

  /** Made by a partner, as if from years before. */
  async shopperWithPoints(phone: string, givenName: string, points: number): Promise<void> {
    await this.#shop.ask(
      `mutation ($profile: ProfileInput!, $points: AdjustPointsInput!) {
        upsertProfiles(input: { source: "story", profiles: [$profile] }) { __typename }
        adjustPoints(input: $points) { ... on PointsAdjusted { account { active } } }
      }`,
      {
        profile: { externalId: phone, phones: [phone], givenName },
        points: { requestId: `gift-${phone}`, profile: { phone }, points, reason: 'A gift' },
      },
    );
  }

  /** With promotions in the shop, one of them granted to this shopper. */
  async offered(phone: string): Promise<void> {
    const { coffee } = await walkPromotions(this.#shop);
    await offerTo(this.#shop, phone, coffee, 'подарок за отзыв');
  }

  /** Types a code and waits for what becomes of it. */
  async promoCode(code: string): Promise<void> {
    const before = await this.page.locator('[data-test="promo-code"]').count();
    await this.page.keyboard.press('F6');
    await this.byName('promo-input').waitFor();
    await this.page.keyboard.type(code);
    await this.page.keyboard.press('Enter');
    await this.page.locator('[data-test="promo-code"]').nth(before).waitFor();
    await this.quoted();
  }

  /** What the till says of a code on the receipt. */
  async saidOfCode(code: string): Promise<string> {
    const line = this.page.locator('[data-test="promo-code"]').filter({ hasText: code });
    return ((await line.locator('small').textContent()) ?? '').replaceAll(/\s/g, ' ');
  }

  /** By phone, then a code, because points are to be spent. */
  async recognise(phone: string): Promise<void> {
    await this.recogniseWithoutCode(phone);
    await this.page.keyboard.press('F7');
    await this.enterCode(phone);
  }

  async enterCode(phone: string): Promise<void> {
    await this.byName('code').waitFor();
    await this.page.keyboard.type(await this.#shop.codeFor(phone));
    await this.byName('verified').waitFor();
  }

  async add(sku: string, quantity = 1): Promise<void> {
    const before = await this.page.locator('[data-test="line"]').count();
    await this.page.keyboard.press('F9');
    await this.byName('search').fill(sku);
    await this.byName('found').waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('[data-test="line"]').nth(before).waitFor();
    for (let more = 1; more < quantity; more += 1) {
      await this.page.locator('[data-test="line"]').nth(before).locator('[data-test="more"]').click();
    }
    await this.quoted();
  }

  /** By the last of the chips: the most that may be spent. */
  async redeemMax(): Promise<void> {
    await this.page.getByRole('button', { name: /^(макс|max)/i }).click();
    await this.byName('points-discount').waitFor();
    await this.quoted();
  }

  /** On the keypad of the screen. */
  async tapDigits(digits: string): Promise<void> {
    for (const digit of digits) await this.page.getByRole('button', { name: digit, exact: true }).tap();
  }

  /** Until the sums on the screen belong to the basket on the screen. */
  async quoted(): Promise<void> {
    await this.page.locator('.sums[aria-busy="false"]').waitFor();
  }

  /** Enter until the result is there: the big button's next steps. */
  async record(): Promise<void> {
    await this.page.keyboard.press('Enter');
    await this.page.locator('[data-stage="payment"], [data-stage="result"]').first().waitFor();
    if ((await this.stage('payment').count()) > 0) await this.page.keyboard.press('Enter');
    await this.byName('result').waitFor();
  }

  async next(): Promise<void> {
    await this.page.keyboard.press('Enter');
    await this.stage('main').waitFor();
  }

  /** Digits of a sum as the API would write it: "−1 234,50 ₽" → "-1234.50". */
  async money(name: string): Promise<string> {
    const text = (await this.byName(name).textContent()) ?? '';
    return text
      .replaceAll(/[−–]/g, '-')
      .replace(',', '.')
      .replaceAll(/[^\d.-]/g, '');
  }

  async points(name: string): Promise<number> {
    const text = (await this.byName(name).textContent()) ?? '';
    return Number(text.replaceAll(/\s/g, '').match(/\d+/)?.[0]);
  }
}
