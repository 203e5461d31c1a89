import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Role } from '@clientele/shared/permissions';
import { aSession } from '@clientele/api/src/testing/staff.builders.ts';
import type { Shop } from './shop.ts';

/** How long the screen may take on a busy machine before a story gives up. */
const PATIENCE_MS = 15_000;

export interface AdminLook {
  locale?: 'ru-RU' | 'en-US';
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

export interface AdminPlaces {
  /** Stores the roles hold in; absent: everywhere. */
  storeIds?: readonly string[];
  name?: string;
}

/** Somebody at work in the admin: does what a person does, by what the screen shows. */
export class Admin {
  readonly page: Page;
  readonly shop: Shop;
  /** What the browser's console complained about. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;

  private constructor(page: Page, shop: Shop, context: BrowserContext) {
    this.page = page;
    this.shop = shop;
    this.#context = context;
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** A browser window with a session of somebody with these roles; nothing is opened yet. */
  static async signedIn(
    browser: Browser,
    shop: Shop,
    roles: readonly Role[],
    { locale = 'ru-RU', colorScheme = 'light', viewport = { width: 1280, height: 800 } }: AdminLook = {},
    places: AdminPlaces = {},
  ): Promise<Admin> {
    const context = await browser.newContext({ locale, colorScheme, viewport, reducedMotion: 'reduce' });
    const { session } = await aSession(shop.app.context(), roles, places);
    await context.addCookies([{ name: 'clientele_session', value: session, url: shop.url }]);
    return new Admin(await context.newPage(), shop, context);
  }

  /** Nobody: the sign-in page. */
  static async stranger(browser: Browser, shop: Shop, look: AdminLook = {}): Promise<Admin> {
    const { locale = 'ru-RU', colorScheme = 'light', viewport = { width: 1280, height: 800 } } = look;
    const context = await browser.newContext({ locale, colorScheme, viewport, reducedMotion: 'reduce' });
    return new Admin(await context.newPage(), shop, context);
  }

  byName(name: string): Locator {
    return this.page.locator(`[data-test="${name}"]`).first();
  }

  /** @param path inside the admin: `/customers` */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.shop.url}/admin${path}`);
    await this.settled();
  }

  /** Until the page is drawn and nothing is on its way. */
  async settled(): Promise<void> {
    await this.page.locator('h1').first().waitFor();
    await this.page.waitForFunction(
      () => document.querySelector('[data-test="skeleton"], [aria-busy="true"], .v-btn--loading') === null,
    );
  }

  /** In other colours and of another size, as when a person changes the system's or the window; what is open stays. */
  async show({
    colorScheme,
    viewport,
  }: Required<Pick<AdminLook, 'colorScheme' | 'viewport'>>): Promise<void> {
    await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await this.page.setViewportSize(viewport);
    await this.page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    // However short, a change of colours takes a frame or more.
    await this.page.waitForFunction(
      () =>
        !document
          .getAnimations()
          .some((each) => each instanceof CSSTransition && each.playState === 'running'),
    );
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
