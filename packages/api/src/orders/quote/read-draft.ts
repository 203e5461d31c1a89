import type { Promotion } from '@clientele/shared/promotions';
import type { DraftLine, ProgramSettings, SpendPoints } from '@clientele/shared/receipt';
import { programOfBrand, versionAt, type ProgramRecord } from '../../loyalty/index.ts';
import { seesStore } from '../../company/index.ts';
import { refuseVisit } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { InputProblems, type InputPath } from '../../platform/input-problems.ts';
import { parseShopper, unknownShopper, type ShopperInput, type ShopperKey } from '../shopper.ts';
import {
  askPromotions,
  NO_PROMOTIONS,
  NOTHING_READ,
  type AskedPromotions,
  type PromotionsRead,
} from './asked-promotions.ts';
import {
  withProducts,
  type Basket,
  type BasketAccount,
  type BasketShopper,
  type BasketStore,
} from './basket.ts';
import {
  checkLines,
  MAX_DRAFT_LINES,
  parseLines,
  parseSpend,
  type LineInput,
  type ParsedLine,
  type SpendInput,
} from './draft.ts';
import { knownStore, storeIsOther, type KnownStore } from './known-store.ts';
import { readLimitsUsed } from './limits-used.ts';
import { attributesAsked } from './rule-attributes.ts';

/** An order before it is one, as GraphQL gives it. */
export interface OrderDraft {
  shopper?: ShopperInput | null | undefined;
  channel?: 'STORE' | 'ONLINE' | null | undefined;
  storeCode?: string | null | undefined;
  currency?: string | null | undefined;
  lines: readonly LineInput[];
  promoCodes: readonly string[];
  /** Number of the begun order this basket belongs to, of the caller's own source. */
  externalId?: string | null | undefined;
  spendPoints?: SpendInput | null | undefined;
}

/** A draft with everything it is judged by. */
export interface ReadDraft {
  readonly store: BasketStore;
  readonly channel: 'STORE' | 'ONLINE';
  readonly lines: readonly (ParsedLine & DraftLine)[];
  readonly promoCodes: readonly string[];
  readonly spend: SpendPoints;
  readonly profile: BasketShopper | null;
  readonly verified: boolean;
  readonly visitId: string | null;
  readonly program: ProgramRecord | null;
  readonly account: BasketAccount | null;
  readonly limitsUsed: Readonly<Record<string, number>>;
  readonly promotions: AskedPromotions & PromotionsRead;
  readonly walkInId: string | null;
  readonly order: Basket['order'];
  readonly request: Basket['request'];
  /** When it is calculated for. */
  readonly at: Date;
  readonly trial: Trial | null;
}

/** A calculation that is only looked at, by staff: at any time, by rules that are not published. */
export interface Trial {
  readonly at: Date;
  readonly verified: boolean;
  /** Nobody is named, but somebody who has just joined buys. */
  readonly newMember: boolean;
  /** Tried instead of those with the same id, or besides. */
  readonly drafts: readonly Promotion[];
  /** Instead of the version that holds. */
  readonly settings: ProgramSettings | null;
}

/** The number and request of an order that is to be begun: what they already stand for is read along. */
export interface BeginKey {
  source: string;
  externalId: string;
  scope: string;
  requestId: string;
}

const MAX_PROMO_CODES = 20;
const LONGEST_CODE = 100;

/**
 * Reads a draft and what it depends on: one statement, and one more where the shopper is named by a contact or a
 * program limits earning by day or month.
 * @throws InvalidInput by the path of each wrong value @throws VisitExpired
 */
export async function readDraft(
  ctx: Context,
  draft: OrderDraft,
  path: InputPath,
  key?: BeginKey,
  trial: Trial | null = null,
): Promise<ReadDraft> {
  const at = trial?.at ?? ctx.clock.now();
  const problems = new InputProblems();
  const skus = checkLines(draft.lines, [...path, 'lines'], problems, MAX_DRAFT_LINES);
  const spend = parseSpend(draft.spendPoints, [...path, 'spendPoints'], problems);
  const promoCodes = parsePromoCodes(draft.promoCodes, [...path, 'promoCodes'], problems);
  const { till } = ctx.actor;
  if (till === null && !draft.storeCode) problems.add([...path, 'storeCode'], 'REQUIRED', 'names the store');
  problems.refuseAny();
  const shopper = await parseShopper(ctx, draft.shopper, [...path, 'shopper']);
  const { basket, program, asked } = await readBasket(ctx, draft, {
    shopper,
    skus,
    promoCodes,
    key,
    at,
    trial,
  });
  const store = storeOf(ctx, draft, basket, path, problems);
  const lines = store ? parseLines(draft.lines, store.currency, [...path, 'lines'], problems) : [];
  problems.refuseAny();
  if (store === undefined) throw new Error('a draft without a store went through');
  // A repeated request is answered as before, whatever became of its visit.
  if (basket.request === null) await refuseUnknown(ctx, shopper, basket, path);
  return {
    store,
    channel: draft.channel ?? (till === null ? 'ONLINE' : 'STORE'),
    lines: withProducts(lines, basket.products, store.currency),
    promoCodes,
    spend,
    profile: basket.profile,
    verified: trial?.verified ?? basket.visit?.verified ?? ctx.actor.scopes.has('orders.spend'),
    visitId: basket.visit?.id ?? null,
    program,
    account: (program && basket.accounts[program.id]) ?? null,
    promotions: { ...asked, ...(basket.promotions ?? NOTHING_READ) },
    limitsUsed: await readLimitsUsed(ctx, program, basket.profile?.id ?? null, at, trial?.settings ?? null),
    walkInId: basket.walkInId,
    order: basket.order,
    request: basket.request,
    at,
    trial,
  };
}

interface ReadBasket {
  basket: Basket;
  program: ProgramRecord | null;
  asked: AskedPromotions;
}

/** What rules will ask for is known before: all of it is read at once. */
async function readBasket(
  ctx: Context,
  draft: OrderDraft,
  asking: {
    shopper: ShopperKey | null;
    skus: readonly string[];
    promoCodes: readonly string[];
    key: BeginKey | undefined;
    at: Date;
    trial: Trial | null;
  },
  known?: KnownStore | null,
): Promise<ReadBasket> {
  const { till } = ctx.actor;
  const { at, trial } = asking;
  const store = known === undefined ? await knownStore(ctx, draft.storeCode ?? null) : known;
  const program = store && (await programOfBrand(ctx, store.brandId));
  const settings = trial?.settings ?? (program && versionAt(program, at)?.settings);
  const codes = asking.promoCodes;
  const asked =
    store === null
      ? NO_PROMOTIONS
      : await askPromotions(ctx, store, { at, zone: limitZone(program), codes, drafts: trial?.drafts ?? [] });
  const basket = await callFunction<Basket>(ctx.sql, 'read_basket', {
    now: at,
    storeId: till?.storeId ?? null,
    storeCode: draft.storeCode ?? null,
    tillId: till?.id ?? null,
    client: ctx.actor.client,
    ...asking.shopper,
    skus: [...new Set(asking.skus)],
    attributes: attributesAsked([
      ...(settings ? [settings] : []),
      ...asked.promotions.map(({ rules }) => rules),
    ]),
    codes,
    promotions: asked.ask,
    ...(asking.key ? { key: asking.key } : {}),
    ...(draft.externalId ? { replaces: { source: ctx.actor.ownSource, externalId: draft.externalId } } : {}),
  });
  return storeIsOther(ctx, store, basket.store)
    ? readBasket(ctx, draft, asking, basket.store)
    : { basket, program, asked };
}

/** Days, weeks and months of promotions' limits are the program's: all stores of a brand count in the same. */
export function limitZone(program: ProgramRecord | null): string {
  return program?.timezone ?? 'UTC';
}

/** @throws VisitExpired @throws InvalidInput for a reference to nobody */
async function refuseUnknown(
  ctx: Context,
  shopper: ShopperKey | null,
  { visit, profile }: Basket,
  path: InputPath,
): Promise<void> {
  if (shopper?.visitId !== undefined && visit === null) await refuseVisit(ctx, shopper.visitId);
  if (shopper !== null && profile?.kind !== 'PERSON') throw unknownShopper([...path, 'shopper']);
}

function storeOf(
  ctx: Context,
  draft: OrderDraft,
  { store }: Basket,
  path: InputPath,
  problems: InputProblems,
): BasketStore | undefined {
  const { till } = ctx.actor;
  if (store === null || !seesStore(ctx.actor, store.id)) {
    return problems.need<BasketStore>(null, [...path, 'storeCode'], 'UNKNOWN', 'is no store of this caller');
  }
  if (till !== null && draft.storeCode && draft.storeCode !== store.code) {
    problems.add([...path, 'storeCode'], 'UNKNOWN', 'is not the store of this till');
  }
  if (draft.currency && draft.currency !== store.currency) {
    problems.add([...path, 'currency'], 'MISMATCH', `the store sells in ${store.currency}`);
  }
  return store;
}

function parsePromoCodes(codes: readonly string[], path: InputPath, problems: InputProblems): string[] {
  if (codes.length > MAX_PROMO_CODES) problems.add(path, 'TOO_MANY', `has ${MAX_PROMO_CODES} codes at most`);
  const read = codes.slice(0, MAX_PROMO_CODES).map((code, index) => {
    if (code.isWellFormed()) return problems.text(code, [...path, index], LONGEST_CODE);
    return problems.need<string>(null, [...path, index], 'FORMAT', 'holds half a sign');
  });
  return [...new Set(read.filter((code): code is string => code !== undefined))];
}
