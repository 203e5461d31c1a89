import {
  earnPoints,
  keptPromotions,
  type Earned,
  type EarningLine,
  type ProgramSettings,
} from '@clientele/shared/receipt';
import { addDays, instantOfLocal, localDate } from '@clientele/shared/time';
import { findProgram, type ProgramRecord } from '../../loyalty/index.ts';
import { refuseVisit } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction, RefusedInSql } from '../../platform/database/call-function.ts';
import { hashContent } from '../../platform/database/idempotent.ts';
import { IdempotencyConflict, invalid, RequestError } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { callerName, visibleStores } from '../caller.ts';
import { noteForeignOrder } from '../order/foreign-order.ts';
import { parseOrderRef, type OrderRef, type OrderRefInput } from '../order/order-ref.ts';
import type { AccountShown } from '../order/shown-account.ts';
import { OrderHasShopper, OrderNotFound, TooLateToAttach } from '../orders.errors.ts';
import { readLimitsUsed } from '../quote/limits-used.ts';
import { refusalOf } from '../refusals.ts';
import { settingsOf, soldLine, type Sale, type SaleRow } from '../returns/sale.ts';
import { parseShopper, unknownShopper, type ShopperInput, type ShopperKey } from '../shopper.ts';

export interface AttachShopper {
  requestId: string;
  order: OrderRefInput;
  shopper: ShopperInput;
}

export interface ShopperAttached extends AccountShown {
  __typename: 'ShopperAttached';
  orderId: string;
  earned: number;
  activateAt: string | null;
}

interface Attachment {
  sale: Sale;
  visit: { verified: boolean } | null;
  profile: { id: string; tags: string[]; tierCode: string | null } | null;
}

interface Request {
  requestId: string;
  ref: OrderRef;
  shopper: ShopperKey;
  hash: string;
}

const MOST_TRIES = 5;

/**
 * A sale nobody known made becomes a shopper's: it earns by its own version and time, on what was not returned, and
 * never redeems. Within the window and the daily limit of the program; audited.
 * @throws OrderNotFound @throws OrderHasShopper @throws TooLateToAttach @throws VisitExpired @throws AccountBlocked
 * @throws IdempotencyConflict @throws InvalidInput
 */
export async function attachShopper(ctx: Context, input: AttachShopper): Promise<ShopperAttached> {
  const request = await parseRequest(ctx, input);
  for (let tries = 1; ; tries += 1) {
    const read = await readAttachment(ctx, request);
    const known = repeated(read.sale, request);
    if (known !== null) return known;
    const payload = await posting(ctx, read, request);
    try {
      return await callFunction<ShopperAttached>(ctx.sql, 'attach_shopper', payload);
    } catch (error) {
      if (!(error instanceof RefusedInSql) || error.code !== 'StaleOrder') throw attachRefusal(error);
      if (tries === MOST_TRIES) throw new RequestError('BUSY', 'This order keeps changing; try again.', 300);
    }
  }
}

async function parseRequest(ctx: Context, input: AttachShopper): Promise<Request> {
  const problems = new InputProblems();
  const requestId = problems.text(input.requestId, ['requestId'], 200) ?? '';
  const ref = parseOrderRef(ctx, input.order, ['order'], problems);
  problems.refuseAny();
  const shopper = (await parseShopper(ctx, input.shopper, ['shopper'])) ?? {};
  return { requestId, ref, shopper, hash: hashContent({ ref, shopper }) };
}

function readAttachment(ctx: Context, { ref, shopper, requestId }: Request): Promise<Attachment> {
  const request = { scope: ctx.actor.client, requestId };
  return callFunction<Attachment>(ctx.sql, 'read_attachment', {
    now: ctx.clock.now(),
    client: ctx.actor.client,
    ...shopper,
    sale: { ref, stores: visibleStores(ctx), request },
  });
}

/** @throws IdempotencyConflict */
function repeated({ request }: Sale, { hash }: Request): ShopperAttached | null {
  if (request === null) return null;
  if (request.operation !== 'attachShopper' || request.hash !== hash) throw new IdempotencyConflict();
  return request.reply as ShopperAttached | null;
}

async function posting(ctx: Context, read: Attachment, request: Request): Promise<Record<string, unknown>> {
  const { sale, visit, profile } = read;
  if (sale.order === null) await noteForeignOrder(ctx, request.ref, 'attachShopper');
  const order = attachable(sale);
  if (request.shopper.visitId !== undefined && visit === null)
    await refuseVisit(ctx, request.shopper.visitId);
  if (profile === null) throw unknownShopper(['shopper']);
  const now = ctx.clock.now();
  const program = order.program_id === null ? null : await findProgram(ctx, order.program_id);
  const settings = await settingsOf(ctx, order);
  refuseLate(order, settings, now);
  const verified = visit?.verified ?? ctx.actor.scopes.has('orders.spend');
  const limitsUsed = await readLimitsUsed(ctx, program, profile.id, new Date(order.occurred_at));
  const earned = earning(sale, order, settings, { profile, verified, limitsUsed });
  return {
    scope: ctx.actor.client,
    requestId: request.requestId,
    hash: request.hash,
    now,
    actor: callerName(ctx),
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    orderId: order.id,
    revision: order.revision,
    profileId: profile.id,
    verified,
    planned: earned?.points ?? 0,
    terms: order.terms && {
      ...order.terms,
      tierCode: profile.tierCode,
      shopperTags: profile.tags,
      limitsUsed,
      rules: earned?.rules ?? [],
    },
    shares: sale.lines.map((line) => ({
      number: line.number,
      earnBase: earned === null ? 0 : keptBase(sale, line),
      earnShare: (earned?.earns.get(line.number) ?? []).reduce((sum, { points }) => sum + points, 0),
    })),
    perDay: settings?.attach.perDay ?? null,
    dayStart: dayStart(program, now),
  };
}

/** @throws OrderNotFound for what is no sale @throws OrderHasShopper */
function attachable({ order }: Sale): SaleRow {
  if (order === null || order.state === 'BEGUN' || order.state === 'CANCELLED' || order.state === 'EXPIRED') {
    throw new OrderNotFound();
  }
  if (order.identified_at !== null) throw new OrderHasShopper();
  return order;
}

/** @throws TooLateToAttach */
function refuseLate(order: SaleRow, settings: ProgramSettings | null, now: Date): void {
  if (settings === null) return;
  const until = new Date(addDays(Date.parse(order.occurred_at), settings.attach.days));
  if (now > until) throw new TooLateToAttach(until);
}

/** Null: the order earns nothing, whoever made it. */
function earning(
  sale: Sale,
  order: SaleRow,
  settings: ProgramSettings | null,
  {
    profile,
    verified,
    limitsUsed,
  }: { profile: NonNullable<Attachment['profile']>; verified: boolean; limitsUsed: Record<string, number> },
): Earned | null {
  if (settings === null || order.terms === null || (!verified && !settings.earnWithoutCode)) return null;
  const kept = sale.lines.map((line) => keptLine(sale, line));
  return earnPoints(
    {
      currency: order.currency,
      settings,
      shopper: { tierCode: profile.tierCode ?? undefined, tags: profile.tags },
      occurredAt: Date.parse(order.occurred_at),
      limitsUsed,
      promotions: keptPromotions(order.terms.promotions ?? [], kept),
    },
    kept,
  );
}

function keptLine(sale: Sale, line: Sale['lines'][number]): EarningLine {
  return {
    ...soldLine(line),
    quantityMilli: line.quantity_milli - line.returned_milli,
    earnBase: keptBase(sale, line),
  };
}

/** Nobody known spends no points: what was paid and not given back is what earns. */
function keptBase({ earlier }: Sale, line: Sale['lines'][number]): number {
  if (!line.earnable) return 0;
  const back = earlier.filter(({ number }) => number === line.number);
  return line.to_pay - back.reduce((sum, part) => sum + part.moneyBack, 0);
}

function dayStart(program: ProgramRecord | null, now: Date): Date {
  const zone = program?.timezone ?? 'UTC';
  return new Date(instantOfLocal(localDate(now.getTime(), zone), '00:00:00', zone));
}

function attachRefusal(error: unknown): unknown {
  if (error instanceof RefusedInSql && error.code === 'TooManyAttached') {
    return invalid('shopper', 'TOO_MANY', 'no more sales can be attached to this shopper today');
  }
  return refusalOf(error);
}
