import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { aCashier, aKey, asSystem, aStore, aTill, actorOf } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { revokeTill, signOutCashier } from '../index.ts';
import { authenticate } from './authenticate.ts';

const it = useTestApp();

const invalidToken = { code: 'UNAUTHENTICATED' };

test('nobody without a token may do anything', async () => {
  const actor = await authenticate(it.app.context(), { authorization: undefined, address: '10.0.0.9' });
  expect(actor).toMatchObject({ kind: 'ANONYMOUS', client: 'anonymous', address: '10.0.0.9', storeIds: [] });
  expect([...actor.scopes]).toEqual([]);
});

test.each([
  'Bearer',
  'Bearer junk',
  `Basic ${Buffer.from('a:b').toString('base64')}`,
  `Bearer ct_${randomBytes(32).toString('base64url')}`,
  `Bearer ck_${"' or 1=1 --".padEnd(43, 'x')}`,
])('a token that is none is refused: %s', async (authorization) => {
  await expect(authenticate(it.app.context(), { authorization, address: '127.0.0.1' })).rejects.toMatchObject(
    invalidToken,
  );
});

test('a bare till flushes its queue and nothing else', async () => {
  const { actor, id, store } = await aTill(it.app.context());
  expect(actor).toMatchObject({
    kind: 'TILL',
    id,
    client: `till:${id}`,
    storeIds: [store.id],
    sources: [`till:${id}`],
    till: { storeCode: store.code, currency: 'RUB', country: 'RU', timeZone: 'Europe/Moscow' },
  });
  expect([...actor.scopes].toSorted()).toEqual(['orders.commit', 'orders.record', 'till.use']);
});

test('a cashier of the till keeps the till as client, a kiosk is its own cashier without returns', async () => {
  const ctx = it.app.context();
  const cashier = await aCashier(ctx);
  expect(cashier.actor).toMatchObject({
    kind: 'CASHIER',
    cashierId: cashier.id,
    client: cashier.till.actor.client,
  });
  expect(cashier.actor.scopes.has('profiles.contacts')).toBe(false);
  const kiosk = await aTill(ctx, { kind: 'KIOSK' });
  expect(kiosk.actor.kind).toBe('KIOSK');
  expect(kiosk.actor.scopes.has('shoppers.identify')).toBe(true);
  for (const scope of ['orders.return', 'orders.attach', 'profiles.read'])
    expect(kiosk.actor.scopes.has(scope)).toBe(false);
});

test('a key has its scopes, stores and sources; two keys of one partner share their requests', async () => {
  const ctx = it.app.context();
  const store = await aStore(ctx);
  const facts = { scopes: ['orders.record'], storeIds: [store.id], sources: ['site'] };
  const [one, two] = [await aKey(ctx, facts), await aKey(ctx, facts)];
  expect(one.token).toMatch(/^ck_[\w-]{43}$/);
  expect(one.actor).toMatchObject({ storeIds: [store.id], sources: ['site'], client: 'source:site' });
  expect(two.actor.client).toBe(one.actor.client);
  expect([...one.actor.scopes].toSorted()).toEqual(['documents.free', 'orders.record', 'profiles.masked']);
  const free = await aKey(ctx);
  expect(free.actor).toMatchObject({ storeIds: 'ALL', sources: 'ANY', client: `key:${free.id}` });
});

test('a key ends at its time and remembers its last use to the minute', async () => {
  const ctx = it.app.context();
  const now = it.app.clock.now().getTime();
  const key = await aKey(ctx, { expiresAt: new Date(now + 60_000) });
  const row = await ctx.sql.selectFrom('api_key').selectAll().where('id', '=', key.id).executeTakeFirst();
  expect(row?.last_used_at).toEqual(new Date(now));
  it.app.clock.advance(60_001);
  await expect(actorOf(ctx, key.token)).rejects.toMatchObject(invalidToken);
});

test('a scope that does not exist is granted to nobody', async () => {
  await expect(aKey(it.app.context(), { scopes: ['orders.read', 'everything'] })).rejects.toMatchObject({
    problems: [{ path: ['scopes', '1'], code: 'UNKNOWN' }],
  });
});

test('a revoked till and the cashier on it are out within five seconds', async () => {
  const ctx = it.app.context();
  const cashier = await aCashier(ctx);
  await revokeTill(asSystem(ctx), { tillId: cashier.till.id });
  it.app.clock.advance(5_000);
  await expect(actorOf(ctx, cashier.till.token)).rejects.toMatchObject(invalidToken);
  await expect(actorOf(ctx, cashier.token)).rejects.toMatchObject(invalidToken);
});

test('a cashier who signed off, or twelve hours are over, is out', async () => {
  const ctx = it.app.context();
  const gone = await aCashier(ctx);
  expect(await signOutCashier({ ...ctx, actor: gone.actor })).toBe(true);
  it.app.clock.advance(2_001);
  await expect(actorOf(ctx, gone.token)).rejects.toMatchObject(invalidToken);
  const tired = await aCashier(ctx);
  it.app.clock.advance(12 * 3_600_000);
  await expect(actorOf(ctx, tired.token)).rejects.toMatchObject(invalidToken);
});

test('one statement a caller, and none while it is remembered', async () => {
  const { token } = await aTill(it.app.context());
  it.app.clock.advance(2_001);
  let statements = 0;
  const count = () => (statements += 1);
  it.app.database.pool.on('acquire', count);
  await Promise.all(Array.from({ length: 20 }, () => actorOf(it.app.context(), token)));
  expect(statements).toBe(1);
  await actorOf(it.app.context(), token);
  expect(statements).toBe(1);
  it.app.database.pool.off('acquire', count);
});

test('no token stands in the database', async () => {
  const ctx = it.app.context();
  const [till, cashier, key] = [await aTill(ctx), await aCashier(ctx), await aKey(ctx)];
  for (const table of ['till', 'cashier_session', 'api_key', 'audit_entry'] as const) {
    const stored = JSON.stringify(await ctx.sql.selectFrom(table).selectAll().execute());
    for (const { token } of [till, cashier, key]) expect(stored).not.toContain(token.slice(3));
  }
});
