import { existsSync } from 'node:fs';
import { chromium as playwright, type Browser } from 'playwright-core';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** Kept from reaching out: the stories need this machine only. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A real Chromium: the one of the machine, else the one that comes inside a package.
 * @throws with one clear sentence where neither starts
 */
export async function launchChromium(): Promise<Browser> {
  if (existsSync(SYSTEM_CHROMIUM)) {
    return playwright.launch({ executablePath: SYSTEM_CHROMIUM, args: QUIET });
  }
  const { default: packed } = await import('@sparticuz/chromium');
  try {
    return await playwright.launch({ executablePath: await packed.executablePath(), args: QUIET });
  } catch (error) {
    throw new Error(
      'Chromium does not start: it needs the system libraries libnss3, libnspr4 and libexpat1 (apt-get install libnss3 libnspr4 libexpat1).',
      { cause: error },
    );
  }
}
