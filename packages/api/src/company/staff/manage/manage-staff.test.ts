import { expect, test } from 'vitest';
import type { Context } from '../../../platform/context.ts';
import { RequestError, VersionConflict } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { actorOf, aCashier, aStore, aTill, asActor } from '../../../testing/company.builders.ts';
import { useTestApp } from '../../../testing/create-test-app.ts';
import { refusal } from '../../../testing/orders.builders.ts';
import { aSession, aStaffMember, staffActor } from '../../../testing/staff.builders.ts';
import { LastOwner } from '../../company.errors.ts';
import { signInCashier } from '../sign-in-cashier.ts';
import { addMember, type NewMember } from './add-member.ts';
import { editStaff, setPin, setStaffStatus } from './edit-staff.ts';
import { readStaff, type StaffFilter } from './read-staff.ts';
import { setStaffRoles } from './set-staff-roles.ts';

const it = useTestApp();

const PASSWORD = 'корабли-в-гавани';

/** Without a password: whoever tests the last owner counts those who can sign in. */
async function owner(places = {}) {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, ['OWNER'], places));
}

async function member(ctx: Context, id: string) {
  const [found] = await readStaff(ctx, { ids: [id], after: null, limit: 1 });
  if (found === undefined) throw new Error('nobody');
  return found;
}

const aMember = (facts: Partial<NewMember> = {}): NewMember => ({
  name: 'Пётр',
  email: `petr-${newId()}@example.com`,
  pin: null,
  canWaive: false,
  grants: [],
  tills: [],
  ...facts,
});

test('somebody is added for the admin and for tills, and told of whole', async () => {
  const ctx = await owner();
  const till = await aTill(ctx);
  const { store } = till;
  const grants: NewMember['grants'] = [
    { role: 'MARKETER', brandId: store.brandId, storeId: null },
    { role: 'STORE_MANAGER', brandId: null, storeId: store.id },
  ];
  const tills: NewMember['tills'] = [{ storeId: store.id, role: 'MANAGER' }];
  const input = aMember({ pin: '4321', canWaive: true, grants, tills });
  const id = await addMember(ctx, input);
  expect(await member(ctx, id)).toEqual({
    id,
    name: 'Пётр',
    email: input.email,
    status: 'ACTIVE',
    canWaive: true,
    version: 1,
    createdAt: it.app.clock.now(),
    hasPin: true,
    hasPassword: false,
    hasSecondFactor: false,
    lastSeenAt: null,
    grants,
    tills,
  });
  const { cashierId } = await signInCashier(asActor(ctx, till.actor), { cashierId: id, pin: '4321' });
  expect(cashierId).toBe(id);
});

test.each<[string, Partial<NewMember>, string[], string]>([
  ['neither e-mail nor PIN', { email: null }, ['email'], 'REQUIRED'],
  ['an e-mail that is none', { email: 'petr@' }, ['email'], 'FORMAT'],
  ['an e-mail of two lines', { email: 'petr@example.com\r\nBcc: x@example.com' }, ['email'], 'FORMAT'],
  ['a PIN of letters', { pin: 'abcd' }, ['pin'], 'FORMAT'],
  ['a PIN without a store', { pin: '1234' }, ['tills'], 'REQUIRED'],
  [
    'a store that is not there',
    { tills: [{ storeId: newId(), role: 'CASHIER' }] },
    ['tills', '0', 'storeId'],
    'UNKNOWN',
  ],
  [
    'a brand that is not there',
    { grants: [{ role: 'MARKETER', brandId: newId(), storeId: null }] },
    ['grants', '0', 'brandId'],
    'UNKNOWN',
  ],
  [
    'a manager of no store',
    { grants: [{ role: 'STORE_MANAGER', brandId: null, storeId: null }] },
    ['grants', '0', 'storeId'],
    'REQUIRED',
  ],
])('%s is refused, and nobody is added', async (_what, wrong, path, code) => {
  const ctx = await owner();
  const count = async () => (await readStaff(ctx, { after: null, limit: 1_000 })).length;
  const before = await count();
  const refused = await refusal(addMember(ctx, aMember(wrong)));
  expect(refused).toMatchObject({
    problems: expect.arrayContaining([expect.objectContaining({ path, code })]),
  });
  expect(await count()).toBe(before);
});

test('an e-mail is somebody’s once', async () => {
  const ctx = await owner();
  const input = aMember();
  await addMember(ctx, input);
  const again = addMember(ctx, { ...input, email: input.email?.toUpperCase() ?? '' });
  expect(await refusal(again)).toMatchObject({ problems: [{ path: ['email'], code: 'DUPLICATE' }] });
});

test('name and right to waive are edited by version', async () => {
  const ctx = await owner();
  const id = await aStaffMember(ctx, ['SUPPORT']);
  await editStaff(ctx, { id, version: 1, name: 'Анна Петровна', canWaive: true });
  expect(await member(ctx, id)).toMatchObject({ name: 'Анна Петровна', canWaive: true, version: 2 });
  const late = editStaff(ctx, { id, version: 1, name: 'Анна', canWaive: false });
  expect(await refusal(late)).toBeInstanceOf(VersionConflict);
});

test('a new PIN works, the old one does not, and who was signed in by it is out', async () => {
  const ctx = await owner();
  const cashier = await aCashier(ctx, { pin: '1111' });
  await setPin(ctx, { id: cashier.id, version: 1, pin: '2222' });
  it.app.clock.advance(2_001);
  expect(await refusal(actorOf(ctx, cashier.token))).toMatchObject({ code: 'UNAUTHENTICATED' });
  const at = asActor(ctx, cashier.till.actor);
  expect(await refusal(signInCashier(at, { cashierId: cashier.id, pin: '1111' }))).toMatchObject({
    attemptsLeft: 4,
  });
  expect(await signInCashier(at, { cashierId: cashier.id, pin: '2222' })).toMatchObject({
    cashierId: cashier.id,
  });
  await setPin(ctx, { id: cashier.id, version: 2, pin: null });
  expect((await member(ctx, cashier.id)).hasPin).toBe(false);
  const kept = await ctx.sql
    .selectFrom('audit_entry')
    .select('facts')
    .where('subject', '=', `staff:${cashier.id}`)
    .execute();
  expect(JSON.stringify(kept)).not.toMatch(/1111|2222/);
});

test('who is disabled is out of the admin and of tills within seconds, and comes back when enabled', async () => {
  const ctx = await owner();
  const { session, staffId } = await aSession(ctx, ['SUPPORT']);
  const ask = async () =>
    (await it.app.graphql({ query: '{ mySessions { current } }', session })).errors?.[0]?.extensions.code;
  expect(await ask()).toBeUndefined();
  await setStaffStatus(ctx, { id: staffId, version: 1, status: 'DISABLED' });
  it.app.clock.advance(5_000);
  expect(await ask()).toBe('UNAUTHENTICATED');
  await setStaffStatus(ctx, { id: staffId, version: 2, status: 'ACTIVE' });
  it.app.clock.advance(5_000);
  // The old session stays ended.
  expect(await ask()).toBe('UNAUTHENTICATED');
  expect((await member(ctx, staffId)).status).toBe('ACTIVE');
  const cashier = await aCashier(ctx);
  await setStaffStatus(ctx, { id: cashier.id, version: 1, status: 'DISABLED' });
  it.app.clock.advance(5_000);
  expect(await refusal(actorOf(ctx, cashier.token))).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('the last owner who can sign in is neither disabled nor demoted; two at once, one stays', async () => {
  const ctx = await owner();
  const one = await aStaffMember(ctx, ['OWNER'], { password: PASSWORD });
  const disable = (id: string) => setStaffStatus(ctx, { id, version: 1, status: 'DISABLED' });
  const demote = (id: string) =>
    setStaffRoles(ctx, { id, version: 1, grants: [{ role: 'ANALYST' }], tills: [] });
  expect(await refusal(disable(one))).toBeInstanceOf(LastOwner);
  expect(await refusal(demote(one))).toBeInstanceOf(LastOwner);
  expect(await member(ctx, one)).toMatchObject({ status: 'ACTIVE', version: 1 });
  expect((await member(ctx, one)).grants).toEqual([{ role: 'OWNER', brandId: null, storeId: null }]);

  const two = await aStaffMember(ctx, ['OWNER'], { password: PASSWORD });
  const outcomes = await Promise.all([refusal(disable(one)), refusal(demote(two))]);
  expect(outcomes.filter((outcome) => outcome instanceof LastOwner)).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'it was accepted')).toHaveLength(1);
});

test('roles and tills are replaced whole; the same in another order is no change', async () => {
  const ctx = await owner();
  const [a, b] = [await aStore(ctx), await aStore(ctx)];
  const id = await aStaffMember(ctx, ['ANALYST']);
  const grants = [a, b].map(({ id: storeId }) => ({ role: 'SALES_ASSISTANT' as const, storeId }));
  const tills = [a, b].map(({ id: storeId }) => ({ storeId, role: 'CASHIER' as const }));
  await setStaffRoles(ctx, { id, version: 1, grants, tills });
  const now = await member(ctx, id);
  expect(now.grants).toEqual(
    [a, b].map(({ id: storeId }) => ({ role: 'SALES_ASSISTANT', brandId: null, storeId })),
  );
  expect(now.tills).toEqual(tills);
  await setStaffRoles(ctx, { id, version: 2, grants: grants.toReversed(), tills: tills.toReversed() });
  expect(await member(ctx, id)).toEqual(now);
});

test('people are found by name, e-mail, status and store, page by page', async () => {
  const ctx = await owner();
  const store = await aStore(ctx);
  const tag = newId();
  const add = (name: string, tills: NewMember['tills'] = []) =>
    addMember(ctx, aMember({ name, tills, email: `${name}.${tag}@example.com` }));
  const [b, a, v] = [
    await add('bb'),
    await add('aa', [{ storeId: store.id, role: 'CASHIER' }]),
    await add('vv'),
  ];
  await setStaffStatus(ctx, { id: v, version: 1, status: 'DISABLED' });
  const find = async (filter: Partial<StaffFilter>) =>
    (await readStaff(ctx, { search: tag, after: null, limit: 10, ...filter })).map(({ id }) => id);
  expect(await find({})).toEqual([a, b, v]);
  expect(await find({ status: 'DISABLED' })).toEqual([v]);
  expect(await find({ storeId: store.id })).toEqual([a]);
  expect(await find({ after: ['aa', a], limit: 1 })).toEqual([b]);
});

test('the owner of a brand gives roles there only, and nobody but owners gives any', async () => {
  const ctx = it.app.context();
  const [mine, other] = [await aStore(ctx), await aStore(ctx)];
  const ofBrand = await owner({ brandId: mine.brandId });
  const inside = await aStaffMember(ctx, ['SALES_ASSISTANT'], { storeIds: [mine.id] });
  const outside = await aStaffMember(ctx, ['SALES_ASSISTANT'], { storeIds: [other.id] });
  const give = (id: string, grants: Parameters<typeof setStaffRoles>[1]['grants']) =>
    refusal(setStaffRoles(ofBrand, { id, version: 1, grants, tills: [] }));
  expect(await give(inside, [{ role: 'OWNER' }])).toMatchObject({
    problems: [{ path: ['grants', '0'], code: 'MISMATCH' }],
  });
  expect(await give(outside, [])).toMatchObject({ problems: [{ path: ['id'], code: 'UNKNOWN' }] });
  expect(await give(inside, [{ role: 'STORE_MANAGER', storeId: other.id }])).toMatchObject({
    problems: [{ path: ['grants', '0', 'storeId'], code: 'UNKNOWN' }],
  });
  expect(await give(inside, [{ role: 'MARKETER', brandId: mine.brandId }])).toBe('it was accepted');
  for (const role of ['MARKETER', 'ANALYST', 'SUPPORT', 'INTEGRATOR'] as const) {
    const actor = asActor(ctx, await staffActor(ctx, [role]));
    expect(await refusal(addMember(actor, aMember()))).toBeInstanceOf(RequestError);
  }
});

test('a page of fifty people with their roles and stores is not too much to ask for', async () => {
  const ctx = it.app.context();
  const { session } = await aSession(ctx, ['OWNER']);
  const place = 'role store { id name }';
  const query = `{ staffMembers(first: 50) { edges { node { id name email status canWaive version hasPin hasPassword
    grants { ${place} brand { id name } } tills { ${place} } } } pageInfo { endCursor hasNextPage } } }`;
  const { data, errors } = await it.app.graphql<{ staffMembers: { edges: unknown[] } }>({ query, session });
  expect(errors).toBeUndefined();
  expect(data?.staffMembers.edges.length).toBeGreaterThan(0);
});
