import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = new URL('../dist/', import.meta.url);
const KB = 1000;

/** `pnpm test` builds first; by hand: `pnpm --filter @clientele/admin build`. */
function built(path: string): Buffer {
  const file = new URL(path, dist);
  if (!existsSync(file))
    throw new Error(`${file.pathname} is missing: build the admin before its budget test`);
  return readFileSync(file);
}

interface Chunk {
  file: string;
  imports?: string[];
  isEntry?: boolean;
}

const LANGUAGES = ['ru', 'en'];

/** What a browser must have before the first page is drawn: the entry, what it imports, and the words of a language. */
function initialFiles(language: string): string[] {
  const manifest = JSON.parse(built('.vite/manifest.json').toString('utf8')) as Record<string, Chunk>;
  const starts = Object.entries(manifest).filter(
    ([name, { isEntry }]) => isEntry === true || name.endsWith(`all-words.${language}.ts`),
  );
  const files = new Set<string>();
  const follow = (name: string): void => {
    const chunk = manifest[name];
    if (chunk === undefined || files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(follow);
  };
  starts.forEach(([name]) => follow(name));
  return [...files].filter((file) => file.endsWith('.js'));
}

test.each(LANGUAGES)('the initial JavaScript in %s stays within 300 kB gzipped', (language) => {
  const sizes = initialFiles(language).map((file) => gzipSync(built(file), { level: 9 }).length);
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThanOrEqual(300 * KB);
});

test('nothing in the build makes functions of text: the server forbids it', () => {
  const manifest = JSON.parse(built('.vite/manifest.json').toString('utf8')) as Record<string, Chunk>;
  const scripts = Object.values(manifest).filter(({ file }) => file.endsWith('.js'));
  const guilty = scripts.filter(({ file }) => /\bnew Function\(|\beval\(/.test(built(file).toString('utf8')));
  expect(guilty.map(({ file }) => file)).toEqual([]);
});
