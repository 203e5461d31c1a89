import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('no field takes the focus late: every beginning is v-takes-focus', () => {
  const cwd = new URL('..', import.meta.url).pathname;
  const templates = globSync('**/*.vue', { cwd });
  const texts = templates.map((path) => ({ path, text: readFileSync(`${cwd}${path}`, 'utf8') }));
  expect(texts.filter(({ text }) => /\bautofocus\b/.test(text)).map(({ path }) => path)).toEqual([]);
  expect(texts.filter(({ text }) => text.includes('v-takes-focus')).length).toBeGreaterThan(20);
});
