import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { aCashier, asSystem, aTill, type BuiltTill } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { addStaff, signInCashier } from '../index.ts';

const it = useTestApp();

const SIGN_IN = `mutation ($input: SignInCashierInput!) { signInCashier(input: $input) { __typename
  ... on CashierSignedIn { token expiresAt cashier { id name } }
  ... on WrongPin { attemptsLeft lockedUntil }
  ... on InvalidInput { problems { path code } } } }`;

async function signIn(till: BuiltTill, input: { cashierId?: string; pin: string }) {
  const { data, errors } = await it.app.graphql<{ signInCashier: Record<string, unknown> }>({
    query: SIGN_IN,
    token: till.token,
    variables: { input },
  });
  if (!data) throw new Error(JSON.stringify(errors));
  return data.signInCashier;
}

/** Somebody with a PIN who was never signed in. */
async function aStranger(till: BuiltTill, pin: string, name = 'Ольга') {
  const id = await addStaff(asSystem(it.app.context()), {
    name,
    pin,
    stores: [{ storeId: till.store.id, role: 'CASHIER' }],
  });
  return { id, global: globalId('Staff', id) };
}

test('the right PIN opens a session of twelve hours', async () => {
  const till = await aTill(it.app.context());
  const { global } = await aStranger(till, '4321');
  const now = it.app.clock.now().getTime();
  expect(await signIn(till, { cashierId: global, pin: '4321' })).toEqual({
    __typename: 'CashierSignedIn',
    token: expect.stringMatching(/^cs_[\w-]{43}$/),
    expiresAt: new Date(now + 12 * 3_600_000).toISOString(),
    cashier: { id: global, name: 'Ольга' },
  });
});

test('five wrong PINs lock for five minutes, for the right PIN too', async () => {
  const till = await aTill(it.app.context());
  const { global } = await aStranger(till, '4321');
  const lockedUntil = new Date(it.app.clock.now().getTime() + 300_000).toISOString();
  for (const attemptsLeft of [4, 3, 2, 1])
    expect(await signIn(till, { cashierId: global, pin: '0000' })).toEqual({
      __typename: 'WrongPin',
      attemptsLeft,
      lockedUntil: null,
    });
  const locked = { __typename: 'WrongPin', attemptsLeft: 0, lockedUntil };
  expect(await signIn(till, { cashierId: global, pin: '0000' })).toEqual(locked);
  expect(await signIn(till, { cashierId: global, pin: '4321' })).toEqual(locked);
  it.app.clock.advance(300_000);
  expect(await signIn(till, { cashierId: global, pin: '4321' })).toMatchObject({
    __typename: 'CashierSignedIn',
  });
});

test('the right PIN forgets the wrong ones', async () => {
  const till = await aTill(it.app.context());
  const { global } = await aStranger(till, '4321');
  for (let tries = 0; tries < 4; tries += 1) await signIn(till, { cashierId: global, pin: '0000' });
  await signIn(till, { cashierId: global, pin: '4321' });
  expect(await signIn(till, { cashierId: global, pin: '0000' })).toMatchObject({ attemptsLeft: 4 });
});

test('twenty guesses at once are five guesses', async () => {
  const till = await aTill(it.app.context());
  const { id } = await aStranger(till, '4321');
  const ctx = { ...it.app.context(), actor: till.actor };
  const guesses = Array.from({ length: 20 }, (_, guess) =>
    signInCashier(ctx, { cashierId: id, pin: String(guess).padStart(4, '0') }).catch(
      (error: { attemptsLeft: number }) => error.attemptsLeft,
    ),
  );
  const answers = await Promise.all(guesses);
  expect(answers.filter((left) => typeof left === 'number' && left > 0)).toHaveLength(4);
  expect(answers.filter((left) => left === 0).length).toBeGreaterThanOrEqual(15);
});

test('wrong PINs of one person at several tills add up to ten', async () => {
  const first = await aTill(it.app.context());
  const tills = [first, await aTill(it.app.context(), { store: first.store })];
  const third = await aTill(it.app.context(), { store: first.store });
  const { global } = await aStranger(first, '4321');
  for (const till of tills)
    for (let tries = 0; tries < 5; tries += 1) await signIn(till, { cashierId: global, pin: '0000' });
  expect(await signIn(third, { cashierId: global, pin: '4321' })).toMatchObject({
    __typename: 'WrongPin',
    attemptsLeft: 0,
  });
});

test('without a name whoever has the PIN signs in, unless two have it', async () => {
  const till = await aTill(it.app.context());
  const one = await aStranger(till, '1111', 'Анна');
  await aStranger(till, '2222', 'Борис');
  expect(await signIn(till, { pin: '1111' })).toMatchObject({ cashier: { id: one.global, name: 'Анна' } });
  await aStranger(till, '1111', 'Вера');
  expect(await signIn(till, { pin: '1111' })).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path: ['cashierId'], code: 'REQUIRED' }],
  });
});

test('somebody of another store, junk and short PINs are refused by path', async () => {
  const till = await aTill(it.app.context());
  const other = await aCashier(it.app.context());
  const unknown = { __typename: 'InvalidInput', problems: [{ path: ['cashierId'], code: 'UNKNOWN' }] };
  expect(await signIn(till, { cashierId: globalId('Staff', other.id), pin: '1234' })).toEqual(unknown);
  expect(await signIn(till, { cashierId: 'junk', pin: '1234' })).toEqual(unknown);
  for (const pin of ['', '123', '12345678901', '12a4', '１２３４'])
    expect(await signIn(till, { pin })).toEqual({
      __typename: 'InvalidInput',
      problems: [{ path: ['pin'], code: 'FORMAT' }],
    });
});

test('tiles show who can sign in and waive; sign-off ends the session', async () => {
  const till = await aTill(it.app.context());
  const cashier = await aCashier(it.app.context(), { till, name: 'Анна' });
  const manager = await aCashier(it.app.context(), { till, name: 'Марина', manager: true });
  const query = '{ till { cashiers { id name canWaive } } }';
  const shown = await it.app.graphql({ query, token: till.token });
  expect(shown.data).toEqual({
    till: {
      cashiers: [
        { id: globalId('Staff', cashier.id), name: 'Анна', canWaive: false },
        { id: globalId('Staff', manager.id), name: 'Марина', canWaive: true },
      ],
    },
  });
  const signOut = { query: 'mutation { signOutCashier }', token: cashier.token };
  expect((await it.app.graphql(signOut)).data).toEqual({ signOutCashier: true });
  it.app.clock.advance(2_001);
  expect((await it.app.graphql(signOut)).status).toBe(401);
});

test('no PIN can be told from the table', async () => {
  const till = await aTill(it.app.context());
  await aStranger(till, '4321');
  await aStranger(till, '4321');
  const rows = await it.app
    .context()
    .sql.selectFrom('staff')
    .innerJoin('staff_store', 'staff_store.staff_id', 'staff.id')
    .select('pin_hash')
    .where('store_id', '=', till.store.id)
    .execute();
  expect(rows[0]?.pin_hash).toMatch(/^scrypt\.[\w-]{22}\.[\w-]{43}$/);
  expect(rows[0]?.pin_hash).not.toBe(rows[1]?.pin_hash);
});
