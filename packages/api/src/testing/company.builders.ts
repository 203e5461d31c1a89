import {
  addStaff,
  authenticate,
  createApiKey,
  createBrand,
  createStore,
  createTill,
  issuePairingCode,
  pairTill,
  signInCashier,
  SYSTEM_ACTOR,
  type NewApiKey,
  type NewStore,
} from '../company/index.ts';
import type { Actor, Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';

/** Builders take any context of the app under test: they act as the system, and every row has its own names. */
export function asSystem<C extends Context>(ctx: C): C {
  return { ...ctx, actor: SYSTEM_ACTOR };
}

/** A caller's own context in the same app. */
export function asActor<C extends Context>(ctx: C, actor: Actor): C {
  return { ...ctx, actor };
}

/** @returns its id */
export async function aBrand(ctx: Context, brand: { name?: string } = {}): Promise<string> {
  return createBrand(asSystem(ctx), { code: `brand-${newId()}`, name: brand.name ?? 'Север' });
}

export interface BuiltStore {
  id: string;
  brandId: string;
  code: string;
}

/** In Moscow, in roubles, unless told otherwise. */
export async function aStore(ctx: Context, store: Partial<NewStore> = {}): Promise<BuiltStore> {
  const brandId = store.brandId ?? (await aBrand(ctx));
  const code = store.code ?? `store-${newId()}`;
  const id = await createStore(asSystem(ctx), {
    name: 'Москва, Тверская',
    timeZone: 'Europe/Moscow',
    currency: 'RUB',
    country: 'RU',
    language: 'ru',
    ...store,
    code,
    brandId,
  });
  return { id, brandId, code };
}

export interface BuiltTill {
  id: string;
  store: BuiltStore;
  /** Of the paired device. */
  token: string;
  /** The till alone; a kiosk is its own cashier. */
  actor: Actor;
}

/** A paired till in a store of its own unless told otherwise. */
export async function aTill(
  ctx: Context,
  till: { store?: BuiltStore; kind?: 'CASHIER' | 'KIOSK'; name?: string; source?: string } = {},
): Promise<BuiltTill> {
  const system = asSystem(ctx);
  const store = till.store ?? (await aStore(ctx));
  const { name = 'Касса 1', kind = 'CASHIER', source } = till;
  const id = await createTill(system, { storeId: store.id, name, kind, ...(source ? { source } : {}) });
  const { code } = await issuePairingCode(system, { tillId: id });
  // From an address of its own: tries are limited per address.
  const { token } = await pairTill(asActor(ctx, { ...SYSTEM_ACTOR, address: id }), { code });
  return { id, store, token, actor: await actorOf(ctx, token) };
}

export interface BuiltCashier {
  id: string;
  pin: string;
  /** Of the session on the till. */
  token: string;
  till: BuiltTill;
  actor: Actor;
}

/** Somebody signed in on a till; a manager may waive codes. */
export async function aCashier(
  ctx: Context,
  cashier: { till?: BuiltTill; name?: string; pin?: string; manager?: boolean } = {},
): Promise<BuiltCashier> {
  const till = cashier.till ?? (await aTill(ctx));
  const { name = 'Анна', pin = '1234', manager = false } = cashier;
  const id = await addStaff(asSystem(ctx), {
    name,
    pin,
    canWaive: manager,
    stores: [{ storeId: till.store.id, role: manager ? 'MANAGER' : 'CASHIER' }],
  });
  const { token } = await signInCashier(asActor(ctx, till.actor), { cashierId: id, pin });
  return { id, pin, token, till, actor: await actorOf(ctx, token) };
}

export interface BuiltKey {
  id: string;
  token: string;
  actor: Actor;
}

/** A partner's key; every scope, store and source unless told otherwise. */
export async function aKey(ctx: Context, key: Partial<NewApiKey> = {}): Promise<BuiltKey> {
  const { id, key: token } = await createApiKey(asSystem(ctx), { name: 'Сайт', scopes: 'ALL', ...key });
  return { id, token, actor: await actorOf(ctx, token) };
}

/** Who calls with a token. */
export async function actorOf(ctx: Context, token: string): Promise<Actor> {
  return authenticate(ctx, { authorization: `Bearer ${token}`, address: '127.0.0.1' });
}
