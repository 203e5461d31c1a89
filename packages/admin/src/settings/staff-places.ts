import { STORE_ROLES, type Role } from '@clientele/shared/permissions';

/** A role and where it holds: `all`, `brand:<id>` or `store:<id>`, as one field of a form. */
export interface GrantRow {
  role: Role;
  place: string;
}

export interface TillPlace {
  storeId: string;
  role: 'CASHIER' | 'MANAGER';
}

interface Places {
  allStores: boolean;
  brands: readonly { id: string; name: string }[];
  stores: readonly { id: string; name: string }[];
}

/** Where somebody may be given a role by whoever is signed in. */
export function placeItems(
  { allStores, brands, stores }: Places,
  role: Role,
  everywhere: string,
  wholeBrand: (name: string) => string,
): { value: string; title: string }[] {
  if (STORE_ROLES.has(role)) return stores.map(({ id, name }) => ({ value: `store:${id}`, title: name }));
  return [
    ...(allStores ? [{ value: 'all', title: everywhere }] : []),
    ...brands.map(({ id, name }) => ({ value: `brand:${id}`, title: wholeBrand(name) })),
  ];
}

interface Grant {
  role: string;
  brand: { id: string } | null;
  store: { id: string } | null;
}

export function toRow({ role, brand, store }: Grant): GrantRow {
  const place = store ? `store:${store.id}` : brand ? `brand:${brand.id}` : 'all';
  return { role: role as Role, place };
}

/** What the API takes. */
export function toGrant({ role, place }: GrantRow): {
  role: Role;
  brandId: string | null;
  storeId: string | null;
} {
  const id = place.slice(place.indexOf(':') + 1);
  return {
    role,
    brandId: place.startsWith('brand:') ? id : null,
    storeId: place.startsWith('store:') ? id : null,
  };
}
