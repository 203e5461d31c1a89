import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { sql } from 'kysely';
import type { ProgramSettings } from '@clientele/shared/receipt';
import { createBrand, createStore, createTill, SYSTEM_ACTOR, tillActor } from '../company/index.ts';
import type { ProgramMode } from '../loyalty/index.ts';
import { ManualClock } from '../platform/clock.ts';
import type { Actor, Context } from '../platform/context.ts';
import type { Database } from '../platform/database/database.ts';
import { globalId } from '../platform/graphql/global-id.ts';
import { newId } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { createVault } from '../platform/vault.ts';
import { beginOrder, commitOrder, previewOrder, QuoteChanged, type OrderDraft } from '../orders/index.ts';
import { aProgram } from './loyalty.builders.ts';

const vault = createVault(randomBytes(32).toString('base64url'));
const log = createLog('silent');

/** A context without the app: the system, or whoever is given, at a time that stands still. */
export function aContext(database: Database, now = '2026-11-20T12:00:00Z'): Context & { clock: ManualClock } {
  const clock = new ManualClock(now);
  const em = database.em();
  const dataDir = tmpdir();
  return { actor: SYSTEM_ACTOR, clock, database, em, sql: database.sql, vault, log, mode: 'demo', dataDir };
}

/** The same moment and database, seen by somebody else. */
export function as<C extends Context>(ctx: C, actor: Actor): C {
  return { ...ctx, actor, em: ctx.database.em() };
}

export interface ShopFacts {
  settings?: Partial<ProgramSettings>;
  mode?: ProgramMode;
  liveAt?: Date;
  /** When its rules begin: two years ago where absent. */
  validFrom?: Date;
  currency?: string;
}

/** A brand with a live program (the preset, unless said) and one store. */
export interface Shop {
  brandId: string;
  storeId: string;
  storeCode: string;
  programId: string;
  currency: string;
}

export async function aShop(ctx: Context, facts: ShopFacts = {}): Promise<Shop> {
  const { currency = 'RUB', ...program } = facts;
  const code = `shop-${newId()}`;
  const brandId = await createBrand(ctx, { code, name: 'Brand' });
  const storeId = await createStore(ctx, {
    brandId,
    code,
    name: 'Store',
    timeZone: 'Europe/Moscow',
    currency,
    country: 'RU',
    language: 'ru',
  });
  return {
    brandId,
    storeId,
    storeCode: code,
    currency,
    programId: await aProgram(ctx, { brandId, ...program }),
  };
}

/** A cashier at a new till of the shop. */
export async function atTill(ctx: Context, shop: Shop): Promise<Context> {
  const id = await createTill(ctx, { storeId: shop.storeId, name: 'Till', kind: 'CASHIER' });
  const till = {
    id,
    name: 'Till',
    kind: 'CASHIER',
    source: `till:${id}`,
    storeId: shop.storeId,
    storeCode: shop.storeCode,
    brandId: shop.brandId,
    timeZone: 'Europe/Moscow',
    currency: shop.currency,
    country: 'RU',
    language: 'ru',
  } as const;
  return as(ctx, tillActor(till, { kind: 'CASHIER', scopes: ['orders.read'], cashierId: newId() }));
}

/** A person, with spendable points where said. @returns its id */
export async function aMember(ctx: Context, shop: Shop, points = 0): Promise<string> {
  const id = newId();
  const now = ctx.clock.now();
  await ctx.sql
    .insertInto('profile')
    .values({
      id,
      kind: 'PERSON',
      given_name: 'Anna',
      family_name: null,
      patronymic: null,
      birth_date: null,
      gender: null,
      preferred_store_id: null,
      merged_into: null,
      created_at: now,
      updated_at: now,
    })
    .execute();
  if (points > 0) await grantPoints(ctx, shop, id, points);
  return id;
}

export async function grantPoints(
  ctx: Context,
  shop: Shop,
  profileId: string,
  points: number,
): Promise<void> {
  const now = ctx.clock.now();
  await sql`select public.loyalty_earn(${profileId}, ${shop.programId}, 'IMPORT', null, null, ${points}, ${now}, ${now},
    null, ${now})`.execute(ctx.sql);
}

/** A shopper at the caller's till. @returns the visit as the API names it */
export async function aVisit(ctx: Context, profileId: string, verified = true): Promise<string> {
  const id = newId();
  const now = ctx.clock.now();
  await ctx.sql
    .insertInto('visit')
    .values({
      id,
      profile_id: profileId,
      client: ctx.actor.client,
      verified_at: verified ? now : null,
      created_at: now,
      expires_at: new Date(now.getTime() + 30 * 60_000),
    })
    .execute();
  return globalId('ShopperVisit', id);
}

/** One line of goods; 1 piece of 1 000.00 unless said. */
export function aLine(facts: Partial<OrderDraft['lines'][number]> = {}): OrderDraft['lines'][number] {
  return { sku: 'goods', quantity: '1', unitPrice: '1000.00', ...facts };
}

export function aDraft(facts: Partial<OrderDraft> = {}): OrderDraft {
  return { lines: [aLine()], promoCodes: [], ...facts };
}

/** Previews and begins. @returns the number of the order and what begin answered */
export async function begun(
  ctx: Context,
  draft: OrderDraft,
  facts: { externalId?: string; requestId?: string } = {},
) {
  const externalId = facts.externalId ?? newId();
  const quote = await previewOrder(ctx, draft);
  const answer = await beginOrder(ctx, {
    requestId: facts.requestId ?? newId(),
    externalId,
    draft,
    quoteHash: quote.hash,
  });
  return { externalId, quote, ...answer };
}

let documents = 0;

/** A fiscal document nobody else has. */
export function aReceipt(total?: string) {
  documents += 1;
  return { fiscalDrive: `drive-${process.pid}`, fiscalDocument: String(documents), total };
}

/** A sale from preview to receipt. */
export async function sold(ctx: Context, draft: OrderDraft, facts: { externalId?: string } = {}) {
  const order = await begun(ctx, draft, facts);
  const answer = await commitOrder(ctx, {
    requestId: newId(),
    order: { external: { id: order.externalId } },
    receipts: [aReceipt()],
  });
  return { ...order, ...answer };
}

export async function balanceOf(ctx: Context, shop: Shop, profileId: string) {
  const row = await ctx.sql
    .selectFrom('loyalty_account')
    .select(['active', 'pending', 'held', 'debt'])
    .where('profile_id', '=', profileId)
    .where('program_id', '=', shop.programId)
    .executeTakeFirst();
  return row ?? { active: 0, pending: 0, held: 0, debt: 0 };
}

export async function orderRow(ctx: Context, orderId: string) {
  return ctx.sql.selectFrom('orders').selectAll().where('id', '=', orderId).executeTakeFirstOrThrow();
}

/** A shopper at a till of a shop of its own, confirmed by a code. */
export async function aCheckout(database: Database, points = 0, facts: ShopFacts = {}) {
  const ctx = aContext(database);
  const shop = await aShop(ctx, facts);
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop, points);
  const visitId = await aVisit(till, shopper);
  return { ctx, shop, till, shopper, visitId };
}

/** What the attempt was refused with. */
export async function refusal(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'it was accepted',
    (error: unknown) => error,
  );
}

/** Why a quote has changed; anything else is thrown on. */
export async function reasonsOf(attempt: Promise<unknown>) {
  const error = await refusal(attempt);
  if (!(error instanceof QuoteChanged)) throw error;
  return error.reasons.map(({ code, line }) => ({ code, line }));
}

/** Begins by a quote that was made before. */
export function begin(ctx: Context, draft: OrderDraft, quoteHash: string, externalId: string = newId()) {
  return beginOrder(ctx, { requestId: newId(), externalId, draft, quoteHash });
}
