import type { Locator, Page } from 'playwright-core';
import { Admin } from './admin.ts';
import { Marketer } from './marketer.ts';

/** Somebody who puts a segment together: by what the screen shows. Counts the presses a person needs. */
export class SegmentBuilder {
  readonly admin: Admin;
  readonly page: Page;
  readonly marketer: Marketer;
  presses = 0;

  constructor(admin: Admin) {
    this.admin = admin;
    this.page = admin.page;
    this.marketer = new Marketer(admin);
  }

  async press(target: Locator): Promise<void> {
    this.presses += 1;
    await target.click();
  }

  /** From the navigation to an empty builder. */
  async begin(): Promise<void> {
    await this.marketer.go('Сегменты');
    await this.press(this.admin.byName('primary'));
    await this.admin.byName('add-condition').waitFor();
  }

  /** By the menu, found by what a person would type. @returns the sentence, open */
  async ask(typed: string, beginning: string): Promise<Locator> {
    const before = await this.sentences().count();
    await this.press(this.admin.byName('add-condition'));
    await this.page.locator('[data-test="find-condition"] input:focus').waitFor();
    await this.page.keyboard.type(typed);
    await this.admin.byName(`begin-${beginning}`).waitFor();
    this.presses += 1;
    await this.page.keyboard.press('Enter');
    const sentence = this.sentences().nth(before);
    await sentence.locator('[data-test="fields"]').waitFor();
    return sentence;
  }

  sentences(): Locator {
    return this.page.locator('[data-test="sentence"]');
  }

  async words(): Promise<string[]> {
    const all = await this.sentences().locator('.sentence > span').allInnerTexts();
    return all.map((text) => text.replaceAll(/\s+/g, ' '));
  }

  async takeCategory(sentence: Locator, category: string): Promise<void> {
    this.presses += 3;
    await this.marketer.takeCategory(sentence, category);
  }

  async takeProperty(sentence: Locator, value: string): Promise<void> {
    await this.press(sentence.locator('[data-test="goods"]'));
    const dialog = this.page.getByRole('dialog');
    await this.press(dialog.locator('[data-test="tab-attributes"]'));
    await this.press(dialog.getByText(value, { exact: true }));
    await this.press(dialog.getByRole('button', { name: 'Готово' }));
    await dialog.waitFor({ state: 'detached' });
  }

  /** Once it is of the conditions on the screen. */
  async count(): Promise<string> {
    const count = this.page.locator('[data-test="count"][data-fresh="true"] .big');
    await count.waitFor();
    return (await count.innerText()).replaceAll(/\s/g, '');
  }

  /** What is said of somebody at each sentence. */
  async check(typed: string, name: string): Promise<void> {
    await this.admin.byName('find-person').locator('input').fill(typed);
    await this.press(this.page.getByRole('option').filter({ hasText: name }));
    await this.admin.byName('explanation').waitFor();
  }

  /** Without the moment at which it turns by itself. */
  async verdicts(): Promise<string[]> {
    const all = await this.sentences().locator('[data-test="verdict"]').allInnerTexts();
    return all.map((text) =>
      text
        .replaceAll(/\s+/g, ' ')
        .replace(/; изменится само .*$/, '')
        .trim(),
    );
  }

  async save(): Promise<void> {
    await this.press(this.admin.byName('save'));
    await this.page.waitForURL(/\/segments\/(?!new)/);
    await this.admin.settled();
  }
}
