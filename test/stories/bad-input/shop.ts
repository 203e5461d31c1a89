import { afterAll, beforeAll, expect } from 'vitest';
import { verifyLedger } from '@clientele/api/src/loyalty/index.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import {
  aCashier,
  aKey,
  asActor,
  aStore,
  aTill,
  type BuiltCashier,
  type BuiltStore,
} from '@clientele/api/src/testing/company.builders.ts';
import { useTestApp, type TestApp } from '@clientele/api/src/testing/create-test-app.ts';
import { aProgram } from '@clientele/api/src/testing/loyalty.builders.ts';
import { grantPoints } from '@clientele/api/src/testing/orders.builders.ts';
import { aShopper, aVisit } from '@clientele/api/src/testing/profiles.builders.ts';
import { DOCUMENTS, type DocumentName } from './documents.ts';
import { expectQuiet } from './unchanged.ts';

/** What the stories read of an answer themselves; the rest is compared as a whole. */
export interface Answered {
  __typename: string;
  id: string;
  quoteHash: string;
  points: { applied: number; max: number };
  problems: { path: string[]; code: string }[];
  results: { status: string; problems: { path: string[]; code: string }[] }[];
  order: { id: string; externalId: string; state: string } | null;
  [fact: string]: unknown;
}

/** A whole answer: refused at the top, or one field. */
export interface Response {
  codes: string[];
  text: string;
  result: Answered | null;
}

export interface Shopper {
  id: string;
  phone: string;
  /** Of a verified visit at the first till. */
  visitId: string;
}

/** A brand with a live program (the preset: half of an order, 3 for each full 100), two stores, a till in each. */
export interface BadInputShop {
  readonly app: TestApp;
  readonly programId: string;
  readonly stores: readonly [BuiltStore, BuiltStore];
  readonly cashier: BuiltCashier;
  /** At another till of the same store. */
  readonly colleague: BuiltCashier;
  /** In the other store of the brand. */
  readonly elsewhere: BuiltCashier;
  /** A partner's, of every store and source. */
  readonly key: string;
}

interface Built extends Omit<BadInputShop, 'app'> {}

export function useShop(): BadInputShop {
  const server = useTestApp();
  let built: Built | undefined;
  beforeAll(async () => {
    built = await openShop(server.app.context());
  });
  // Whatever was tried, the ledger adds up.
  afterAll(async () => expect(await verifyLedger(server.app.context())).toEqual([]));
  const there = (): Built => {
    if (built === undefined) throw new Error('the shop opens before all');
    return built;
  };
  return {
    get app() {
      return server.app;
    },
    get programId() {
      return there().programId;
    },
    get stores() {
      return there().stores;
    },
    get cashier() {
      return there().cashier;
    },
    get colleague() {
      return there().colleague;
    },
    get elsewhere() {
      return there().elsewhere;
    },
    get key() {
      return there().key;
    },
  };
}

async function openShop(ctx: Context): Promise<Built> {
  const first = await aStore(ctx);
  const second = await aStore(ctx, { brandId: first.brandId });
  const programId = await aProgram(ctx, { brandId: first.brandId });
  const till = await aTill(ctx, { store: first });
  return {
    programId,
    stores: [first, second],
    cashier: await aCashier(ctx, { till }),
    colleague: await aCashier(ctx, { till: await aTill(ctx, { store: first }) }),
    elsewhere: await aCashier(ctx, { till: await aTill(ctx, { store: second }) }),
    key: (await aKey(ctx)).token,
  };
}

/** Asks and looks through the answer: whatever was asked, it shows nothing of the inside. */
export async function respond(
  shop: BadInputShop,
  query: string,
  variables: Record<string, unknown>,
  token: string,
): Promise<Response> {
  const answer = await shop.app.graphql<Record<string, Answered | null>>({ query, variables, token });
  const text = JSON.stringify(answer);
  expectQuiet(answer.status, text);
  const [result] = Object.values(answer.data ?? {});
  return {
    codes: (answer.errors ?? []).map(({ extensions }) => extensions.code),
    text,
    result: result ?? null,
  };
}

/** One operation that is answered by a member of its union. */
export async function ask(
  shop: BadInputShop,
  name: DocumentName,
  input: object,
  token = shop.cashier.token,
): Promise<Answered> {
  const { codes, result, text } = await respond(shop, DOCUMENTS[name], { input }, token);
  expect(codes, text.slice(0, 500)).toEqual([]);
  if (result === null) throw new Error(`${name} was not answered`);
  return result;
}

/** `path CODE` of every problem of a refused input. */
export function problemsOf({ __typename, problems }: Answered): string[] {
  expect(__typename).toBe('InvalidInput');
  return problems.map(({ path, code }) => `${path.join('.')} ${code}`);
}

/** Somebody with points, verified at the first till. */
export async function aShopperWith(shop: BadInputShop, points: number): Promise<Shopper> {
  const ctx = shop.app.context();
  const { id, phone } = await aShopper(ctx);
  if (points > 0) {
    const { programId, stores } = shop;
    const place = {
      programId,
      brandId: stores[0].brandId,
      storeId: stores[0].id,
      storeCode: '',
      currency: 'RUB',
    };
    await grantPoints(ctx, place, id, points);
  }
  return { id, phone, visitId: await visitOf(shop, id, shop.cashier) };
}

/** A verified visit of a shopper at a till. @returns its id as the API names it */
export async function visitOf(shop: BadInputShop, profileId: string, at: BuiltCashier): Promise<string> {
  return globalId('ShopperVisit', await aVisit(asActor(shop.app.context(), at.actor), { profileId }));
}

export const LINE = { sku: 'goods', quantity: '1', unitPrice: '1000.00' };

/** Previews and begins; whatever begin answers. */
export async function begin(
  shop: BadInputShop,
  draft: object,
  { token = shop.cashier.token, externalId = newId() }: { token?: string; externalId?: string } = {},
): Promise<Answered & { externalId: string }> {
  const { quoteHash } = await ask(shop, 'preview', draft, token);
  const answer = await ask(shop, 'begin', { requestId: newId(), externalId, draft, quoteHash }, token);
  return { ...answer, externalId };
}

let documents = 0;

/** A fiscal document nobody else has. */
export function aReceipt() {
  documents += 1;
  return { fiscalDrive: '9960440300000001', fiscalDocument: String(documents) };
}

/** A sale with a receipt. */
export async function sell(shop: BadInputShop, draft: object, token = shop.cashier.token) {
  const { externalId } = await begin(shop, draft, { token });
  const receipt = aReceipt();
  const order = { external: { id: externalId } };
  const sold = await ask(shop, 'commit', { requestId: newId(), order, receipts: [receipt] }, token);
  expect(sold.__typename).toBe('OrderCommitted');
  return { externalId, receipt, id: sold.order?.id ?? '' };
}
