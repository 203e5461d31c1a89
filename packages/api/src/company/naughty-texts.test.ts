import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { globalId } from '../platform/graphql/global-id.ts';
import { aBrand, aStore } from '../testing/company.builders.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { sharedData, sharedDataMissing } from '../testing/shared-data.ts';
import { aSession } from '../testing/staff.builders.ts';

const it = useTestApp();

/** A text of Settings: how it is written, and how all of them are read back afterwards. */
interface Field {
  name: string;
  mutation: string;
  input(text: string): Record<string, unknown>;
  /** A query whose every `text` is one that was kept. */
  kept: string;
}

const SCRIPTS = [
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\u0007',
];

function naughty(): string[] {
  const list: unknown = JSON.parse(readFileSync(sharedData('naughty-strings/blns.json'), 'utf8'));
  if (!Array.isArray(list)) throw new Error('blns.json is no list');
  return [...new Set([...SCRIPTS, ...list.filter((text) => typeof text === 'string')])];
}

let session = '';

async function ask<Data>(query: string, variables: Record<string, unknown> = {}) {
  if (session === '') session = (await aSession(it.app.context(), ['OWNER'])).session;
  return it.app.graphql<Data>({ query, variables, session });
}

/** Every value named `text`, wherever it stands. */
function textsIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}

async function places() {
  const ctx = it.app.context();
  return {
    brandId: globalId('Brand', await aBrand(ctx)),
    storeId: globalId('Store', (await aStore(ctx)).id),
  };
}

function fieldsOf({ brandId, storeId }: Awaited<ReturnType<typeof places>>): Field[] {
  let n = 0;
  const fresh = (prefix: string) => `${prefix}${(n += 1)}`;
  const store = { timeZone: 'Europe/Moscow', currency: 'RUB', country: 'RU', language: 'ru', brandId };
  const saving = (mutation: string, type: string, answer: string) =>
    `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { __typename ... on ${answer} } }`;
  return [
    {
      name: 'brand.name',
      mutation: saving('createBrand', 'CreateBrandInput', 'BrandSaved { brand { text: name } }'),
      input: (text) => ({ code: fresh('b'), name: text }),
      kept: '{ brands { text: name } }',
    },
    {
      name: 'brand.code',
      mutation: saving('createBrand', 'CreateBrandInput', 'BrandSaved { brand { text: code } }'),
      input: (text) => ({ code: text, name: 'x' }),
      kept: '{ brands { text: code } }',
    },
    {
      name: 'store.name',
      mutation: saving('createStore', 'CreateStoreInput', 'StoreSaved { store { text: name } }'),
      input: (text) => ({ ...store, code: fresh('s'), name: text }),
      kept: 'query ($after: String) { page: stores(first: 100, after: $after) { edges { node { text: name } } pageInfo { hasNextPage endCursor } } }',
    },
    {
      name: 'till.name',
      mutation: saving('createTill', 'CreateTillInput', 'TillSaved { till { text: name } }'),
      input: (text) => ({ storeId, name: text, kind: 'KIOSK' }),
      kept: 'query ($after: String) { page: tills(first: 100, after: $after) { edges { node { text: name } } pageInfo { hasNextPage endCursor } } }',
    },
    {
      name: 'staff.name',
      mutation: saving('addStaff', 'AddStaffInput', 'StaffSaved { staff { text: name } }'),
      input: (text) => ({ name: text, email: `${fresh('n')}@example.com` }),
      kept: 'query ($after: String) { page: staffMembers(first: 100, after: $after) { edges { node { text: name } } pageInfo { hasNextPage endCursor } } }',
    },
    {
      name: 'topic.nameRu',
      mutation: saving(
        'defineConsentTopic',
        'DefineConsentTopicInput',
        'ConsentTopicSaved { topic { text: nameRu } }',
      ),
      input: (text) => ({ code: fresh('T'), nameRu: text, nameEn: 'x' }),
      kept: '{ consentTopics { text: nameRu } }',
    },
    {
      name: 'consent text',
      mutation: saving('publishConsentText', 'PublishConsentTextInput', 'ConsentTextPublished { id }'),
      input: (text) => ({ brandId, purpose: 'PROCESSING', version: fresh('v'), text, required: false }),
      kept: '{ consentTextVersions { text } }',
    },
    {
      name: 'key.name',
      mutation: saving('grantApiKey', 'GrantApiKeyInput', 'ApiKeyGranted { id }'),
      input: (text) => ({ name: text, scopes: ['orders.record'] }),
      kept: '{ apiKeys { text: name } }',
    },
  ];
}

/** @returns whether it was taken */
async function send({ name, mutation, input }: Field, text: string): Promise<boolean> {
  const { data, errors } = await ask<{ done: { __typename: string } }>(mutation, {
    input: await input(text),
  });
  const codes = errors?.map(({ extensions }) => extensions.code) ?? [];
  expect([name, text, codes.filter((code) => code !== 'BAD_REQUEST')]).toEqual([name, text, []]);
  if (codes.length > 0 || data?.done.__typename === 'InvalidInput') return false;
  for (const came of textsIn(data)) expect([name, came]).toEqual([name, text]);
  return true;
}

async function keptTexts({ kept }: Field): Promise<Set<string>> {
  const found = new Set<string>();
  let after: string | null = null;
  for (;;) {
    const answer: { data?: { page?: { pageInfo: { hasNextPage: boolean; endCursor: string } } } | null } =
      await ask(kept, { after });
    for (const text of textsIn(answer.data)) found.add(text);
    if (answer.data?.page?.pageInfo.hasNextPage !== true) return found;
    after = answer.data.page.pageInfo.endCursor;
  }
}

test.skipIf(sharedDataMissing)(
  'a text comes back exactly as it went in, or is refused by type (needs ../shared/data)',
  async () => {
    const texts = naughty();
    expect(texts.length).toBeGreaterThan(500);
    for (const field of fieldsOf(await places())) {
      const taken: string[] = [];
      for (const text of texts) if (await send(field, text)) taken.push(text);
      expect(taken).toContain('<script>alert(1)</script>');
      const kept = await keptTexts(field);
      expect([field.name, taken.filter((text) => !kept.has(text))]).toEqual([field.name, []]);
    }
  },
  120_000,
);
