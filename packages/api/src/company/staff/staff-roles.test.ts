import { expect, test } from 'vitest';
import { aBrand, aStore, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { addStaff, contactsShown } from '../index.ts';

const it = useTestApp();

test('a role of the company sees every store', async () => {
  const actor = await staffActor(it.app.context(), ['MARKETER']);
  expect(actor).toMatchObject({ kind: 'STAFF', storeIds: 'ALL', brandId: null, client: `staff:${actor.id}` });
  expect(actor.scopes.has('profiles.merge')).toBe(true);
  expect(actor.scopes.has('points.adjust')).toBe(false);
});

test('a role of a store sees that store alone, of a brand its stores, and both add up', async () => {
  const ctx = it.app.context();
  const brandId = await aBrand(ctx);
  const [one, two, other] = [
    await aStore(ctx, { brandId }),
    await aStore(ctx, { brandId }),
    await aStore(ctx),
  ];
  const ofStore = await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [one.id] });
  expect(ofStore).toMatchObject({ storeIds: [one.id], brandId });
  const ofBrand = await staffActor(ctx, ['ANALYST'], { brandId });
  expect([...ofBrand.storeIds].toSorted()).toEqual([one.id, two.id].toSorted());
  expect(ofBrand.brandId).toBe(brandId);
  const ofTwo = await staffActor(ctx, ['SALES_ASSISTANT'], { storeIds: [one.id, other.id] });
  expect(ofTwo.brandId).toBeNull();
});

test('nobody without a role sees or may anything', async () => {
  const actor = await staffActor(it.app.context(), []);
  expect(actor.storeIds).toEqual([]);
  expect([...actor.scopes]).toEqual([]);
});

test('contacts are told in full, masked or not at all', async () => {
  const ctx = it.app.context();
  const shown = async (...roles: Parameters<typeof staffActor>[1]) =>
    contactsShown(await staffActor(ctx, roles));
  expect(await shown('SUPPORT')).toBe('FULL');
  expect(await shown('SALES_ASSISTANT')).toBe('MASKED');
  expect(await shown('ANALYST')).toBe('NONE');
  expect(await shown('ANALYST', 'SALES_ASSISTANT')).toBe('MASKED');
});

test('a store role names its store, another role none', async () => {
  const ctx = asSystem(it.app.context());
  const store = await aStore(ctx);
  const grants = [{ role: 'STORE_MANAGER' as const }, { role: 'OWNER' as const, storeId: store.id }];
  await expect(addStaff(ctx, { name: 'Олег', stores: [], grants })).rejects.toMatchObject({
    problems: [
      { path: ['grants', '0', 'storeId'], code: 'REQUIRED' },
      { path: ['grants', '1', 'storeId'], code: 'MISMATCH' },
    ],
  });
});
