import { expect, test } from 'vitest';
import { globalId } from '../platform/graphql/global-id.ts';
import { newId } from '../platform/ids.ts';
import { aCashier, aKey, aTill, asActor } from '../testing/company.builders.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { aPhone, aShopper, aVisit } from '../testing/profiles.builders.ts';
import { ask, send } from '../testing/shopper-operations.ts';
import { ensurePersons, ensureWalkIn, parseProfileRef, resolveProfile } from './index.ts';

const it = useTestApp();

test('a key that may see contacts sees them in full, any other caller masked', async () => {
  const ctx = it.app.context();
  const { phone, id } = await aShopper(ctx, { email: 'full@mail.ru', givenName: 'Анна' });
  const open = await aKey(ctx);
  const closed = await aKey(ctx, { scopes: ['profiles.read', 'node.read'] });
  const cashier = await aCashier(ctx);
  expect(await ask(it.app, open.token, 'profile', { phone })).toEqual({
    id: globalId('Profile', id),
    kind: 'PERSON',
    givenName: 'Анна',
    familyName: null,
    birthDate: null,
    gender: null,
    tags: [],
    phone,
    email: 'full@mail.ru',
  });
  const masked = { phone: `+7 ••• •••-${phone.slice(-4, -2)}-${phone.slice(-2)}`, email: 'f•••@mail.ru' };
  for (const { token } of [closed, cashier])
    expect(await ask(it.app, token, 'profile', { phone })).toMatchObject(masked);
});

test('one person by every reference, nobody by the others', async () => {
  const ctx = it.app.context();
  const { token } = await aKey(ctx);
  const { id, phone } = await aShopper(ctx, { email: 'ref@mail.ru', card: 'AB-1234' });
  await ask(it.app, token, 'upsert', { source: 'crm', profiles: [{ externalId: 'x-1', phones: [phone] }] });
  const global = globalId('Profile', id);
  for (const ref of [
    { id: global },
    { phone: phone.replace('+7', '8') },
    { email: 'REF@mail.ru' },
    { card: 'ab 1234' },
    { external: { source: 'crm', id: 'x-1' } },
  ])
    expect(await ask(it.app, token, 'profile', ref)).toMatchObject({ id: global });
  for (const ref of [
    { id: globalId('Profile', newId()) },
    { id: globalId('Store', id) },
    { id: 'junk' },
    { phone: aPhone() },
    { external: { source: 'other', id: 'x-1' } },
  ])
    expect((await send(it.app, token, 'profile', ref)).data).toEqual({ result: null });
});

test('what is no phone is a mistake of the caller', async () => {
  const { token } = await aKey(it.app.context());
  for (const ref of [{ phone: '12' }, { email: 'x' }, {}, { phone: '+79120000000', email: 'a@mail.ru' }])
    expect((await send(it.app, token, 'profile', ref)).errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
});

test('a bare till reads no profile, by no path', async () => {
  const ctx = it.app.context();
  const { id, phone } = await aShopper(ctx);
  const till = await aTill(ctx);
  const node = await it.app.graphql({
    query: 'query ($id: ID!) { node(id: $id) { id } }',
    variables: { id: globalId('Profile', id) },
    token: till.token,
  });
  expect(node.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const read = await send(it.app, till.token, 'profile', { phone });
  expect(read.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('rows of another store and another till do not exist', async () => {
  const ctx = it.app.context();
  const [mine, theirs] = [await aCashier(ctx), await aCashier(ctx)];
  const { id } = await aShopper(ctx);
  const visit = await aVisit(asActor(ctx, theirs.actor), { profileId: id });
  const read = async (global: string) =>
    (
      await it.app.graphql({
        query: 'query ($id: ID!) { node(id: $id) { id } }',
        variables: { id: global },
        token: mine.token,
      })
    ).data;
  for (const global of [
    globalId('Till', theirs.till.id),
    globalId('Store', theirs.till.store.id),
    globalId('Staff', theirs.id),
    globalId('ShopperVisit', visit),
    globalId('ShopperChallenge', newId()),
  ])
    expect(await read(global)).toEqual({ node: null });
  for (const global of [
    globalId('Till', mine.till.id),
    globalId('Store', mine.till.store.id),
    globalId('Staff', mine.id),
  ])
    expect(await read(global)).toEqual({ node: { id: global } });
});

test('a visit shows its shopper until it is over', async () => {
  const ctx = it.app.context();
  const { token, actor } = await aCashier(ctx);
  const { id } = await aShopper(ctx, { givenName: 'Анна' });
  const visit = globalId('ShopperVisit', await aVisit(asActor(ctx, actor), { profileId: id }));
  const query =
    'query ($id: ID!) { node(id: $id) { ... on ShopperVisit { verified profile { givenName } } } }';
  const read = async () => (await it.app.graphql({ query, variables: { id: visit }, token })).data;
  expect(await read()).toEqual({ node: { verified: true, profile: { givenName: 'Анна' } } });
  it.app.clock.advance(1_800_000);
  expect(await read()).toEqual({ node: null });
});

test('the id of a merged profile answers with the survivor', async () => {
  const ctx = it.app.context();
  const [gone, stays] = [await aShopper(ctx), await aShopper(ctx, { givenName: 'Анна' })];
  await ctx.sql.updateTable('profile').set({ merged_into: stays.id }).where('id', '=', gone.id).execute();
  const { token } = await aKey(ctx);
  const survivor = { id: globalId('Profile', stays.id), givenName: 'Анна' };
  expect(await ask(it.app, token, 'profile', { id: globalId('Profile', gone.id) })).toMatchObject(survivor);
  expect(await ask(it.app, token, 'profile', { phone: gone.phone })).toMatchObject(survivor);
});

test('each till has one walk-in profile, made once, however many ask at once', async () => {
  const ctx = it.app.context();
  const [one, two] = [await aTill(ctx), await aTill(ctx)];
  const ids = await Promise.all(
    Array.from({ length: 10 }, () => ensureWalkIn(it.app.context(), { tillId: one.id })),
  );
  expect(new Set(ids).size).toBe(1);
  expect(await ensureWalkIn(ctx, { tillId: two.id })).not.toBe(ids[0]);
  const online = await ensureWalkIn(ctx, { storeId: one.store.id });
  expect(online).not.toBe(ids[0]);
  const kinds = await ctx.sql
    .selectFrom('profile')
    .select('kind')
    .where('id', 'in', [online, ...ids])
    .execute();
  expect(kinds).toEqual([{ kind: 'WALK_IN' }, { kind: 'WALK_IN' }]);
});

test('a recorded phone or e-mail nobody has makes a person, once; an unknown card or id does not', async () => {
  const ctx = { ...it.app.context(), actor: (await aKey(it.app.context())).actor };
  const phone = aPhone();
  const refs = await Promise.all(
    [
      { phone },
      { phone: phone.replace('+7', '8') },
      { email: `new-${newId()}@mail.ru` },
      { card: '5555 0000' },
      { external: { id: 'nobody' } },
      { id: 'junk' },
    ].map((ref) => parseProfileRef(ctx, ref, 'profile')),
  );
  const [first, same, second, card, external, id] = await ensurePersons(ctx, refs, {
    preferredStoreId: null,
  });
  expect(first).toEqual({ id: expect.any(String), kind: 'PERSON' });
  expect(same).toEqual(first);
  expect(second?.id).not.toBe(first?.id);
  expect([card, external, id]).toEqual([null, null, null]);
  const [ref] = refs;
  if (ref === undefined) throw new Error('no reference');
  expect(await resolveProfile(ctx, ref)).toEqual(first);
});
