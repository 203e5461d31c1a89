import { expect, test } from 'vitest';
import { placeItems, toGrant, toRow } from './staff-places.ts';

const session = {
  allStores: true,
  brands: [{ id: 'b', name: 'Север' }],
  stores: [{ id: 's', name: 'Тверская' }],
};

test('roles of a store are given for a store, the others for brands or everywhere', () => {
  const items = (role: 'MARKETER' | 'SALES_ASSISTANT', allStores = true) =>
    placeItems({ ...session, allStores }, role, 'везде', (name) => `весь «${name}»`).map(
      ({ title }) => title,
    );
  expect(items('SALES_ASSISTANT')).toEqual(['Тверская']);
  expect(items('MARKETER')).toEqual(['везде', 'весь «Север»']);
  expect(items('MARKETER', false)).toEqual(['весь «Север»']);
});

test.each([
  [{ role: 'OWNER', brand: null, store: null }, 'all'],
  [{ role: 'MARKETER', brand: { id: 'b:1' }, store: null }, 'brand:b:1'],
  [{ role: 'STORE_MANAGER', brand: null, store: { id: 's1' } }, 'store:s1'],
])('%j is the place %s, and back', (grant, place) => {
  const row = toRow(grant);
  expect(row.place).toBe(place);
  expect(toGrant(row)).toEqual({
    role: grant.role,
    brandId: grant.brand?.id ?? null,
    storeId: grant.store?.id ?? null,
  });
});
