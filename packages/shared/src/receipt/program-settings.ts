import type { Rounding } from '../money/index.ts';
import type { ReturnPolicy } from '../points/index.ts';

/** Minor units by ISO currency. A currency that is missing means: no earning or spending there. */
export type AmountByCurrency = Readonly<Record<string, number>>;

/**
 * The immutable settings of a program version, as stored in its JSON. Points are whole, money is minor units by
 * currency, rates are basis points. Source of every rule: loyalty.md §5. The first option named is the default.
 */
export interface ProgramSettings {
  /** IANA zone of the program: expiry days, day rules. */
  readonly timezone: string;
  /** DISCOUNT lowers the prices of the lines; PAYMENT leaves them alone and books points as a payment kind. */
  readonly fiscalMode: 'DISCOUNT' | 'PAYMENT';
  /** What one point pays. */
  readonly pointValueMinor: AmountByCurrency;
  /** Every rule that matches grants; none wins over another. */
  readonly earningRules: readonly EarningRule[];
  readonly multipliers: readonly MultiplierRule[];
  /** ADDITIVE: 1 + Σ(factor − 1); PRODUCT: all factors multiplied. */
  readonly multiplierMode: 'ADDITIVE' | 'PRODUCT';
  readonly earningLimits: readonly EarningLimit[];
  /** NET: on what is paid in money; NONE: no earning on a receipt with points; GROSS: as if no points were spent. */
  readonly earnOnPoints: 'NET' | 'NONE' | 'GROSS';
  /** Goods that never earn. */
  readonly earningExclusions: GoodsFilter;
  readonly redemption: RedemptionPolicy;
  /** Days of 24 hours from the purchase to activation. */
  readonly freezeDays: number;
  /** Days from activation to expiry (end of day); null = points never expire. */
  readonly ttlDays: number | null;
  /** Where clawed points come from when the order's own are gone. */
  readonly returnPolicy: ReturnPolicy;
  /** What happens to restored points whose lot has expired meanwhile. */
  readonly expiredRestorePolicy:
    | { readonly kind: 'GRACE'; readonly days: number }
    | { readonly kind: 'ORIGINAL' };
  /** Life of points released from a hold after their lot has expired. */
  readonly releaseGraceHours: number;
  /** Whether the promo code of a fully returned order may be used again. */
  readonly freeCodeOnFullReturn: boolean;
  /** Whether a shopper earns before confirming the code. */
  readonly earnWithoutCode: boolean;
  /** Whether balance and offers stay hidden until the code is confirmed. */
  readonly hideAccountUntilVerified: boolean;
  /** Life of a hold begun at a till. */
  readonly holdMinutesTill: number;
  /** Life of a hold begun online. */
  readonly holdHoursOnline: number;
  /** How long after a sale a shopper may be attached to it, and how many sales a day; null = no such limit. */
  readonly attach: { readonly days: number; readonly perDay: number | null };
}

export interface RedemptionPolicy {
  /** Largest share of the base that points may pay. */
  readonly capBp: number;
  /** ELIGIBLE: goods that may be paid by points; RECEIPT: everything but delivery and fees. */
  readonly capBase: 'ELIGIBLE' | 'RECEIPT';
  /** Price of one piece below which points never bring it, unless the product has its own. */
  readonly minUnitPriceMinor: AmountByCurrency;
  /** Most points on one receipt; null = no such limit. */
  readonly perReceiptMax: number | null;
  /** Fewer points than this are not taken at all. */
  readonly minRedeem: number;
  /** Goods that points never pay for. */
  readonly exclusions: GoodsFilter;
  /** Whether points may be spent before the code is confirmed. */
  readonly withoutCode: boolean;
}

/** Any one match is enough; an empty filter matches nothing. */
export interface GoodsFilter {
  readonly categories?: readonly string[];
  readonly brands?: readonly string[];
  readonly skus?: readonly string[];
  readonly tags?: readonly string[];
  readonly priceTypes?: readonly string[];
}

/** Every key given must match, by any one of its values; an empty match fits everything. */
export interface RuleMatch {
  readonly categories?: readonly string[];
  readonly brands?: readonly string[];
  readonly skus?: readonly string[];
  readonly tags?: readonly string[];
  readonly tiers?: readonly string[];
  readonly shopperTags?: readonly string[];
  /** ISO weekdays in the program's zone, Monday 1 … Sunday 7. */
  readonly weekdays?: readonly number[];
  /** Dates YYYY-MM-DD in the program's zone. */
  readonly dates?: readonly string[];
}

/** How purchases earn. `rounding` (default FLOOR) is applied once, after multipliers. */
export type EarningRule = AmountStepRule | PercentRule;

/** `points` for each full `stepMinor` of the matching lines together. */
export interface AmountStepRule {
  readonly code: string;
  readonly type: 'AMOUNT_STEP';
  readonly steps: Readonly<Record<string, { readonly stepMinor: number; readonly points: number }>>;
  readonly rounding?: Rounding;
  readonly match?: RuleMatch;
}

/** `rateBp` of the matching lines together, paid in points of `pointValueMinor`. */
export interface PercentRule {
  readonly code: string;
  readonly type: 'PERCENT';
  readonly rateBp: number;
  readonly rounding?: Rounding;
  readonly match?: RuleMatch;
}

/** Multiplies what matching lines earn: 15 000 = ×1.5. */
export interface MultiplierRule {
  readonly code: string;
  readonly factorBp: number;
  readonly match: RuleMatch;
}

/**
 * Most points granted by one rule, to one shopper or by the whole program in a window (days and months in the
 * program's zone). What is used already in the window is counted by the caller.
 */
export interface EarningLimit {
  readonly code: string;
  readonly scope: 'RULE' | 'SHOPPER' | 'PROGRAM';
  /** Code of the rule; for scope RULE only. */
  readonly rule?: string;
  readonly window: 'RECEIPT' | 'DAY' | 'MONTH' | 'ALWAYS';
  readonly max: number;
}

/**
 * The preset (product.md L2): 3 points for each full 100 of the amount paid, up to 50 % of an order payable in
 * points, 1 point = 1 of the currency, 14 days of freeze, no expiry, no piece below 1.00.
 */
export const presetSettings: ProgramSettings = {
  timezone: 'Europe/Moscow',
  fiscalMode: 'DISCOUNT',
  pointValueMinor: { RUB: 100, KZT: 100, GBP: 100 },
  earningRules: [
    {
      code: 'purchase',
      type: 'AMOUNT_STEP',
      steps: {
        RUB: { stepMinor: 10_000, points: 3 },
        KZT: { stepMinor: 10_000, points: 3 },
        GBP: { stepMinor: 10_000, points: 3 },
      },
    },
  ],
  multipliers: [],
  multiplierMode: 'ADDITIVE',
  earningLimits: [],
  earnOnPoints: 'NET',
  earningExclusions: {},
  redemption: {
    capBp: 5_000,
    capBase: 'ELIGIBLE',
    minUnitPriceMinor: { RUB: 100, KZT: 100, GBP: 100 },
    perReceiptMax: null,
    minRedeem: 0,
    exclusions: {},
    withoutCode: false,
  },
  freezeDays: 14,
  ttlDays: null,
  returnPolicy: 'DEBT',
  expiredRestorePolicy: { kind: 'GRACE', days: 14 },
  releaseGraceHours: 24,
  freeCodeOnFullReturn: true,
  earnWithoutCode: true,
  hideAccountUntilVerified: true,
  holdMinutesTill: 30,
  holdHoursOnline: 72,
  attach: { days: 14, perDay: 3 },
};
