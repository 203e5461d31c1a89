import { calculateReceipt } from '@clientele/shared/receipt';
import type { DraftShopper, ProgramMode, Quote, SpendPoints } from '@clientele/shared/receipt';
import { modeAt, versionAt, type ProgramRecord, type ProgramVersionRecord } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import { spendablePoints, type BasketStore } from './basket.ts';
import { sealedPromotions } from './compare-promotions.ts';
import { sealQuote, shortHash, type QuoteSeal } from './quote-hash.ts';
import type { AskedPromotions } from './asked-promotions.ts';
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
  /** What it was tried on. */
  readonly promotions: AskedPromotions;
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
  const { program, store, profile, spend, at, trial } = draft;
  const { mode, version } = rulesOf(draft);
  const shopper = profile === null && trial?.newMember !== true ? null : shopperOf(draft, released);
  const quote = calculate(draft, { version, mode, shopper, spend });
  const validUntil = new Date(at.getTime() + VALID_MS);
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
    promotions: sealedPromotions(quote),
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
    promotions: draft.promotions,
    seal,
    hash: sealQuote(ctx.vault, seal),
    validUntil,
  };
}

function rulesOf({ program, at, trial }: ReadDraft): {
  mode: ProgramMode;
  version: ProgramVersionRecord | null;
} {
  const mode = program === null ? 'OFF' : modeAt(program, at);
  const settings = trial?.settings ?? null;
  if (settings !== null) {
    // Rules that are tried before the program is switched on are tried as if it were.
    return { mode: mode === 'OFF' ? 'LIVE' : mode, version: { id: '', number: 0, settings, validFrom: at } };
  }
  // Of a program that is switched off an order keeps nothing: nothing is earned later either.
  return { mode, version: program === null || mode === 'OFF' ? null : versionAt(program, at) };
}

function calculate(
  { lines, store, channel, limitsUsed, promotions, at }: ReadDraft,
  given: {
    version: ProgramVersionRecord | null;
    mode: ProgramMode;
    shopper: DraftShopper | null;
    spend: SpendPoints;
  },
): Quote {
  return calculateReceipt({
    currency: store.currency,
    lines,
    settings: given.version?.settings ?? null,
    mode: given.mode,
    shopper: given.shopper,
    spend: given.spend,
    occurredAt: at.getTime(),
    limitsUsed,
    place: { storeId: store.id, channel, timezone: store.timeZone },
    promotions: promotions.promotions,
    promotionGroups: promotions.groups,
    promotionFacts: { uses: promotions.uses, codes: promotions.codes },
  });
}

function shopperOf(draft: ReadDraft, released: number): DraftShopper {
  const { profile, program, account, verified, promotions, at } = draft;
  const points = program === null || profile === null ? 0 : spendablePoints(profile.id, program, account, at);
  return {
    known: true,
    verified,
    blocked: account !== null && account.status !== 'ACTIVE',
    available: points + released,
    tierCode: account?.tierCode ?? undefined,
    tags: profile?.tags ?? [],
    birthDate: profile?.birthDate ?? undefined,
    ordersBefore: promotions.ordersBefore ?? (profile === null ? 0 : undefined),
    grantedPromotionIds: promotions.granted,
    segmentIds: promotions.segments ?? undefined,
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
