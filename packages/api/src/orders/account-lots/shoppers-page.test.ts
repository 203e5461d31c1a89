import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { aCashier, aKey, aStore, aTill } from '../../testing/company.builders.ts';
import { useTestApp, type GraphQLRequest } from '../../testing/create-test-app.ts';
import { aProgram, LedgerOf } from '../../testing/loyalty.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { recordOrders } from '../index.ts';
import { asSystem } from '../../testing/company.builders.ts';

const api = useTestApp();
const SHOP = 'https://shop.example';

const ISSUE = `mutation ($input: IssueShopperTokenInput!) { issueShopperToken(input: $input) { __typename
  ... on ShopperTokenIssued { token expiresAt } ... on InvalidInput { problems { path code } } } }`;

interface Issued {
  __typename: string;
  token: string;
  expiresAt: string;
  problems: unknown[];
}

async function issue(token: string, input: Record<string, unknown>) {
  const { data, errors } = await api.app.graphql<{ issueShopperToken: Issued }>({
    query: ISSUE,
    variables: { input },
    token,
  });
  if (!data) throw new Error(errors?.[0]?.extensions.code);
  return data.issueShopperToken;
}

/** A shopper of a shop, with the token of a page. */
async function aSignedIn(points = 0) {
  const { app } = api;
  const ctx = app.context();
  const store = await aStore(ctx);
  const programId = await aProgram(ctx, { brandId: store.brandId });
  const key = await aKey(ctx, { storeIds: [store.id] });
  const shopper = await aShopper(ctx, { givenName: 'Анна' });
  const now = ctx.clock.now().toISOString();
  if (points > 0) await new LedgerOf(ctx.sql, shopper.id, programId).earn({ points, now });
  const { token, expiresAt } = await issue(key.token, { profile: { phone: shopper.phone }, origin: SHOP });
  const ask = <Data>(query: string, variables: GraphQLRequest['variables'] = {}, origin = SHOP) =>
    app.graphql<Data>({ query, variables, token, origin });
  return { app, ctx, store, programId, key, shopper, token, expiresAt, ask };
}

test('a page reads its shopper: who they are, points, why they wait, the rules', async () => {
  const { ctx, store, shopper, ask, expiresAt } = await aSignedIn();
  expect(expiresAt).toBe('2026-11-22T10:00:00.000Z');
  await recordOrders(asSystem(ctx), {
    source: 'shop',
    orders: [
      {
        externalId: newId(),
        occurredAt: new Date('2026-11-20T12:00:00Z'),
        storeCode: store.code,
        channel: 'ONLINE',
        profile: { phone: shopper.phone },
        lines: [{ sku: 'dress', quantity: '1', unitPrice: '3307.00' }],
        cancelled: false,
        receipts: [],
      },
    ],
  });
  const { data } = await ask<{ me: Record<string, unknown> }>(`{ me { givenName phone tags accounts {
    active pending program { rules }
    activations(first: 1) { edges { node { points at because order { state } } } pageInfo { hasNextPage } }
    entries(first: 5) { edges { node { points reason } } } } } }`);
  expect(data?.me).toMatchObject({
    givenName: 'Анна',
    tags: [],
    accounts: [
      {
        active: 0,
        pending: 99,
        program: { rules: expect.stringContaining('3 балла за каждые полные 100 ₽') as string },
        activations: {
          edges: [
            {
              node: {
                points: 99,
                at: '2026-12-04T12:00:00.000Z',
                because:
                  '99 баллов за покупку 20 ноября, оплачено 3 307 ₽. Правило: 3 балла за каждые полные 100 ₽. Станут активными через 14 дней после начисления.',
                order: { state: 'COMMITTED' },
              },
            },
          ],
          pageInfo: { hasNextPage: false },
        },
        entries: { edges: [{ node: { points: 99, reason: 'Начислены за покупку' } }] },
      },
    ],
  });
});

test('the cart is previewed with the shopper’s points, named or not', async () => {
  const { store, shopper, ask } = await aSignedIn(300);
  const PREVIEW = `query ($input: OrderDraftInput!) { previewOrder(input: $input) { __typename
    ... on OrderQuote { toPay points { available max applied } }
    ... on InvalidInput { problems { path code } } } }`;
  const draft = {
    storeCode: store.code,
    lines: [{ sku: 'dress', quantity: '1', unitPrice: '1000.00' }],
    spendPoints: { max: true },
  };
  const quote = {
    previewOrder: {
      __typename: 'OrderQuote',
      toPay: '700.00',
      points: { available: 300, max: 300, applied: 300 },
    },
  };
  expect((await ask(PREVIEW, { input: draft })).data).toEqual(quote);
  const own = { profile: { id: globalId('Profile', shopper.id) } };
  expect((await ask(PREVIEW, { input: { ...draft, shopper: own } })).data).toEqual(quote);
});

test('the token of one shopper reads no other, by any way', async () => {
  const { ctx, store, ask } = await aSignedIn();
  const other = await aShopper(ctx, { givenName: 'Вера' });
  const id = globalId('Profile', other.id);
  const refused = async (query: string) => (await ask(query)).errors?.[0]?.extensions.code;
  expect(await refused(`{ profile(ref: { id: "${id}" }) { givenName } }`)).toBe('FORBIDDEN');
  expect(await refused(`{ node(id: "${id}") { id } }`)).toBe('FORBIDDEN');
  expect(await refused(`{ orders { edges { node { id } } } }`)).toBe('FORBIDDEN');
  expect(
    await refused(`mutation { identifyShopper(input: { phone: "${other.phone}" }) { __typename } }`),
  ).toBe('FORBIDDEN');
  const named = [
    { profile: { id } },
    { profile: { phone: other.phone } },
    { visitId: globalId('ShopperVisit', newId()) },
  ];
  for (const shopper of named) {
    const { data } = await ask<{ previewOrder: unknown }>(
      `query ($input: OrderDraftInput!) { previewOrder(input: $input) { __typename
        ... on InvalidInput { problems { path code } } } }`,
      { input: { storeCode: store.code, lines: [{ sku: 'a', quantity: '1', unitPrice: '1.00' }], shopper } },
    );
    expect(data?.previewOrder).toEqual({
      __typename: 'InvalidInput',
      problems: [{ path: ['shopper', 'profile'], code: 'UNKNOWN' }],
    });
  }
});

test('it begins, commits, changes and issues nothing', async () => {
  const { ask, shopper } = await aSignedIn();
  const mutations = [
    'beginOrder(input: { requestId: "1", externalId: "1", quoteHash: "", draft: { lines: [] } }) { __typename }',
    'commitOrder(input: { requestId: "1", order: { external: { id: "1" } } }) { __typename }',
    `adjustPoints(input: { requestId: "1", profile: { phone: "${shopper.phone}" }, points: 5, reason: "-" }) { __typename }`,
    `issueShopperToken(input: { profile: { phone: "${shopper.phone}" }, origin: "${SHOP}" }) { __typename }`,
  ];
  for (const mutation of mutations) {
    const { errors } = await ask(`mutation { ${mutation} }`);
    expect(errors?.[0]?.extensions.code, mutation).toBe('FORBIDDEN');
  }
});

test('it is worth nothing on another page, to a program, after an hour, and once the shopper is erased', async () => {
  const { app, ctx, ask, token, shopper } = await aSignedIn();
  const ME = '{ me { givenName } }';
  expect((await ask(ME)).data).toEqual({ me: { givenName: 'Анна' } });
  expect((await ask(ME, {}, 'https://evil.example')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect((await app.graphql({ query: ME, token })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  app.clock.set('2026-11-22T09:59:57.000Z');
  expect((await ask(ME)).status).toBe(200);
  app.clock.set('2026-11-22T10:00:00.000Z');
  expect((await ask(ME)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  app.clock.set('2026-11-22T09:30:00.000Z');
  await ctx.sql
    .updateTable('profile')
    .set({ erased_at: ctx.clock.now() })
    .where('id', '=', shopper.id)
    .execute();
  expect((await ask(ME)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  app.clock.set('2026-11-22T09:00:00.000Z');
});

test('only a key may issue one, for somebody known and the origin of a page', async () => {
  const { ctx, key, shopper } = await aSignedIn();
  const cashier = await aCashier(ctx, { till: await aTill(ctx) });
  const profile = { phone: shopper.phone };
  await expect(issue(cashier.token, { profile, origin: SHOP })).rejects.toThrow('FORBIDDEN');
  for (const origin of [
    '*',
    'null',
    'shop.example',
    'https://shop.example/',
    'http://shop.example',
    'javascript:1',
  ])
    expect((await issue(key.token, { profile, origin })).problems, origin).toEqual([
      { path: ['origin'], code: 'FORMAT' },
    ]);
  expect((await issue(key.token, { profile: { phone: '+79990000000' }, origin: SHOP })).problems).toEqual([
    { path: ['profile'], code: 'UNKNOWN' },
  ]);
});
