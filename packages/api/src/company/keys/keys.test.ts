import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { actorOf, aKey, aStore, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { refusal } from '../../testing/orders.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { grantKey, type GrantKey } from './grant-key.ts';
import { readApiKeys } from './read-keys.ts';
import { revokeKey } from './revoke-key.ts';

const it = useTestApp();

async function as(role: 'OWNER' | 'INTEGRATOR' | 'MARKETER', places = {}) {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, [role], places));
}

const aGrant = (grant: Partial<GrantKey> = {}): GrantKey => ({
  name: '1С Розница',
  scopes: ['orders.record', 'products.write'],
  storeIds: null,
  sources: ['1c'],
  expiresAt: null,
  ...grant,
});

test('a key is shown once, works at once, and is listed without itself', async () => {
  const ctx = await as('INTEGRATOR');
  const store = await aStore(ctx);
  const expiresAt = new Date(it.app.clock.now().getTime() + 86_400_000);
  const { id, key } = await grantKey(ctx, aGrant({ storeIds: [store.id], expiresAt }));
  expect(await actorOf(ctx, key)).toMatchObject({ kind: 'KEY', storeIds: [store.id], sources: ['1c'] });
  const listed = (await readApiKeys(ctx)).find((one) => one.id === id);
  expect(listed).toEqual({
    id,
    name: '1С Розница',
    scopes: ['orders.record', 'products.write'],
    storeIds: [store.id],
    sources: ['1c'],
    createdAt: it.app.clock.now(),
    expiresAt,
    revokedAt: null,
    lastUsedAt: it.app.clock.now(),
  });
  expect(JSON.stringify(listed)).not.toContain(key);
});

test('a revoked key stops within seconds, for good, once told of', async () => {
  const ctx = await as('OWNER');
  const { id, key } = await grantKey(ctx, aGrant());
  await actorOf(ctx, key);
  await revokeKey(ctx, { id });
  await revokeKey(ctx, { id });
  it.app.clock.advance(2_001);
  expect(await refusal(actorOf(ctx, key))).toMatchObject({ code: 'UNAUTHENTICATED' });
  const noted = await ctx.sql
    .selectFrom('audit_entry')
    .select('action')
    .where('subject', '=', `key:${id}`)
    .orderBy('id')
    .execute();
  expect(noted.map(({ action }) => action)).toEqual(['api-key.created', 'api-key.revoked']);
  expect((await readApiKeys(ctx)).some((one) => one.id === id)).toBe(false);
  expect((await readApiKeys(ctx, { revoked: true })).some((one) => one.id === id)).toBe(true);
});

test.each([
  ['a scope that is none', { scopes: ['orders.record', 'everything'] }, ['scopes', '1'], 'UNKNOWN'],
  [
    'contacts, which an integrator does not see',
    { scopes: ['profiles.contacts'] },
    ['scopes', '0'],
    'MISMATCH',
  ],
  ['what only people do', { scopes: ['staff.manage'] }, ['scopes', '0'], 'MISMATCH'],
  ['more keys', { scopes: ['keys.manage'] }, ['scopes', '0'], 'MISMATCH'],
  ['nothing', { scopes: [] }, ['scopes'], 'REQUIRED'],
  ['a name of spaces', { name: '  ' }, ['name'], 'REQUIRED'],
  ['no stores', { storeIds: [] }, ['storeIds'], 'REQUIRED'],
  ['a store that is not there', { storeIds: [newId()] }, ['storeIds', '0'], 'UNKNOWN'],
  ['no sources', { sources: [] }, ['sources'], 'REQUIRED'],
  ['an end in the past', { expiresAt: new Date('2026-01-01') }, ['expiresAt'], 'RANGE'],
])('%s is refused, and no key is made', async (_what, wrong, path, code) => {
  const ctx = await as('INTEGRATOR');
  const before = await readApiKeys(ctx, { revoked: true });
  expect(await refusal(grantKey(ctx, aGrant(wrong)))).toMatchObject({ problems: [{ path, code }] });
  expect(await readApiKeys(ctx, { revoked: true })).toEqual(before);
});

test('an owner grants contacts; a marketer grants nothing', async () => {
  const scopes = ['profiles.read', 'profiles.contacts'];
  const { key } = await grantKey(await as('OWNER'), aGrant({ scopes }));
  expect((await actorOf(it.app.context(), key)).scopes.has('profiles.contacts')).toBe(true);
  expect(await refusal(grantKey(await as('MARKETER'), aGrant()))).toMatchObject({ code: 'FORBIDDEN' });
});

test('whose role holds in one brand manages its keys alone', async () => {
  const ctx = it.app.context();
  const store = await aStore(ctx);
  const integrator = await as('INTEGRATOR', { brandId: store.brandId });
  const everywhere = await aKey(ctx);
  expect(await refusal(grantKey(integrator, aGrant()))).toMatchObject({
    problems: [{ path: ['storeIds'], code: 'REQUIRED' }],
  });
  const { id } = await grantKey(integrator, aGrant({ storeIds: [store.id] }));
  expect((await readApiKeys(integrator)).map((one) => one.id)).toEqual([id]);
  expect(await refusal(revokeKey(integrator, { id: everywhere.id }))).toMatchObject({
    problems: [{ path: ['id'], code: 'UNKNOWN' }],
  });
});
