import { expect, test } from 'vitest';
import { VersionConflict } from '../../platform/errors.ts';
import { actorOf, aStore, aTill, asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { refusal } from '../../testing/orders.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { createTill } from './create-till.ts';
import { issuePairingCode } from './issue-pairing-code.ts';
import { readTillsOf } from './read-tills.ts';
import { renameTill } from './rename-till.ts';
import { revokeTill } from './revoke-till.ts';

const it = useTestApp();

async function owner() {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, ['OWNER']));
}

test('a till tells when its device was paired and last seen, to the minute', async () => {
  const ctx = await owner();
  const till = await aTill(ctx);
  const paired = it.app.clock.now();
  const read = async () =>
    (await readTillsOf(ctx, { storeId: till.store.id, after: null, limit: 10 })).map(
      ({ pairedAt, lastSeenAt }) => [pairedAt, lastSeenAt],
    );
  expect(await read()).toEqual([[paired, paired]]);
  it.app.clock.advance(59_000);
  await actorOf(ctx, till.token);
  expect(await read()).toEqual([[paired, paired]]);
  it.app.clock.advance(3_000);
  await actorOf(ctx, till.token);
  expect(await read()).toEqual([[paired, it.app.clock.now()]]);
});

test('a till is renamed by its version', async () => {
  const ctx = await owner();
  const { id, store } = await aTill(ctx);
  await renameTill(ctx, { id, version: 1, name: 'У входа' });
  expect(await refusal(renameTill(ctx, { id, version: 1, name: 'Дальняя' }))).toBeInstanceOf(VersionConflict);
  const [till] = await readTillsOf(ctx, { storeId: store.id, after: null, limit: 1 });
  expect([till?.name, till?.version]).toEqual(['У входа', 2]);
});

test('tills stand by store and name, page by page; revoked ones only when asked for', async () => {
  const ctx = await owner();
  const store = await aStore(ctx);
  const ids = [];
  for (const name of ['Касса 2', 'Касса 1', 'Киоск'])
    ids.push(await createTill(asSystem(ctx), { storeId: store.id, name, kind: 'CASHIER' }));
  await revokeTill(ctx, { tillId: ids[2] ?? '' });
  const names = async (revoked: boolean, after: readonly [string, string, string] | null = null) =>
    (await readTillsOf(ctx, { storeId: store.id, revoked, after, limit: 10 })).map(({ name }) => name);
  expect(await names(false)).toEqual(['Касса 1', 'Касса 2']);
  expect(await names(true)).toEqual(['Касса 1', 'Касса 2', 'Киоск']);
  expect(await names(true, ['Москва, Тверская', 'Касса 1', ids[1] ?? ''])).toEqual(['Касса 2', 'Киоск']);
});

test('tills of other stores are not there', async () => {
  const ctx = it.app.context();
  const mine = await aTill(ctx);
  const other = await aTill(ctx);
  const brandOwner = asActor(ctx, await staffActor(ctx, ['OWNER'], { brandId: mine.store.brandId }));
  const unknown = { problems: [{ code: 'UNKNOWN' }] };
  expect((await readTillsOf(brandOwner, { after: null, limit: 10 })).map(({ id }) => id)).toEqual([mine.id]);
  expect(await refusal(revokeTill(brandOwner, { tillId: other.id }))).toMatchObject(unknown);
  expect(await refusal(issuePairingCode(brandOwner, { tillId: other.id }))).toMatchObject(unknown);
  expect(await refusal(renameTill(brandOwner, { id: other.id, version: 1, name: 'x' }))).toMatchObject(
    unknown,
  );
  const elsewhere = createTill(brandOwner, { storeId: other.store.id, name: 'x', kind: 'KIOSK' });
  expect(await refusal(elsewhere)).toMatchObject(unknown);
  expect(await actorOf(ctx, other.token)).toMatchObject({ kind: 'TILL' });
});
