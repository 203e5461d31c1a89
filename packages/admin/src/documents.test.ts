import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { persistedTexts } from '../persisted-documents.ts';

const schema = buildSchema(readFileSync(new URL('../../api/schema.graphql', import.meta.url), 'utf8'));

test('every document has a name of its own and fits the schema', async () => {
  const texts = await persistedTexts();
  expect(texts.size).toBeGreaterThan(0);
  for (const [name, text] of texts) expect([name, validate(schema, parse(text))]).toEqual([name, []]);
});

test('the build lists every document under the hash the app sends', async () => {
  const file = new URL('../dist/persisted-documents.json', import.meta.url);
  const stored = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const texts = [...(await persistedTexts()).values()];
  expect(Object.values(stored).toSorted()).toEqual(texts.toSorted());
  for (const [hash, text] of Object.entries(stored))
    expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
});
