import { globalId, localId } from '../../platform/graphql/global-id.ts';

/** The settings as clients see them: stores by their opaque ids, everything else as it is stored. */
export function settingsToClient(settings: unknown): unknown {
  return withStores(settings, (id) => globalId('Store', id));
}

/** The other way; what is no store's id stays as it came, for the check to find. */
export function settingsFromClient(settings: unknown): unknown {
  return withStores(settings, (id) => localId(id, 'Store') ?? id);
}

function withStores(settings: unknown, translate: (id: string) => string): unknown {
  const redemption = part(settings, 'redemption');
  const code = part(redemption, 'code');
  const stores = code?.['neverAtStoreIds'];
  if (!isObject(settings) || redemption === null || code === null || !Array.isArray(stores)) return settings;
  const neverAtStoreIds = stores.map((id: unknown) => (typeof id === 'string' ? translate(id) : id));
  return { ...settings, redemption: { ...redemption, code: { ...code, neverAtStoreIds } } };
}

function part(whole: unknown, name: string): Record<string, unknown> | null {
  const value = isObject(whole) ? whole[name] : undefined;
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
