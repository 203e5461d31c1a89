import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as documents from './api/documents/index.ts';

const dist = new URL('../dist/', import.meta.url);
const KB = 1000;

/** `pnpm test` builds first; by hand: `pnpm --filter @clientele/pos-client build`. */
function built(path: string): Buffer {
  const file = new URL(path, dist);
  if (!existsSync(file))
    throw new Error(`${file.pathname} is missing: build the till before its budget test`);
  return readFileSync(file);
}

function zipped(ending: string): number {
  const page = built('index.html').toString('utf8');
  const initial = readdirSync(new URL('assets/', dist)).filter(
    (name) => name.endsWith(ending) && page.includes(name),
  );
  expect(initial.length).toBeGreaterThan(0);
  return initial.reduce((total, name) => total + gzipSync(built(`assets/${name}`), { level: 9 }).length, 0);
}

test('the initial JavaScript stays within 75 kB gzipped', () => {
  expect(zipped('.js')).toBeLessThanOrEqual(75 * KB);
});

test('the styles stay within 15 kB gzipped', () => {
  expect(zipped('.css')).toBeLessThanOrEqual(15 * KB);
});

test('at most eight requests before the first paint', () => {
  const page = built('index.html').toString('utf8');
  const asked = page.match(/<(?:script|link)\b[^>]*(?:src|href)="[^"]+"/g) ?? [];
  expect(asked.length + 1).toBeLessThanOrEqual(8);
});

test('the service worker keeps the whole shell', () => {
  const worker = built('sw.js').toString('utf8');
  for (const name of readdirSync(new URL('assets/', dist))) expect(worker).toContain(name);
  expect(worker).toContain('index.html');
});

test('the build lists every document under the hash the till sends', () => {
  const stored = JSON.parse(built('persisted-documents.json').toString('utf8')) as Record<string, string>;
  const texts = Object.values(documents) as unknown as string[];
  expect(Object.values(stored).toSorted()).toEqual(texts.toSorted());
  for (const [hash, text] of Object.entries(stored)) {
    expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
  }
});
