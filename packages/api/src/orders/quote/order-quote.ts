import { calculateReceipt } from '@clientele/shared/receipt';
import type { DraftShopper, ProgramMode, Quote, SpendPoints } from '@clientele/shared/receipt';
import { modeAt, versionAt, type ProgramRecord, type ProgramVersionRecord } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import { spendablePoints, type BasketStore } from './basket.ts';
import { sealQuote, shortHash, type QuoteSeal } from './quote-hash.ts';
import type { ReadDraft } from './read-draft.ts';

/** A quote with what it was made of. */
export interface OrderQuote {
  readonly quote: Quote;
  readonly store: BasketStore;
  readonly channel: 'STORE' | 'ONLINE';
  readonly program: ProgramRecord | null;
  readonly version: ProgramVersionRecord | null;
  readonly mode: ProgramMode;
  readonly profileId: string | null;
  readonly shopper: DraftShopper | null;
  readonly limitsUsed: Readonly<Record<string, number>>;
  /** Restricted lots that fit the basket. */
  readonly fittingLots: readonly string[];
  readonly promoCodes: readonly string[];
  readonly seal: QuoteSeal;
  readonly hash: string;
  readonly validUntil: Date;
}

const VALID_MS = 15 * 60_000;

/**
 * What the draft costs now, by the rules that hold now.
 * @param released points given back by replacing an order that is begun, as if they were already
 */
export function quoteDraft(ctx: Context, draft: ReadDraft, released = 0): OrderQuote {
  const { program, store, profile, spend } = draft;
  const now = ctx.clock.now();
  const mode = program === null ? 'OFF' : modeAt(program, now);
  // Of a program that is switched off an order keeps nothing: nothing is earned later either.
  const version = program === null || mode === 'OFF' ? null : versionAt(program, now);
  const shopper = profile === null ? null : shopperOf(draft, now, released);
  const quote = calculate(draft, { version, mode, shopper, spend, now });
  const validUntil = new Date(now.getTime() + VALID_MS);
  const seal: QuoteSeal = {
    client: ctx.actor.client,
    storeId: store.id,
    profileId: profile?.id ?? null,
    verified: draft.verified,
    lines: draft.lines.map(lineHash),
    promoCodes: shortHash(draft.promoCodes),
    versionId: version?.id ?? null,
    mode,
    available: shopper?.available ?? 0,
    totals: [quote.gross, quote.discount, quote.pointsDiscount, quote.toPay, quote.points.applied],
    validUntil: validUntil.getTime(),
  };
  return {
    quote,
    store,
    channel: draft.channel,
    program,
    version,
    mode,
    profileId: profile?.id ?? null,
    shopper,
    limitsUsed: draft.limitsUsed,
    fittingLots: [],
    promoCodes: draft.promoCodes,
    seal,
    hash: sealQuote(ctx.vault, seal),
    validUntil,
  };
}

function calculate(
  { lines, store, limitsUsed }: ReadDraft,
  given: {
    version: ProgramVersionRecord | null;
    mode: ProgramMode;
    shopper: DraftShopper | null;
    spend: SpendPoints;
    now: Date;
  },
): Quote {
  return calculateReceipt({
    currency: store.currency,
    lines,
    settings: given.version?.settings ?? null,
    mode: given.mode,
    shopper: given.shopper,
    spend: given.spend,
    occurredAt: given.now.getTime(),
    limitsUsed,
  });
}

function shopperOf(draft: ReadDraft, now: Date, released: number): DraftShopper {
  const { profile, program, account, verified } = draft;
  const points =
    program === null || profile === null ? 0 : spendablePoints(profile.id, program, account, now);
  return {
    known: true,
    verified,
    blocked: account !== null && account.status !== 'ACTIVE',
    available: points + released,
    tierCode: account?.tierCode ?? undefined,
    tags: profile?.tags ?? [],
  };
}

function lineHash(line: ReadDraft['lines'][number]): string {
  const { sku, kind, quantityMilli, unitPrice, amount, discount } = line;
  return shortHash([
    sku,
    kind,
    quantityMilli,
    unitPrice,
    amount ?? null,
    discount ?? 0,
    line.minUnitPrice ?? null,
  ]);
}
