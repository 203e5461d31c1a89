import { beforeAll, expect, test } from 'vitest';
import { aCashier, aKey, aStore, aTill, type BuiltKey } from '../testing/company.builders.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { newId } from '../platform/ids.ts';

const server = useTestApp();
let key: BuiltKey;

beforeAll(async () => {
  const ctx = server.app.context();
  await aTill(ctx);
  key = await aKey(ctx);
});

const UPSERT = `mutation ($input: UpsertProductsInput!) { upsertProducts(input: $input) { __typename
  ... on ProductsUpserted { results { sku status product { id sku name price category barcodes } problems { path code } } }
  ... on Refusal { code } ... on InvalidInput { problems { path code } } } }`;
const FIELDS = '{ id sku name price category barcodes }';

async function upsert(
  products: unknown[],
  facts: { requestId?: string; source?: string; token?: string } = {},
) {
  const { requestId, source = '1c', token = key.token } = facts;
  const answer = await server.app.graphql<{
    upsertProducts: {
      __typename: string;
      problems?: unknown;
      results: { sku: string; status: string; product: { id: string } | null; problems: unknown[] }[];
    };
  }>({ query: UPSERT, variables: { input: { requestId, source, products } }, token });
  expect(answer.errors).toBeUndefined();
  if (!answer.data) throw new Error('there was no answer');
  return answer.data.upsertProducts;
}

async function find(ref: Record<string, string>, token = key.token) {
  const query = `query ($ref: ProductRef!) { product(ref: $ref) ${FIELDS} }`;
  const answer = await server.app.graphql<{ product: unknown }>({ query, variables: { ref }, token });
  expect(answer.errors).toBeUndefined();
  return answer.data?.product;
}

test('a product is made, found by sku, barcode and id, changed by what is told, cleared by null', async () => {
  const sku = newId();
  const [made] = (
    await upsert([
      { sku, name: 'Платье', barcodes: [`b${sku}`], categoryPath: ['Одежда', 'Платья'], price: '4990.00' },
    ])
  ).results;
  const product = { sku, name: 'Платье', price: '4990.00', category: 'Одежда/Платья', barcodes: [`b${sku}`] };
  expect(made).toMatchObject({ status: 'CREATED', product, problems: [] });
  const id = made?.product?.id ?? '';
  for (const ref of [{ sku }, { barcode: `b${sku}` }, { id }])
    expect(await find(ref)).toEqual({ ...product, id });
  expect((await upsert([{ sku, name: 'Платье' }])).results[0]).toMatchObject({ status: 'UNCHANGED' });
  const changed = await upsert([{ sku, categoryPath: null, price: null, barcodes: [] }]);
  expect(changed.results[0]).toMatchObject({
    status: 'UPDATED',
    product: { name: 'Платье', price: null, category: null, barcodes: [] },
  });
  expect(await find({ barcode: `b${sku}` })).toBeNull();
  expect(await find({ id: 'garbage' })).toBeNull();
});

test('each product is judged alone, the second of one sku by the first', async () => {
  const [one, two] = [newId(), newId()];
  const { results } = await upsert([
    { sku: one, price: '10.00', barcodes: [`b${one}`] },
    { sku: two, price: '10.0' },
    { sku: '', name: 'no sku' },
    { sku: one, price: '11.00' },
    { sku: one, price: '11.00' },
    { sku: two, barcodes: [`b${one}`] },
    { sku: two, price: '5.00', currency: 'rub' },
  ]);
  expect(results.map(({ status, problems }) => ({ status, problems }))).toEqual([
    { status: 'CREATED', problems: [] },
    { status: 'REJECTED', problems: [{ path: ['price'], code: 'FORMAT' }] },
    { status: 'REJECTED', problems: [{ path: ['sku'], code: 'REQUIRED' }] },
    { status: 'UPDATED', problems: [] },
    { status: 'UNCHANGED', problems: [] },
    { status: 'CONFLICT', problems: [{ path: ['barcodes'], code: 'DUPLICATE' }] },
    { status: 'REJECTED', problems: [{ path: ['currency'], code: 'FORMAT' }] },
  ]);
  expect(await find({ sku: one })).toMatchObject({ name: one, price: '11.00' });
  expect(await find({ sku: two })).toBeNull();
});

test('the same request is the same answer; other products under its key are refused; sources are the caller’s', async () => {
  const [sku, requestId] = [newId(), newId()];
  const first = await upsert([{ sku }], { requestId });
  expect(await upsert([{ sku }], { requestId })).toEqual(first);
  expect(await upsert([{ sku, name: 'other' }], { requestId })).toEqual({
    __typename: 'IdempotencyConflict',
    code: 'IdempotencyConflict',
  });
  const bound = await aKey(server.app.context(), { sources: ['site'] });
  expect(await upsert([{ sku }], { token: bound.token })).toMatchObject({
    problems: [{ path: ['source'], code: 'UNKNOWN' }],
  });
  const many = Array.from({ length: 1_001 }, () => ({ sku }));
  expect(await upsert(many)).toMatchObject({ problems: [{ path: ['products'], code: 'TOO_MANY' }] });
});

async function search(text: string, page: { first?: number; after?: string } = {}) {
  const query = `query ($search: String, $first: Int, $after: String) { products(search: $search, first: $first, after: $after) {
    edges { cursor node { sku } } pageInfo { hasNextPage endCursor } } }`;
  const { data } = await server.app.graphql<{
    products: { edges: { node: { sku: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  }>({ query, variables: { search: text, ...page }, token: key.token });
  if (!data) throw new Error('there was no answer');
  return { skus: data.products.edges.map(({ node }) => node.sku), ...data.products.pageInfo };
}

test('a search goes by words of the name, the beginning of sku or barcode, page by page', async () => {
  const tag = newId();
  const skus = ['1', '2', '3'].map((end) => `${tag}-${end}`);
  await upsert(skus.map((sku, index) => ({ sku, name: `100% Шарф_${index}`, barcodes: [`46${sku}`] })));
  const first = await search(tag, { first: 2 });
  expect(first).toMatchObject({ skus: skus.slice(0, 2), hasNextPage: true });
  expect(await search(tag, { first: 2, after: first.endCursor })).toMatchObject({
    skus: skus.slice(2),
    hasNextPage: false,
  });
  expect((await search(`46${skus[1]}`)).skus).toEqual([skus[1]]);
  expect((await search('0% шарф_2')).skus).toEqual([skus[2]]);
  expect((await search(`${tag}%`)).skus).toEqual([]);
});

test('a till sees prices in its own currency and writes no products', async () => {
  const sku = newId();
  await upsert([{ sku, price: '100.00', currency: 'RUB' }]);
  await upsert([{ sku, price: '650.00', currency: 'KZT' }]);
  const ctx = server.app.context();
  const store = await aStore(ctx, { currency: 'KZT', timeZone: 'Asia/Almaty' });
  const cashier = await aCashier(ctx, { till: await aTill(ctx, { store }) });
  expect(await find({ sku }, cashier.token)).toMatchObject({ price: '650.00' });
  const answer = await server.app.graphql({
    query: UPSERT,
    variables: { input: { source: 'till', products: [] } },
    token: cashier.token,
  });
  expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
