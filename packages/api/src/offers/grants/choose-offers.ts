import type { Promotion, PromotionUse } from '@clientele/shared/promotions';
import { calculateReceipt } from '@clientele/shared/receipt';
import type { DraftShopper, SalePlace } from '@clientele/shared/receipt';
import { birthdayDistance, localDate } from '@clientele/shared/time';
import { offerReason, type OfferLanguage, type OfferReason } from './offer-words.ts';

/** Who stands at the till, and what is theirs. */
export interface OfferShopper extends DraftShopper {
  readonly tierName: string | null;
  readonly grants: readonly {
    readonly promotionId: string;
    readonly reason: string | null;
    /** Epoch milliseconds, exclusive; null: as long as the promotion. */
    readonly endsAt: number | null;
  }[];
  /** Codes issued to them that still can be used. */
  readonly codes: readonly {
    readonly promotionId: string;
    readonly code: string;
    readonly endsAt: number | null;
  }[];
  readonly uses: Readonly<Record<string, PromotionUse>>;
}

export interface OfferOccasion {
  readonly place: SalePlace;
  readonly currency: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly language: OfferLanguage;
}

/** What a till reads aloud. */
export interface ChosenOffer {
  readonly promotionId: string;
  readonly title: string;
  readonly say: string;
  readonly reason: string | null;
  readonly endsAt: number | null;
  readonly promoCode: string | null;
  /** Granted to this shopper, or by a code of their own. */
  readonly personal: boolean;
}

/** More than this nobody reads aloud, and nobody listens to. */
export const MOST_OFFERS = 5;

/**
 * The promotions this shopper can have here and now, at most five: what is their own first, the nearest end before the
 * others; then what suits them most. The basket may still have to be right for them. The same facts give the same offers
 * in the same order.
 */
export function chooseOffers(
  promotions: readonly Promotion[],
  shopper: OfferShopper,
  occasion: OfferOccasion,
): ChosenOffer[] {
  return openPromotions(promotions, shopper, occasion)
    .map((promotion) => ({ promotion, offer: tell(promotion, shopper, occasion) }))
    .toSorted(
      (a, b) =>
        Number(b.offer.personal) - Number(a.offer.personal) ||
        (a.offer.personal ? 0 : closeness(b.promotion) - closeness(a.promotion)) ||
        (a.offer.endsAt ?? Infinity) - (b.offer.endsAt ?? Infinity) ||
        a.promotion.priority - b.promotion.priority ||
        (a.promotion.id < b.promotion.id ? -1 : 1),
    )
    .slice(0, MOST_OFFERS)
    .map(({ offer }) => offer);
}

/**
 * Those among them whose time, place, audience, limits and conditions on the shopper hold; what they ask of the goods
 * is left aside. The calculation itself judges, of one piece of anything and each promotion alone.
 */
export function openPromotions(
  promotions: readonly Promotion[],
  shopper: OfferShopper,
  { place, currency, at }: OfferOccasion,
): Promotion[] {
  const own = shopper.codes.map(({ promotionId, code }) => ({ code, promotionId, refused: null }));
  const { promotions: verdicts } = calculateReceipt({
    currency,
    lines: [{ number: 1, sku: '', kind: 'GOODS', quantityMilli: 1_000, unitPrice: 100 }],
    settings: null,
    mode: 'OFF',
    shopper,
    spend: { kind: 'NONE' },
    occurredAt: at,
    limitsUsed: {},
    place,
    promotions: promotions.map(askingTheShopperOnly),
    promotionGroups: promotions.map(({ id, priority }) => ({
      id,
      priority,
      stacking: 'SEQUENTIAL' as const,
    })),
    promotionFacts: { uses: shopper.uses, codes: own },
  });
  const applied = new Set(
    verdicts.filter((verdict) => verdict.applied).map((verdict) => verdict.promotionId),
  );
  return promotions.filter(({ id, rules }) => applied.has(id) && givesIn(rules.benefits, currency));
}

/** In a group of its own and giving nothing but words, so that neither goods nor others keep it away. */
function askingTheShopperOnly(promotion: Promotion): Promotion {
  const { conditions, limits } = promotion.rules;
  return {
    ...promotion,
    groupId: promotion.id,
    rules: {
      ...promotion.rules,
      conditions: conditions.filter(({ kind }) => kind !== 'BASKET_SUM' && kind !== 'QUANTITY'),
      benefits: [{ kind: 'TEXT' }],
      limits: { ...limits, perOrder: null },
    },
  };
}

/** What gives nothing in this money is not read aloud. */
function givesIn(benefits: Promotion['rules']['benefits'], currency: string): boolean {
  return benefits.some((benefit) => {
    if (benefit.kind === 'AMOUNT') return benefit.amount[currency] !== undefined;
    if (benefit.kind === 'FIXED_PRICE') return benefit.price[currency] !== undefined;
    return true;
  });
}

function tell(promotion: Promotion, shopper: OfferShopper, occasion: OfferOccasion): ChosenOffer {
  const { id, title, rules } = promotion;
  const grants = shopper.grants.filter(({ promotionId }) => promotionId === id).toSorted(sooner);
  const codes = shopper.codes.filter(({ promotionId }) => promotionId === id).toSorted(sooner);
  const [grant] = rules.audience.who === 'GRANTED' ? grants : [];
  const [code] = rules.conditions.some(({ kind }) => kind === 'PROMO_CODE') ? codes : [];
  const ends = [rules.when.to === null ? null : Date.parse(rules.when.to), grant?.endsAt, code?.endsAt];
  const known = ends.filter((end) => end !== null && end !== undefined);
  const reason = reasonOf(promotion, shopper, occasion, { granted: !!grant, code: !!code });
  return {
    promotionId: id,
    title,
    say: rules.say.trim() || title,
    reason: grant?.reason ?? (reason && offerReason(reason, occasion.language)),
    endsAt: known.length === 0 ? null : Math.min(...known),
    promoCode: code?.code ?? null,
    personal: grant !== undefined || code !== undefined,
  };
}

function sooner(a: { endsAt: number | null }, b: { endsAt: number | null }): number {
  return (a.endsAt ?? Infinity) - (b.endsAt ?? Infinity);
}

function reasonOf(
  { rules: { audience, conditions } }: Promotion,
  shopper: OfferShopper,
  { at, place }: OfferOccasion,
  own: { granted: boolean; code: boolean },
): OfferReason | null {
  for (const condition of conditions) {
    if (condition.kind === 'BIRTHDAY' && shopper.birthDate !== undefined)
      return { kind: 'BIRTHDAY', days: daysToBirthday(shopper.birthDate, localDate(at, place.timezone)) };
    if (condition.kind === 'FIRST_ORDER') return { kind: 'FIRST_ORDER' };
    if (condition.kind === 'NTH_ORDER') return { kind: 'NTH_ORDER', number: (shopper.ordersBefore ?? 0) + 1 };
  }
  if (own.granted) return { kind: 'PERSONAL' };
  if (own.code) return { kind: 'OWN_CODE' };
  if (audience.who !== 'CHOSEN') return null;
  if (shopper.tierCode !== undefined && audience.tiers.includes(shopper.tierCode))
    return { kind: 'TIER', name: shopper.tierName ?? shopper.tierCode };
  return { kind: 'CHOSEN' };
}

/** To the nearest birthday: 3 in three days, 0 today, −3 three days ago. */
export function daysToBirthday(birthDate: string, today: string): number {
  const { untilNext, sinceLast } = birthdayDistance(birthDate, today);
  return untilNext <= sinceLast ? untilNext : -sinceLast;
}

/** How much it is about this very shopper. */
function closeness({ rules: { audience, conditions } }: Promotion): number {
  if (conditions.some(({ kind }) => kind === 'BIRTHDAY')) return 4;
  if (conditions.some(({ kind }) => kind === 'FIRST_ORDER' || kind === 'NTH_ORDER')) return 3;
  if (audience.who === 'CHOSEN') return 2;
  return audience.who === 'MEMBERS' ? 1 : 0;
}
