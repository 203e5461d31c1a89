import { InsufficientPoints, AccountBlocked } from '../../loyalty/index.ts';
import { ensureWalkIn } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction, RefusedInSql } from '../../platform/database/call-function.ts';
import { hashContent } from '../../platform/database/idempotent.ts';
import { IdempotencyConflict, invalid } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import type { AccountShown } from '../order/shown-account.ts';
import { PromotionTaken, QuoteChanged, VerificationRequired } from '../orders.errors.ts';
import type { QuoteChange } from '../quote/quote-change.ts';
import { refusalOf } from '../refusals.ts';
import { callerName, visibleStores } from '../caller.ts';
import { codeChange, promotionChange } from '../quote/compare-promotions.ts';
import { quoteChanges } from '../quote/compare-quotes.ts';
import { quoteDraft, type OrderQuote } from '../quote/order-quote.ts';
import { openQuote } from '../quote/quote-hash.ts';
import { readDraft, type BeginKey, type OrderDraft, type ReadDraft } from '../quote/read-draft.ts';
import { holdUntil } from './hold-until.ts';
import { failedPromotions, frozenTerms, lineRows, sumColumns, usedPromotions } from './order-rows.ts';

export interface BeginOrder {
  requestId: string;
  externalId: string;
  draft: OrderDraft;
  quoteHash: string;
  holdUntil?: Date | null | undefined;
}

export interface OrderBegun extends AccountShown {
  __typename: 'OrderBegun';
  orderId: string;
  holdExpiresAt: string;
}

const LONGEST_NUMBER = 200;

/**
 * Freezes what was quoted and holds its points until the order is committed, cancelled or expires. With the number of
 * an order that is begun it replaces draft, shopper and hold of that order.
 * @throws QuoteChanged @throws InsufficientPoints @throws VerificationRequired @throws VisitExpired
 * @throws AccountBlocked @throws AlreadyCommitted @throws AlreadyCancelled @throws IdempotencyConflict
 * @throws InvalidInput
 */
export async function beginOrder(ctx: Context, input: BeginOrder): Promise<OrderBegun> {
  const key = parseKey(ctx, input);
  const hash = contentHash(input, key);
  const draft = await readDraft(ctx, input.draft, ['draft'], key);
  const known = repeated(draft, hash);
  if (known !== null) return known;
  const order = settle(ctx, input, draft);
  try {
    return await post(ctx, { input, key, hash, draft, order });
  } catch (error) {
    const reason = quickerElsewhere(error);
    if (reason === null) throw error;
    const fresh = await readDraft(ctx, input.draft, ['draft'], key);
    throw new QuoteChanged(quoteDraft(ctx, fresh, ownHold(fresh)), [reason]);
  }
}

/** Somebody else took what was there a moment ago; null: it is not that. */
function quickerElsewhere(error: unknown): QuoteChange | null {
  if (error instanceof InsufficientPoints)
    return { code: 'BALANCE', message: 'points were spent elsewhere', line: null };
  if (!(error instanceof PromotionTaken)) return null;
  const { code, title, wasGranted } = error;
  if (code !== null) return codeChange(`promo code ${code} was taken elsewhere`);
  return promotionChange(
    `${wasGranted ? 'personal offer was used elsewhere' : 'limit of the promotion reached'}: ${title}`,
  );
}

function parseKey(ctx: Context, input: BeginOrder): BeginKey {
  const problems = new InputProblems();
  const externalId = problems.text(input.externalId, ['externalId'], LONGEST_NUMBER) ?? '';
  const requestId = problems.text(input.requestId, ['requestId'], LONGEST_NUMBER) ?? '';
  if (input.holdUntil && input.holdUntil <= ctx.clock.now()) {
    problems.add(['holdUntil'], 'RANGE', 'lies in the past');
  }
  problems.refuseAny();
  return { source: ctx.actor.ownSource, externalId, scope: ctx.actor.client, requestId };
}

/** The signed quote is no content: a repeat may carry a newer one of the same basket. */
function contentHash({ draft, holdUntil: until }: BeginOrder, { externalId }: BeginKey): string {
  const lines = draft.lines.map((line) => ({ ...line, kind: line.kind ?? 'GOODS' }));
  return hashContent({ externalId, draft: { ...draft, lines }, until: until ?? null });
}

/** @throws IdempotencyConflict */
function repeated({ request }: ReadDraft, hash: string): OrderBegun | null {
  if (request === null) return null;
  if (request.operation !== 'beginOrder' || request.hash !== hash) throw new IdempotencyConflict();
  return request.reply as OrderBegun | null;
}

/** The quote the order is made of. */
function settle(ctx: Context, input: BeginOrder, draft: ReadDraft): OrderQuote {
  const now = ctx.clock.now();
  const quoted = openQuote(ctx.vault, input.quoteHash);
  const current = quoteDraft(ctx, draft, ownHold(draft));
  const reasons = quoteChanges(quoted, current, now);
  if (reasons.some(({ code }) => code === 'SHOPPER' || code === 'QUOTE_EXPIRED')) {
    throw new QuoteChanged(current, reasons);
  }
  refuseSpending(draft, current);
  if (reasons.length === 0) return enough(draft, current);
  // Quoted while the order's own hold was in the way: as good as it was, it only spends less than could be spent.
  const before = quoteDraft(ctx, draft);
  if (ownHold(draft) > 0 && !wantsMore(draft, before) && quoteChanges(quoted, before, now).length === 0) {
    return before;
  }
  throw new QuoteChanged(current, reasons);
}

/** @throws AccountBlocked @throws VerificationRequired when points are to be spent and may not be */
function refuseSpending({ spend }: ReadDraft, { quote }: OrderQuote): void {
  if (spend.kind === 'NONE') return;
  const reasons = new Set(quote.points.limits.map(({ code }) => code));
  if (reasons.has('PROGRAM_NOT_LIVE')) return;
  if (reasons.has('ACCOUNT_BLOCKED')) throw new AccountBlocked();
  // Up to some amount a program may let points go without a code.
  const withoutCode = quote.points.limits.find(({ code }) => code === 'NOT_VERIFIED');
  if (withoutCode === undefined) return;
  const wished = spend.kind === 'EXACT' ? spend.points : 1;
  if (wished > withoutCode.max) throw new VerificationRequired();
}

function wantsMore({ spend }: ReadDraft, { quote }: OrderQuote): boolean {
  return spend.kind === 'EXACT' && spend.points > quote.points.applied;
}

function enough(draft: ReadDraft, order: OrderQuote): OrderQuote {
  const { points } = order.quote;
  if (draft.spend.kind !== 'EXACT' || !wantsMore(draft, order)) return order;
  throw new InsufficientPoints({
    requested: draft.spend.points,
    available: points.available,
    max: points.max,
    limits: points.limits,
  });
}

/** Points this very order holds, of this very shopper: replacing it gives them back first. */
function ownHold({ order, profile }: ReadDraft): number {
  return order !== null && order.profileId === profile?.id ? order.held : 0;
}

interface Posting {
  input: BeginOrder;
  key: BeginKey;
  hash: string;
  draft: ReadDraft;
  order: OrderQuote;
}

async function post(ctx: Context, posting: Posting): Promise<OrderBegun> {
  const { key, hash, draft, order } = posting;
  const failed = failedPromotions(order.quote);
  return callFunction<OrderBegun>(ctx.sql, 'begin_order', {
    ...key,
    hash,
    now: ctx.clock.now(),
    actor: callerName(ctx),
    stores: visibleStores(ctx),
    verified: draft.verified,
    fitting: order.fittingLots,
    order: await orderRow(ctx, posting),
    lines: lineRows(
      order.quote,
      new Map(draft.lines.map((line) => [line.number, line.name])),
      order.version?.settings ?? null,
    ),
    ...(failed.length > 0 ? { failed } : {}),
  }).catch((error: unknown) => {
    if (error instanceof RefusedInSql && error.code === 'NumberTaken') {
      throw invalid('externalId', 'DUPLICATE', 'is the number of an order elsewhere');
    }
    throw refusalOf(error);
  });
}

async function orderRow(
  ctx: Context,
  { input, key, draft, order }: Posting,
): Promise<Record<string, unknown>> {
  const { actor } = ctx;
  const now = ctx.clock.now();
  const place = actor.till === null ? { storeId: draft.store.id } : { tillId: actor.till.id };
  return {
    ...sumColumns(order),
    profile_id: draft.profile?.id ?? draft.walkInId ?? (await ensureWalkIn(ctx, place)),
    id: newId(),
    source: key.source,
    external_id: key.externalId,
    store_id: draft.store.id,
    till_id: actor.till?.id ?? null,
    cashier_id: actor.cashierId,
    channel: draft.channel,
    state: 'BEGUN',
    mode: 'ONLINE',
    occurred_at: now,
    begun_at: now,
    identified_at: draft.profile === null ? null : 'SALE',
    hold_expires_at: holdUntil(order, now, input.holdUntil ?? null),
    terms: frozenTerms(order),
    promotions: usedPromotions(order),
    content_hash: '',
    revision: 0,
    visit_id: draft.visitId,
  };
}
