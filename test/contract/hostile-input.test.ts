import { beforeAll, expect, test } from 'vitest';
import { schema } from '@clientele/api/src/schema.ts';
import { aCashier, aKey } from '@clientele/api/src/testing/company.builders.ts';
import { minimalDocument } from './minimal-document.ts';
import { useServer, type Answer } from './server.ts';

const server = useServer();
let key: string;
let cashier: string;

beforeAll(async () => {
  const ctx = server.app.context();
  key = (await aKey(ctx)).token;
  cashier = (await aCashier(ctx)).token;
});

function ask(query: string, variables: Record<string, unknown> = {}, token = key): Promise<Answer> {
  return server.post({ query, variables }, { authorization: `Bearer ${token}` });
}

// UNAUTHENTICATED: of a staff session, which a key has none of.
const EXPECTED = new Set(['BAD_REQUEST', 'FORBIDDEN', 'RATE_LIMITED', 'UNAUTHENTICATED']);

/** The answer is a typed refusal or an empty result: no bug, no trace of the inside. */
function expectTyped(position: string, { status, codes, text }: Answer): void {
  expect([position, status, codes.filter((code) => !EXPECTED.has(code))]).toEqual([position, 200, []]);
  expect(text).not.toMatch(/node_modules|\.ts:\d|syntax error at|SELECT|pg_|kysely/i);
}

const HOSTILE = [
  "'; drop table product; --",
  "' or '1'='1",
  '%',
  '_%\\',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '{"$ne": null}',
  '../../etc/passwd',
  '${7*7}',
  '<script>alert(1)</script>',
  '\u202Eabc',
  'x'.repeat(10_000),
];

test('whatever stands in a text of any operation, the answer is a typed one', async () => {
  const roots = [
    ...Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => ['query', field] as const),
    ...Object.values(schema.getMutationType()?.getFields() ?? {}).map(
      (field) => ['mutation', field] as const,
    ),
  ];
  for (const [operation, field] of roots) {
    for (const text of HOSTILE) {
      for (const token of field.name === 'signOutCashier' ? [] : [key, cashier]) {
        const answer = await ask(minimalDocument(operation, field, text), {}, token);
        expectTyped(`${field.name} of ${JSON.stringify(text).slice(0, 40)}`, answer);
      }
    }
  }
});

const UPSERT = `mutation ($input: UpsertProductsInput!) {
  upsertProducts(input: $input) { __typename ... on ProductsUpserted { results { sku status } } }
}`;
const SEARCH = 'query ($search: String) { products(search: $search, first: 10) { edges { node { sku } } } }';

test('a search is words, never SQL nor a pattern', async () => {
  const products = [
    { sku: 'plain-1', name: 'Платье миди' },
    { sku: 'percent-1', name: 'Скидка 50% на всё' },
  ];
  await ask(UPSERT, { input: { source: 'shop', products } });
  const found = async (search: string) => {
    const { data } = await ask(SEARCH, { search });
    const { products: page } = data as { products: { edges: { node: { sku: string } }[] } };
    return page.edges.map(({ node }) => node.sku);
  };
  expect(await found('Платье')).toEqual(['plain-1']);
  for (const search of ['%', '_латье', '_', "' or '1'='1", "x'; delete from product; --"])
    expect([search, (await found(search)).includes('plain-1')]).toEqual([search, false]);
  expect(await found('Платье')).toEqual(['plain-1']);
});

test('attributes named like parts of a program are refused and change nothing of it', async () => {
  const attributes = JSON.parse(
    '{"__proto__":{"admin":true},"constructor":{"x":1},"a\\u0027b":1}',
  ) as unknown;
  const products = [{ sku: 'proto-1', name: 'Шарф', attributes }];
  const { data } = await ask(UPSERT, { input: { source: 'shop', products } });
  expect(data).toEqual({
    upsertProducts: {
      __typename: 'ProductsUpserted',
      results: [{ sku: 'proto-1', status: 'REJECTED' }],
    },
  });
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
});

test('a NUL inside JSON, which no text of the database holds, is a problem of the input, not of ours', async () => {
  const products = [{ sku: 'nul-1', name: 'Шарф', attributes: { note: 'a\u0000b' } }];
  expectTyped('attributes', await ask(UPSERT, { input: { source: 'shop', products } }));
  const profiles = [{ externalId: '1', givenName: 'А\u0000', attributes: { 'k\u0000': 1 } }];
  const upsertProfiles = `mutation ($input: UpsertProfilesInput!) { upsertProfiles(input: $input) { __typename } }`;
  expectTyped('profile', await ask(upsertProfiles, { input: { source: 'shop', profiles } }));
});
