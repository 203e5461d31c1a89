import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { BeginOrder } from '../till-flow/effects.ts';
import type { FiscalDocument } from '../till-flow/facts.ts';

/** An order that has been started and not yet finished: its keys, and the basket to show after a reload. */
export interface UnfinishedOrder {
  externalId: string;
  /** Epoch milliseconds of the first try, till clock. */
  startedAt: number;
  begin: BeginOrder;
  /** Present from the moment the payment was confirmed at the till: from then on it must be finished. */
  commit: { requestId: string; fiscal: FiscalDocument | null } | null;
}

interface TillSchema extends DBSchema {
  till: { key: 'token'; value: string };
  orders: { key: string; value: UnfinishedOrder };
}

export interface TillStore {
  token(): Promise<string | null>;
  keepToken(token: string): Promise<void>;
  dropToken(): Promise<void>;
  keepBegin(begin: BeginOrder, now: number): Promise<void>;
  keepCommit(externalId: string, requestId: string, fiscal: FiscalDocument | null): Promise<void>;
  finish(externalId: string): Promise<void>;
  /** Payment confirmed, answer not seen: oldest first. */
  toCommit(): Promise<UnfinishedOrder[]>;
  /** Begun less than a day ago and not paid: at most the latest is of use. */
  toPay(now: number): Promise<UnfinishedOrder | null>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The till's memory over a reload. It holds the till's token, keys of unfinished orders and their baskets;
 * never a phone, a name or a balance.
 */
export async function openTillStore(name = 'clientele-till'): Promise<TillStore> {
  const db = await openDB<TillSchema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('till');
      fresh.createObjectStore('orders', { keyPath: 'externalId' });
    },
  });
  return {
    token: async () => (await db.get('till', 'token')) ?? null,
    keepToken: async (token) => void (await db.put('till', token, 'token')),
    dropToken: () => db.delete('till', 'token'),
    keepBegin: async (begin, now) =>
      void (await db.put('orders', {
        externalId: begin.externalId,
        startedAt: now,
        begin: plain(begin),
        commit: null,
      })),
    keepCommit: (externalId, requestId, fiscal) => keepCommit(db, externalId, { requestId, fiscal }),
    finish: (externalId) => db.delete('orders', externalId),
    toCommit: async () => (await everyOrder(db)).filter((order) => order.commit !== null),
    toPay: (now) => toPay(db, now),
  };
}

async function keepCommit(
  db: IDBPDatabase<TillSchema>,
  externalId: string,
  commit: NonNullable<UnfinishedOrder['commit']>,
): Promise<void> {
  const change = db.transaction('orders', 'readwrite');
  const order = await change.store.get(externalId);
  if (order !== undefined) await change.store.put({ ...order, commit: plain(commit) });
  await change.done;
}

async function everyOrder(db: IDBPDatabase<TillSchema>): Promise<UnfinishedOrder[]> {
  const orders = await db.getAll('orders');
  return orders.toSorted((a, b) => a.startedAt - b.startedAt);
}

async function toPay(db: IDBPDatabase<TillSchema>, now: number): Promise<UnfinishedOrder | null> {
  const open = (await everyOrder(db)).filter((order) => order.commit === null);
  const old = open.filter((order) => now - order.startedAt > DAY_MS);
  await Promise.all(old.map((order) => db.delete('orders', order.externalId)));
  return open.findLast((order) => now - order.startedAt <= DAY_MS) ?? null;
}

/** IndexedDB cannot store reactive wrappers. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
