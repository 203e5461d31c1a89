import { expect, test } from 'vitest';
import { aCashier, asActor, asSystem, aStore, aTill, actorOf } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { anonymousActor, createTill, issuePairingCode } from '../index.ts';

const it = useTestApp();

const PAIR = `mutation ($code: String!) { pairTill(input: { code: $code }) { __typename
  ... on TillPaired { token till { name kind source store { code currency timeZone } cashiers { name canWaive } serverTime } }
  ... on PairingCodeRefused { code message retryAt } } }`;

async function aFreshTill(): Promise<{ tillId: string; code: string; storeCode: string }> {
  const ctx = asSystem(it.app.context());
  const store = await aStore(ctx);
  const tillId = await createTill(ctx, { storeId: store.id, name: 'Касса 2', kind: 'CASHIER' });
  const { code } = await issuePairingCode(ctx, { tillId });
  return { tillId, code, storeCode: store.code };
}

async function pair(code: string): Promise<Record<string, unknown>> {
  // Each test tries from the same address: the limit is forgotten between them by time.
  it.app.clock.advance(600_000);
  const { data } = await it.app.graphql<{ pairTill: Record<string, unknown> }>({
    query: PAIR,
    variables: { code },
  });
  if (!data) throw new Error('no data');
  return data.pairTill;
}

test('a device becomes a till by a code of eight signs nobody confuses', async () => {
  const { code, storeCode, tillId } = await aFreshTill();
  expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
  const paired = await pair(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `);
  expect(paired).toMatchObject({
    __typename: 'TillPaired',
    token: expect.stringMatching(/^ct_[\w-]{43}$/),
    till: {
      name: 'Касса 2',
      kind: 'CASHIER',
      source: `till:${tillId}`,
      store: { code: storeCode, currency: 'RUB', timeZone: 'Europe/Moscow' },
      cashiers: [],
      serverTime: it.app.clock.now().toISOString(),
    },
  });
});

test('a code works once', async () => {
  const { code } = await aFreshTill();
  expect(await pair(code)).toMatchObject({ __typename: 'TillPaired' });
  expect(await pair(code)).toMatchObject({
    __typename: 'PairingCodeRefused',
    code: 'PairingCodeRefused',
    retryAt: null,
  });
});

test('a code ends after fifteen minutes, and when another one is issued', async () => {
  const { tillId, code } = await aFreshTill();
  await issuePairingCode(asSystem(it.app.context()), { tillId });
  expect(await pair(code)).toMatchObject({ __typename: 'PairingCodeRefused' });
  const late = await aFreshTill();
  it.app.clock.advance(300_001);
  expect(await pair(late.code)).toMatchObject({ __typename: 'PairingCodeRefused' });
});

test('pairing another device ends the token and the sessions of the one before', async () => {
  const ctx = it.app.context();
  const cashier = await aCashier(ctx);
  const { code } = await issuePairingCode(asSystem(ctx), { tillId: cashier.till.id });
  expect(await pair(code)).toMatchObject({ __typename: 'TillPaired' });
  for (const token of [cashier.till.token, cashier.token])
    await expect(actorOf(ctx, token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('eleven tries in ten minutes from one address: told when to come back, even with the right code', async () => {
  const { code } = await aFreshTill();
  it.app.clock.advance(600_000);
  const start = it.app.clock.now().getTime();
  const context = asActor(it.app.context(), anonymousActor('203.0.113.7'));
  const { pairTill } = await import('./pair-till.ts');
  for (let tries = 0; tries < 10; tries += 1)
    await expect(pairTill(context, { code: 'ZZZZZZZZ' })).rejects.toMatchObject({ retryAt: null });
  await expect(pairTill(context, { code })).rejects.toMatchObject({
    code: 'PairingCodeRefused',
    retryAt: new Date(start + 600_000),
  });
  const elsewhere = asActor(it.app.context(), anonymousActor('203.0.113.8'));
  expect((await pairTill(elsewhere, { code })).__typename).toBe('TillPaired');
});

test.each(['', '        ', 'OOOO0000', "'; drop table till; --", 'А'.repeat(10_000)])(
  'what is no code pairs nothing: %j',
  async (code) => {
    expect(await pair(code)).toMatchObject({ __typename: 'PairingCodeRefused', retryAt: null });
  },
);

test('a till sees itself; without a token there is no till', async () => {
  const { token, store } = await aTill(it.app.context());
  const query = '{ till { name store { code } consentTexts { id } } }';
  const own = await it.app.graphql({ query, token });
  expect(own.data).toEqual({ till: { name: 'Касса 1', store: { code: store.code }, consentTexts: [] } });
  const nobody = await it.app.graphql({ query });
  expect(nobody.data).toEqual({ till: null });
  expect(nobody.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});
