import { formatMoney, parseMoney, parseQuantity } from '@clientele/shared/money';
import type {
  PresentedCode,
  Promotion,
  PromotionCondition,
  PromotionGroup,
} from '@clientele/shared/promotions';
import { calculateReceipt } from '@clientele/shared/receipt';
import type {
  DraftLine,
  DraftShopper,
  ProgramMode,
  ProgramSettings,
  Quote as Calculated,
  SalePlace,
} from '@clientele/shared/receipt';
import type { Draft, Quote } from '../till-flow/facts.ts';

/** `Till.quoteRules` of the API. */
export interface QuoteRules {
  readonly revision: string;
  readonly currency: string;
  readonly place: SalePlace;
  readonly mode: ProgramMode;
  readonly settings: ProgramSettings | null;
  readonly promotions: readonly Promotion[];
  readonly groups: readonly PromotionGroup[];
}

/** What the till knows of the shopper at it. */
export interface KnownShopper {
  readonly verified: boolean;
  /** Points that can be spent; 0 while the balance is hidden. */
  readonly available: number;
  /** Of the visit; null: hidden. */
  readonly facts: {
    readonly tierCode: string | null;
    readonly blocked: boolean;
    readonly promotionIds: readonly string[];
  } | null;
}

/** What the catalogue says of a product, as `Product.goods` tells it. */
export type KnownGoods = Partial<Omit<DraftLine, 'number' | 'kind' | 'quantityMilli' | 'unitPrice'>>;

export interface Provisional {
  readonly rules: QuoteRules;
  readonly draft: Draft;
  /** Null: nobody known. */
  readonly shopper: KnownShopper | null;
  /** By sku; null: no product of the catalogue. */
  readonly goods: ReadonlyMap<string, KnownGoods | null>;
  /** The server's last quote of this sale; null: none yet. */
  readonly last: Quote | null;
  /** Server's clock, epoch milliseconds. */
  readonly now: number;
}

/**
 * The quote of a basket before the server's is there, by the same calculation. Of what only the server knows it says
 * less, never more: a promotion with a limit, a code nobody has checked, an audience, a daily limit of points count as
 * nothing until the server's last quote gave them; where one of them would decide over others of its group, the whole
 * group waits.
 * @returns null: a line cannot be counted here
 */
export function provisionalQuote(given: Provisional): Quote | null {
  const { rules, draft, now, last } = given;
  const lines = draft.lines.map((line, index) => lineOf(line, index + 1, given));
  if (lines.length === 0 || lines.some((line) => line === null)) return null;
  const { settings } = rules;
  const codes = knownCodes(draft, last);
  const calculated = calculateReceipt({
    currency: rules.currency,
    lines: lines.filter((line) => line !== null),
    settings,
    mode: rules.mode,
    shopper: shopperOf(given.shopper),
    spend: draft.spendPoints === 0 ? { kind: 'NONE' } : { kind: 'EXACT', points: draft.spendPoints },
    occurredAt: now,
    limitsUsed: usedUp(settings),
    place: rules.place,
    promotions: promotionsFor(given, codes),
    promotionGroups: rules.groups,
    promotionFacts: { uses: {}, codes },
  });
  return shown(calculated, given);
}

function lineOf(
  { sku, quantity, unitPrice }: Draft['lines'][number],
  number: number,
  { rules, goods }: Provisional,
): DraftLine | null {
  const quantityMilli = parseQuantity(quantity);
  const price = parseMoney(unitPrice, rules.currency);
  const known = goods.get(sku);
  if (quantityMilli === null || price === null || known === undefined) return null;
  return { ...known, sku, number, kind: 'GOODS', quantityMilli, unitPrice: price };
}

function shopperOf(shopper: KnownShopper | null): DraftShopper | null {
  if (shopper === null) return null;
  const { verified, available, facts } = shopper;
  return {
    known: true,
    verified,
    blocked: facts?.blocked ?? false,
    available,
    tierCode: facts?.tierCode ?? undefined,
  };
}

/** What others used of limits over several purchases is not known here: nothing is promised. */
function usedUp(settings: ProgramSettings | null): Record<string, number> {
  const limits = settings?.earningLimits ?? [];
  return Object.fromEntries(
    limits.filter(({ window }) => window !== 'RECEIPT').map(({ code, max }) => [code, max]),
  );
}

/** Codes the server's last quote took. */
function knownCodes({ promoCodes }: Draft, last: Quote | null): PresentedCode[] {
  return (last?.offers ?? []).flatMap(({ promoCode, promotionId }) =>
    promoCode !== null && promoCodes.includes(promoCode)
      ? [{ code: promoCode, promotionId: rowId(promotionId), refused: null }]
      : [],
  );
}

type Standing = 'OPEN' | 'CLOSED' | 'UNKNOWN';

function promotionsFor(given: Provisional, codes: readonly PresentedCode[]): Promotion[] {
  const { rules } = given;
  const standings = rules.promotions.map((promotion) => standingOf(promotion, given, codes));
  const groups = new Map(rules.groups.map((group) => [group.id, group]));
  const waiting = new Set(
    rules.promotions
      .filter((_, index) => standings[index] === 'UNKNOWN')
      .map(({ groupId }) => groupId)
      .filter((id) => !addsUp(groups.get(id))),
  );
  return rules.promotions
    .filter(({ groupId }, index) => standings[index] === 'OPEN' && !waiting.has(groupId))
    .map((promotion) => (given.shopper?.facts ? forThisShopper(promotion) : promotion));
}

/** Whether one of the group leaves the others their effect. */
function addsUp(group: PromotionGroup | undefined): boolean {
  return group === undefined || group.stacking === 'SUM' || group.stacking === 'SEQUENTIAL';
}

function standingOf(
  { id, rules }: Promotion,
  { shopper, draft, last }: Provisional,
  codes: readonly PresentedCode[],
): Standing {
  const facts = shopper?.facts ?? null;
  if (facts !== null && !facts.promotionIds.includes(id)) return 'CLOSED';
  if (facts === null && rules.audience.who !== 'ANYBODY') return shopper === null ? 'CLOSED' : 'UNKNOWN';
  if (
    rules.conditions.some(({ kind }) => kind === 'PROMO_CODE') &&
    !codes.some((one) => one.promotionId === id)
  )
    return codes.length === draft.promoCodes.length ? 'CLOSED' : 'UNKNOWN';
  const { perShopper, total, budget } = rules.limits;
  const limited = perShopper !== null || total !== null || budget !== null;
  if (limited && !last?.offers.some((offer) => rowId(offer.promotionId) === id)) return 'UNKNOWN';
  return 'OPEN';
}

const OF_THE_SHOPPER: ReadonlySet<PromotionCondition['kind']> = new Set([
  'BIRTHDAY',
  'FIRST_ORDER',
  'NTH_ORDER',
]);

/** The server has judged what it asks of the shopper. */
function forThisShopper(promotion: Promotion): Promotion {
  const { rules } = promotion;
  return {
    ...promotion,
    rules: {
      ...rules,
      audience: { ...rules.audience, who: 'ANYBODY' },
      conditions: rules.conditions.filter(({ kind }) => !OF_THE_SHOPPER.has(kind)),
    },
  };
}

function shown(quote: Calculated, { rules, last }: Provisional): Quote {
  const money = (minor: number): string => formatMoney(minor, quote.currency);
  const { points, earning } = quote;
  return {
    currency: quote.currency,
    gross: money(quote.gross),
    discount: money(quote.discount),
    pointsDiscount: money(quote.pointsDiscount),
    toPay: money(quote.toPay),
    verificationRequired: quote.verificationRequired,
    quoteHash: '',
    validUntil: '',
    rulesRevision: rules.revision,
    lines: quote.lines.map((line) => ({
      number: line.number,
      gross: money(line.gross),
      pointsDiscount: money(line.pointsDiscount),
      toPay: money(line.toPay),
      discounts: line.discounts.map((discount) =>
        discount.source === 'PROMOTION'
          ? { label: discount.title, amount: money(discount.amount), promoCode: discount.code }
          : { label: '', amount: money(discount.amount), promoCode: null },
      ),
    })),
    points: {
      available: points.available,
      max: points.max,
      applied: points.applied,
      limits: points.limits.map(({ code, max }) => ({ code, max })),
    },
    earning: {
      points: earning.points,
      activateAt: earning.activateAt === null ? null : new Date(earning.activateAt).toISOString(),
    },
    offers: quote.promotions
      .filter(({ applied }) => applied)
      .map(({ promotionId, title, amount, points: bonus, code }) => ({
        promotionId: btoa(`Promotion:${promotionId}`),
        title,
        amount: money(amount),
        points: bonus,
        promoCode: code,
      })),
    missingGifts: quote.promotions.filter(({ missingGift }) => missingGift).map(({ title }) => title),
    refusedCodes: last?.refusedCodes ?? [],
  };
}

/** The row's id in an opaque id of the API. */
function rowId(opaque: string): string {
  return atob(opaque).split(':')[1] ?? '';
}
