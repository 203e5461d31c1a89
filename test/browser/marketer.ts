import type { Locator, Page } from 'playwright-core';
import { Admin } from './admin.ts';

/** What a receipt tried in the admin is made of. */
export interface TriedReceipt {
  /** sku and how many. */
  goods: readonly (readonly [sku: string, quantity: number])[];
  phone: string;
  /** On the clock of the store: day `2026-11-28`, hour `18:30`; absent: now. */
  at?: { day: string; hour: string };
  codes?: readonly string[];
}

/** A marketer at work: goes from page to page by links and buttons, writes what a new user would write. */
export class Marketer {
  readonly admin: Admin;
  readonly page: Page;

  constructor(admin: Admin) {
    this.admin = admin;
    this.page = admin.page;
  }

  /** By the navigation: an area, then a page of it. */
  async go(area: string, page?: string): Promise<void> {
    const navigation = this.page.getByRole('navigation');
    for (const name of page === undefined ? [area] : [area, page])
      await navigation.getByRole('link', { name, exact: true }).last().click();
    await this.page.getByRole('heading', { level: 1 }).first().waitFor();
    await this.admin.settled();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name }).first();
  }

  /** Opens a list by its label, by keys, and takes one of it. */
  async choose(label: string, choice: string, inside: Locator | Page = this.page): Promise<void> {
    await inside.getByRole('combobox', { name: label }).first().press('Enter');
    const option = this.page.getByRole('option', { name: choice }).first();
    await option.waitFor();
    // A list that still opens moves away from under the mouse.
    await this.page.waitForFunction(
      () => document.querySelector('.v-overlay__content[class*="-enter-active"]') === null,
    );
    await option.click();
  }

  /** Chooses categories for a rule by the tree. */
  async takeCategory(inside: Locator, category: string): Promise<void> {
    await inside.locator('[data-test="goods"]').click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Найти категорию' }).fill(category);
    await dialog.getByText(category, { exact: true }).click();
    await dialog.getByRole('button', { name: 'Готово' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** From the page of the program: an editor of its rules. */
  async editRules(): Promise<void> {
    await this.go('Лояльность', 'Программа');
    await this.admin.byName('primary').click();
    await this.admin.byName('draft-state').waitFor();
  }

  /** From the editor of rules, once what was written is saved. */
  async publishRules(note: string): Promise<void> {
    await this.admin.byName('draft-state').getByText('Черновик сохранён').waitFor();
    await this.admin.byName('primary').click();
    await this.admin.byName('difference').waitFor();
    await this.admin.byName('note').locator('textarea').first().fill(note);
    await this.button('Опубликовать сейчас').click();
    await this.page.getByText('Новые правила действуют').waitFor();
  }

  async newPromotion(preset: string): Promise<void> {
    await this.go('Предложения', 'Акции');
    await this.admin.byName('primary').click();
    await this.page.getByRole('link', { name: preset }).click();
    await this.admin.byName('save').waitFor();
  }

  async rename(name: string): Promise<void> {
    for (const field of ['title', 'name'])
      await this.page.locator(`[data-test="${field}"]`).getByRole('textbox').fill(name);
  }

  /** The draft of a promotion that is new. */
  async saveDraft(): Promise<void> {
    await this.admin.byName('save').click();
    await this.page.waitForURL(/\/offers\/(?!new)/);
    await this.admin.settled();
  }

  async publishPromotion(): Promise<void> {
    await this.admin.byName('primary').click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click();
    await this.page.getByText('Акция опубликована').first().waitFor();
  }

  /** On the page of a tried receipt; what was tried before is cleared. */
  async tryReceipt(receipt: TriedReceipt): Promise<void> {
    if (await this.button('Очистить').isVisible()) await this.button('Очистить').click();
    for (const [sku, quantity] of receipt.goods) {
      await this.admin.byName('find-product').locator('input').fill(sku);
      await this.page.getByRole('option').filter({ hasText: sku }).click();
      const field = this.page.getByRole('textbox', { name: /^Количество: / }).last();
      await field.fill(String(quantity));
      await field.press('Enter');
    }
    await this.choose('Магазин', 'Москва, Охотный Ряд');
    await this.button('По телефону').click();
    await this.page.getByRole('textbox', { name: 'Телефон' }).fill(receipt.phone);
    if (receipt.at !== undefined) {
      await this.page
        .getByLabel(/^Момент/)
        .first()
        .fill(receipt.at.day);
      await this.page.getByLabel('Время').first().fill(receipt.at.hour);
    }
    for (const code of receipt.codes ?? []) {
      const field = this.page.getByRole('combobox', { name: 'Промокоды' });
      await field.fill(code);
      await field.press('Enter');
    }
    await this.admin.byName('to-pay').waitFor();
  }

  /** Points the tried receipt brings: "594". */
  async triedPoints(): Promise<string> {
    return digits(await this.admin.byName('will-earn').locator('.points').innerText());
  }

  /** What the tried receipt costs, as the API would write it: "4491.00". */
  async triedSum(): Promise<string> {
    return Number(digits(await this.admin.byName('to-pay').innerText())).toFixed(2);
  }

  /** What the tried receipt says of a promotion or a rule. */
  async verdict(title: string): Promise<string> {
    const words = await this.page.getByRole('listitem').filter({ hasText: title }).last().innerText();
    return words.replaceAll(/\s+/g, ' ');
  }
}

function digits(text: string): string {
  return text.replace(',', '.').replaceAll(/[^\d.]/g, '');
}
