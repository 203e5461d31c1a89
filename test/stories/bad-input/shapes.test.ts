import { expect, test } from 'vitest';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { DOCUMENTS } from './documents.ts';
import { aReceipt, aShopperWith, ask, begin, LINE, respond, useShop } from './shop.ts';
import { expectQuiet, unchanged } from './unchanged.ts';

const shop = useShop();

test('a moment that is none, or before or after all calendars, is no request', async () => {
  const { token } = shop.cashier;
  const { externalId } = await begin(shop, { lines: [LINE] });
  const moments = [
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59-23:59',
    '2026-02-30T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-11-22T25:00:00Z',
    '2026-11-22T12:00:00',
    '2026-11-22',
    '1763802000',
    '',
    1_763_802_000_000,
  ];
  const filter = 'query ($from: DateTime) { orders(filter: { from: $from }) { edges { node { id } } } }';
  await unchanged(shop.app, async () => {
    for (const moment of moments) {
      const commit = { requestId: newId(), order: { external: { id: externalId } } };
      const issued = { ...commit, receipts: [{ ...aReceipt(), issuedAt: moment }] };
      const answers = await Promise.all([
        respond(shop, DOCUMENTS.commit, { input: { ...commit, occurredAt: moment } }, token),
        respond(shop, DOCUMENTS.commit, { input: issued }, token),
        respond(shop, filter, { from: moment }, token),
      ]);
      expect([moment, ...answers.map(({ codes }) => codes.join())]).toEqual([
        moment,
        'BAD_REQUEST',
        'BAD_REQUEST',
        'BAD_REQUEST',
      ]);
    }
  });
});

/** Nobody writes such a thing with JSON.stringify: it calls itself for each level. */
async function upsertNested(depth: number): Promise<{ status: number; body: string }> {
  const input = { source: 'crm', profiles: [{ externalId: newId(), attributes: { deep: 'HERE' } }] };
  const payload = JSON.stringify({ query: DOCUMENTS.upsertProfiles, variables: { input } }).replace(
    '"HERE"',
    `${'['.repeat(depth)}${']'.repeat(depth)}`,
  );
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${shop.key}` };
  const answer = await shop.app.http.inject({ method: 'POST', url: '/graphql', headers, payload });
  return { status: answer.statusCode, body: answer.body };
}

test('JSON nested deeper than anybody means is no request', async () => {
  await unchanged(shop.app, async () => {
    for (const depth of [65, 1_000, 20_000, 1_000_000]) {
      const { status, body } = await upsertNested(depth);
      expectQuiet(status, body);
      expect([depth, body.includes('"code":"BAD_REQUEST"')]).toEqual([depth, true]);
    }
  });
  expect((await upsertNested(20)).body).toContain('"status":"CREATED"');
});

test('a document nested as deep as its length allows is no request', async () => {
  const { token } = shop.cashier;
  const documents = [
    `{ orders(filter: ${'['.repeat(1_900)}${']'.repeat(1_900)}) { edges { node { id } } } }`,
    `{ orders(filter: ${'{a:'.repeat(900)}1${'}'.repeat(900)}) { edges { node { id } } } }`,
    `query ($a: ${'['.repeat(1_900)}Int${']'.repeat(1_900)}) { __typename }`,
    `${'{ a '.repeat(1_900)}${'}'.repeat(1_900)}`,
    `{ ${'... { '.repeat(1_300)} __typename ${'}'.repeat(1_300)} }`,
  ];
  for (const query of documents) {
    const { codes } = await respond(shop, query, {}, token);
    expect([query.slice(0, 30), [...new Set(codes)]]).toEqual([query.slice(0, 30), ['BAD_REQUEST']]);
  }
});

test('a page below nothing pays for no other: cost is never less than nothing', async () => {
  const { id } = await aShopperWith(shop, 0);
  const ref = `{ id: "${globalId('Profile', id)}" }`;
  const page = (size: number, inner: string) =>
    `profile(ref: ${ref}) { orders(first: ${size}) { edges { node { ${inner} } } } }`;
  const costly = page(
    100,
    'lines { sku discounts { label } printLines { amount } } returns { receipts { total } }',
  );
  const dear = `{ ${['a', 'b', 'c'].map((name) => `${name}: ${costly}`).join(' ')} }`;
  expect((await respond(shop, dear, {}, shop.key)).text).toMatch(/asks for too much/);
  for (const size of [-1_000_000, -2_147_483_648, 0]) {
    const paid = dear.replace(/\}$/, `d: ${page(size, 'id lines { sku }')} }`);
    expect((await respond(shop, paid, {}, shop.key)).text).toMatch(/asks for too much/);
  }
  for (const size of [-1, 0, 101, 2_147_483_647]) {
    const { codes: refused, result } = await respond(
      shop,
      `{ orders(first: ${size}) { edges { node { id } } } }`,
      {},
      shop.key,
    );
    expect([size, refused, result]).toEqual([size, ['BAD_REQUEST'], null]);
  }
});

test('money returned without an order is bounded like any other', async () => {
  const line = { sku: 'goods', quantity: '1', amount: '99999999999.00' };
  const back = (count: number) => ({
    source: shop.cashier.actor.ownSource,
    returns: [
      {
        externalId: newId(),
        occurredAt: '2026-11-22T08:30:00Z',
        lines: Array.from({ length: count }, () => line),
      },
    ],
  });
  await unchanged(shop.app, async () => {
    expect((await ask(shop, 'recordBack', back(2_000))).results).toMatchObject([
      { status: 'REJECTED', problems: [{ path: ['lines'], code: 'RANGE' }] },
    ]);
  });
});
